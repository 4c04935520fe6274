import { html } from 'hono/html'
import type { Officer } from '../../staff/officer.ts'
import type { Html } from '../layout.ts'
import { deskHref } from './desk-form.ts'
import type { DeskRoute } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'
import { timeOfDay } from './desk-time.ts'

/** What an area of the desk tells on the first page: how much of something waits, and where. */
export interface Tile {
  readonly label: string
  readonly count?: number
  /** Below /desk. */
  readonly path: string
  readonly hint?: string
  /** Something is late or wrong. */
  readonly urgent?: boolean
}

/** The desk's first page. */
export function homeRoute(deps: {
  readonly texts: DeskTexts
  tiles(officer: Officer): Promise<readonly Tile[]>
  readonly now: () => Date
}): DeskRoute {
  const { home } = deps.texts
  return {
    method: 'get',
    path: '/',
    permission: 'signed_in',
    async handle(visit) {
      const { officer } = visit
      const tiles = await deps.tiles(officer)
      const greeting = home.greetings[timeOfDay(deps.now())]
      const readsOnly = officer.roles.every((role) => role === 'auditor')
      const lead = tiles.length > 0 ? home.lead : readsOnly ? home.quiet_auditor : home.quiet
      const body = html`<h1>${greeting}, ${officer.name}</h1><p class="lead">${lead}</p>
${tiles.length === 0 ? '' : html`<ul class="tiles">${tiles.map((tile) => html`<li>${tileLink(tile)}</li>`)}</ul>`}`
      return visit.page({ title: deps.texts.frame.sections.home, body, section: 'home' })
    },
  }
}

function tileLink({ label, count, path, hint, urgent }: Tile): Html {
  const kind = `tile${urgent === true ? ' urgent' : ''}${count === undefined ? ' countless' : ''}`
  return html`<a class="${kind}" href="${deskHref(path)}">${
    count === undefined ? '' : html`<span class="count">${count}</span>`
  }<span class="tile-label">${label}</span>${hint === undefined ? '' : html`<span class="hint">${hint}</span>`}</a>`
}
