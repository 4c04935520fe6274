import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { Html } from '../../layout.ts'
import { deskForm } from '../desk-form.ts'
import { livePart } from '../desk-part.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import { qrPicture } from '../qr-picture.ts'
import type { HouseTexts } from './house-texts.ts'

/** An account of WhatsApp as the desk shows it. */
export interface DeskChannelAccount {
  readonly account: string
  readonly state: 'unlinked' | 'connecting' | 'open' | 'waiting' | 'stopped'
  readonly reason: string | undefined
  readonly isLinked: boolean
  readonly isServed: boolean
  readonly lastInboundAt: Date | undefined
  readonly restrictedUntil: Date | undefined
}

/** How far the linking of an account is, in this process. */
export type LinkingState =
  | { readonly type: 'none' | 'starting' }
  /** `qr`: the text of the picture to scan. */
  | { readonly type: 'shown'; readonly qr: string }
  | { readonly type: 'linked' | 'resumed' | 'linked_already' | 'busy' }
  | { readonly type: 'failed'; readonly reason: string }

/** What the pages ask of WhatsApp's accounts. */
export interface DeskChannels {
  /** Undefined: WhatsApp is switched off. */
  accounts(): Promise<readonly DeskChannelAccount[] | undefined>
  /** Begins to link the account, unless that is under way; the officer scans the picture. */
  link(account: string, by: Officer): void
  linking(account: string): LinkingState
  unlink(account: string, by: Officer): Promise<'unlinked' | 'forgotten' | 'not_linked' | 'not_heard'>
}

export interface ChannelsDeps {
  readonly texts: HouseTexts['channels']
  readonly channels: DeskChannels
  readonly now: () => Date
}

const one = '/whatsapp/:account{[A-Za-z0-9_-]{1,40}}'

/** WhatsApp's accounts: where they stand, linking by a picture to scan, and undoing it. */
export function channelRoutes(deps: ChannelsDeps): readonly DeskRoute[] {
  const permission = 'channels'
  const { texts, channels } = deps
  return [
    { method: 'get', path: '/whatsapp', permission, handle: (visit) => showAll(deps, visit) },
    {
      method: 'post',
      path: `${one}/taut`,
      permission,
      handle: (visit) =>
        withAccount(deps, visit, async ({ account }) => {
          channels.link(account, visit.officer)
          return visit.redirect(`/whatsapp/${account}/taut`)
        }),
    },
    {
      method: 'get',
      path: `${one}/taut`,
      permission,
      handle: (visit) => withAccount(deps, visit, ({ account }) => showLinking(deps, visit, account)),
    },
    {
      method: 'get',
      path: `${one}/taut/gambar`,
      permission,
      handle: (visit) =>
        withAccount(deps, visit, async ({ account }) =>
          visit.context.html(linkingBody(deps, channels.linking(account), sinceOf(deps, visit))),
        ),
    },
    {
      method: 'post',
      path: `${one}/lepas`,
      permission,
      handle: (visit) =>
        withAccount(deps, visit, async ({ account }) =>
          visit.redirect('/whatsapp', texts[await channels.unlink(account, visit.officer)]),
        ),
    },
  ]
}

async function withAccount(
  deps: ChannelsDeps,
  visit: DeskVisit,
  work: (account: DeskChannelAccount) => Promise<Response>,
): Promise<Response> {
  const name = visit.context.req.param('account')
  const found = (await deps.channels.accounts())?.find(({ account }) => account === name)
  // An account that is not configured has no page: the list says which there are.
  return found === undefined ? visit.redirect('/whatsapp') : work(found)
}

async function showAll(deps: ChannelsDeps, visit: DeskVisit): Promise<Response> {
  const { texts, channels } = deps
  const accounts = await channels.accounts()
  const body = html`<h1>${texts.title}</h1><p class="lead">${accounts === undefined ? texts.off : texts.lead}</p>
<ul class="cards">${(accounts ?? []).map((account) => card(deps, visit, account))}</ul>`
  return visit.page({ title: texts.title, section: 'channels', body })
}

