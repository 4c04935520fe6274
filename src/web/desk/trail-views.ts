import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { writeHead } from '../../staff/trail/audit-chain.ts'
import type { TrailEntry } from '../../staff/trail/read-trail.ts'
import type { TrailState } from '../../staff/trail/verify-trail.ts'
import type { Html } from '../layout.ts'
import { deskField } from './desk-field.ts'
import { deskForm, deskHref } from './desk-form.ts'
import { deskTable } from './desk-table.ts'
import type { DeskTexts } from './desk-texts.ts'
import { deskTime } from './desk-time.ts'

const longestSubject = 14

/** What is looked for in the trail, as it was written. Days are `YYYY-MM-DD` in Kupang, both included. */
export interface TrailWish {
  readonly actor: string
  readonly action: string
  /** A row id or a keyed hash, whole. */
  readonly subject: string
  readonly from: string
  readonly to: string
}

/** One page of the trail, newest first, with the filters above. `next` is the cursor of what is older. */
export function trailView(
  { trail }: DeskTexts,
  shown: {
    readonly wish: TrailWish
    /** The wish as it may stand in an address; undefined for everything. */
    readonly sealed: string | undefined
    readonly csrf: string
    readonly entries: readonly TrailEntry[]
    readonly next: string | undefined
    readonly isFirst: boolean
    /** Of an actor's id: what people call him. */
    nameOf(entry: TrailEntry): string
  },
): Html {
  const { wish, sealed, csrf, entries, next, isFirst } = shown
  const href = (path: string, before?: string) => deskHref(trailPath(path, sealed, before))
  return html`<h1>${trail.title}</h1><p class="lead">${trail.lead}</p>
${filters(trail, wish, csrf)}
<p class="actions"><a class="button second small" href="${href('/jejak/csv')}">${trail.download}</a>
<a class="button second small" href="${deskHref('/jejak/verifikasi')}">${trail.verify}</a></p>
${entries.length === 0 ? html`<p class="quiet-text">${trail.none}</p>` : entryTable(trail, entries, shown.nameOf)}
<p class="pager">${isFirst ? '' : html`<a class="button second" href="${href('/jejak')}">${trail.newest}</a>`}${
    next === undefined ? '' : html`<a class="button second" href="${href('/jejak', next)}">${trail.older}</a>`
  }</p>`
}

/** What checking the whole trail found. `noted`: an end of it that was written down before, as it was typed. */
export function verdictView(texts: DeskTexts, state: TrailState, noted: string, isReadable: boolean): Html {
  const { trail } = texts
  const { head, purged, unsealed, broken } = state
  const { type, ...where } = broken ?? {}
  const said =
    type === undefined
      ? html`<p class="flash" role="status">${fill(trail.whole, { count: head.count })}</p>`
      : html`<p class="notice" role="alert">${fill(trail.breaks[type], where)} ${trail.broken}</p>`
  const field = { name: 'ujung', label: trail.noted, hint: trail.noted_hint, value: noted, required: false }
  return html`<p class="back"><a href="${deskHref('/jejak')}">${trail.back}</a></p><h1>${trail.verified_title}</h1>${said}
<p>${fill(trail.counts, { purged, unsealed })}</p>
<h2>${trail.head_title}</h2><p>${trail.head}</p><p class="secret">${writeHead(head)}</p>
<form method="get" class="form">${deskField({ ...field, error: isReadable ? undefined : trail.noted_wrong })}
<p><button class="quiet" type="submit">${trail.compare}</button></p></form>`
}

function detailsOf({ details }: TrailEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
}

function entryTable(
  trail: DeskTexts['trail'],
  entries: readonly TrailEntry[],
  nameOf: (entry: TrailEntry) => string,
): Html {
  return deskTable({
    caption: trail.list,
    columns: [trail.at, trail.actor, trail.action, trail.outcome, trail.subject, trail.details],
    rows: entries.map((entry) => [
      deskTime(entry.at),
      html`${nameOf(entry)} <span class="hint">${trail.actors[entry.actor.type]}</span>`,
      html`<code>${entry.action}</code>`,
      entry.outcome ?? '',
      subjectOf(entry),
      detailsOf(entry),
    ]),
  })
}

// A keyed hash says no more in full; the file has it whole.
function subjectOf({ subject = '' }: TrailEntry): Html | string {
  return subject.length <= longestSubject
    ? subject
    : html`<span title="${subject}">${subject.slice(0, longestSubject)}…</span>`
}

function filters(trail: DeskTexts['trail'], wish: TrailWish, csrf: string): Html {
  const optional = { required: false } as const
  const isUsed = Object.values(wish).some((text) => text !== '')
  const fields = html`
${deskField({ ...optional, name: 'siapa', label: trail.actor, hint: trail.actor_hint, value: wish.actor })}
${deskField({ ...optional, name: 'perbuatan', label: trail.action, hint: trail.action_hint, value: wish.action })}
${deskField({ ...optional, name: 'tentang', label: trail.subject, hint: trail.subject_hint, value: wish.subject })}
${deskField({ ...optional, name: 'dari', label: trail.from, type: 'date', value: wish.from })}
${deskField({ ...optional, name: 'sampai', label: trail.to, type: 'date', value: wish.to })}
<p class="actions"><button type="submit">${trail.filter}</button> <a href="${deskHref('/jejak')}">${trail.clear}</a></p>`
  return html`<details class="panel fold"${isUsed ? html` open` : ''}><summary>${trail.filters}</summary>
<div role="search">${deskForm({ csrf }, '/jejak/cari', fields, { kind: 'filters' })}</div></details>`
}

/** The path, below /desk, of a page or file of the trail, of what `sealed` asks for; `before`: the cursor of what is older. */
export function trailPath(path: string, sealed: string | undefined, before?: string): string {
  const query = new URLSearchParams()
  if (sealed !== undefined) query.set('cari', sealed)
  if (before !== undefined) query.set('sebelum', before)
  return query.size === 0 ? path : `${path}?${query}`
}
