import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { OpenAlarm } from '../../../staff/alarm-store.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import type { Tile } from '../home-page.ts'
import type { HouseTexts } from './house-texts.ts'

export interface AlarmsDeps {
  readonly texts: HouseTexts['alarms']
  open(): Promise<readonly OpenAlarm[]>
  /** Closes one, and notes who did. */
  settle(id: bigint, by: Officer): Promise<void>
}

/** What the program wants a person to look at. */
export function alarmRoutes(deps: AlarmsDeps): readonly DeskRoute[] {
  const { texts } = deps
  return [
    {
      method: 'get',
      path: '/peringatan',
      permission: 'alarms',
      async handle(visit) {
        const open = await deps.open()
        const body = html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>${
          open.length === 0
            ? html`<p>${texts.none}</p>`
            : html`<ul class="cards">${open.map((alarm) => card(texts, visit, alarm))}</ul>`
        }`
        return visit.page({ title: texts.title, section: 'alarms', body })
      },
    },
    {
      method: 'post',
      path: '/peringatan/:id{[0-9]{1,18}}',
      permission: 'alarms',
      async handle(visit) {
        await deps.settle(BigInt(visit.context.req.param('id') ?? '0'), visit.officer)
        return visit.redirect('/peringatan', texts.settled)
      },
    },
  ]
}

function card(
  texts: AlarmsDeps['texts'],
  visit: Pick<DeskVisit, 'csrf'>,
  { id, kind, details, raisedAt }: OpenAlarm,
): Html {
  const { title, text } = texts.kinds[kind] ?? texts.kinds.other
  const facts = Object.values(details).join(' · ')
  return html`<li class="card"><h2>${title}</h2><p>${text}</p><p class="hint">${fill(texts.since, { since: shortMoment(raisedAt) })}${
    facts === '' ? '' : html` · ${facts}`
  }</p>${deskForm(visit, `/peringatan/${id}`, html`<button class="quiet" type="submit">${texts.settle}</button>`)}</li>`
}

/** What the first page tells of alarms. */
export async function alarmTiles(deps: AlarmsDeps): Promise<readonly Tile[]> {
  const count = (await deps.open()).length
  return count === 0 ? [] : [{ label: deps.texts.tile, count, path: '/peringatan', urgent: true }]
}