function card(deps: ChannelsDeps, visit: DeskVisit, seen: DeskChannelAccount): Html {
  const { texts } = deps
  const { account, state, reason, isLinked, isServed, lastInboundAt, restrictedUntil } = seen
  const why = reason === undefined ? undefined : texts.reasons[reason]
  const last = lastInboundAt === undefined ? texts.never : shortMoment(lastInboundAt)
  const isRestricted = restrictedUntil !== undefined && restrictedUntil > deps.now()
  return html`<li class="card"><h2>${account}</h2><p><span class="tag tag-${state}">${texts.states[state]}</span></p>
${why === undefined ? '' : html`<p>${why}</p>`}
${isRestricted ? html`<p class="error">${fill(texts.restricted, { until: shortMoment(restrictedUntil) })}</p>` : ''}
${isLinked && !isServed && state !== 'stopped' ? html`<p class="error">${texts.not_served}</p>` : ''}
<p class="hint">${texts.last}: ${last}</p>
${isLinked && state !== 'stopped' ? '' : linkButton(deps, visit, seen)}
${isLinked ? unlinkPart(deps, visit, account) : ''}</li>`
}

function linkButton(
  { texts }: ChannelsDeps,
  visit: DeskVisit,
  { account, isLinked }: DeskChannelAccount,
): Html {
  const label = isLinked ? texts.resume : texts.link
  return deskForm(visit, `/whatsapp/${account}/taut`, html`<button type="submit">${label}</button>`)
}

function unlinkPart({ texts }: ChannelsDeps, visit: DeskVisit, account: string): Html {
  return html`<details><summary>${texts.unlink_title}</summary><p>${texts.unlink_text}</p>${deskForm(
    visit,
    `/whatsapp/${account}/lepas`,
    html`<button class="danger" type="submit">${texts.unlink}</button>`,
  )}</details>`
}

async function showLinking(deps: ChannelsDeps, visit: DeskVisit, account: string): Promise<Response> {
  const { texts, channels } = deps
  const title = fill(texts.linking.title, { account })
  const path = `/whatsapp/${account}/taut`
  const since = sinceOf(deps, visit)
  const renewed = `${path}/gambar?sejak=${since}`
  const shown = linkingBody(deps, channels.linking(account), since)
  const body = html`<h1>${title}</h1><ol>${texts.linking.steps.map((step) => html`<li>${step}</li>`)}</ol>
${livePart({ id: 'linking', path: renewed, seconds: 2, body: shown })}
<p class="hint">${texts.linking.fresh}</p>
<p class="actions"><a class="button quiet" href="/desk${path}?sejak=${since}">${texts.linking.reload}</a> <a href="/desk/whatsapp">${texts.linking.back}</a></p>`
  return visit.page({ title, section: 'channels', body })
}

/** When the page was opened first, in seconds: its own renewals say so. */
function sinceOf({ now }: ChannelsDeps, { context }: DeskVisit): number {
  const told = /^\d{9,11}$/.exec(context.req.query('sejak') ?? '')?.[0]
  return told === undefined ? Math.floor(now().getTime() / 1_000) : Number(told)
}

/** A picture is there within seconds, or somebody else has the linking under way. */
const patienceSeconds = 30

function linkingBody({ texts, now }: ChannelsDeps, state: LinkingState, since: number): Html {
  switch (state.type) {
    case 'shown':
      return qrPicture(state.qr, texts.linking.qr)
    case 'none':
    case 'starting':
      return now().getTime() / 1_000 - since < patienceSeconds
        ? html`<p>${texts.linking.starting}</p>`
        : html`<p class="error">${texts.linking.slow}</p>`
    case 'failed':
      return html`<p class="error">${fill(texts.linking.failed, { reason: texts.reasons[state.reason] ?? texts.reasons.unknown ?? '' })}</p>`
    default:
      return html`<p>${texts.linking[state.type]}</p>`
  }
}
