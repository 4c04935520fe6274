import { html } from 'hono/html'
import type { AuditEntry } from '../../staff/audit-trail.ts'
import type { Html } from '../layout.ts'
import { deskField } from './desk-field.ts'
import { deskHref } from './desk-form.ts'
import { deskTable } from './desk-table.ts'
import { type DeskTexts, fill } from './desk-texts.ts'
import { deskTime } from './desk-time.ts'

/** What is looked for in the trail, as it was written. Days are `YYYY-MM-DD` in Kupang, both included. */
export interface TrailWish {
  readonly actor: string
  readonly action: string
  readonly from: string
  readonly to: string
}

/** What became of checking the whole trail. */
export interface TrailVerdict {
  /** How many entries the chain holds. */
  readonly count: number
  /** Where it is not as the program left it; undefined: nowhere. */
  readonly broken: { readonly where: string } | undefined
}

/** One page of the trail, newest first, with the filters above. `next` is the cursor of what is older. */
export function trailView(
  { trail }: DeskTexts,
  shown: {
    readonly wish: TrailWish
    readonly entries: readonly AuditEntry[]
    readonly next: string | undefined
    readonly isFirst: boolean
    /** Of an actor's id: what people call him. */
    nameOf(entry: AuditEntry): string
  },
): Html {
  const { wish, entries, next, isFirst } = shown
  return html`<h1>${trail.title}</h1><p class="lead">${trail.lead}</p>
${filters(trail, wish)}
<p class="actions"><a class="button second small" href="${trailHref('/jejak/csv', wish)}">${trail.download}</a>
<a class="button second small" href="${deskHref('/jejak/verifikasi')}">${trail.verify}</a></p>
${entries.length === 0 ? html`<p class="quiet-text">${trail.none}</p>` : entryTable(trail, entries, shown.nameOf)}
<p class="pager">${isFirst ? '' : html`<a class="button second" href="${trailHref('/jejak', wish)}">${trail.newest}</a>`}${
    next === undefined
      ? ''
      : html`<a class="button second" href="${trailHref('/jejak', wish, next)}">${trail.older}</a>`
  }</p>`
}

/** What checking the whole trail found. */
export function verdictView({ trail }: DeskTexts, { count, broken }: TrailVerdict): Html {
  const said =
    broken === undefined
      ? html`<p class="flash" role="status">${fill(trail.whole, { count })}</p>`
      : html`<p class="notice" role="alert">${fill(trail.broken, { id: broken.where })}</p>`
  return html`<h1>${trail.verified_title}</h1>${said}<p><a class="button" href="${deskHref('/jejak')}">${trail.back}</a></p>`
}

/** What an entry tells besides who, what and when, in one line. */
export function detailsOf({ details }: AuditEntry): string {
  return Object.entries(details ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

function entryTable(
  trail: DeskTexts['trail'],
  entries: readonly AuditEntry[],
  nameOf: (entry: AuditEntry) => string,
): Html {
  return deskTable({
    caption: trail.list,
    columns: [trail.at, trail.actor, trail.action, trail.outcome, trail.subject, trail.details],
    rows: entries.map((entry) => [
      deskTime(entry.at),
      html`${nameOf(entry)} <span class="hint">${trail.actors[entry.actor.type]}</span>`,
      html`<code>${entry.action}</code>`,
      entry.outcome ?? '',
      html`<span class="long">${entry.subject ?? ''}</span>`,
      html`<span class="long">${detailsOf(entry)}</span>`,
    ]),
  })
}

function filters(trail: DeskTexts['trail'], wish: TrailWish): Html {
  const optional = { required: false } as const
  return html`<form method="get" action="${deskHref('/jejak')}" class="filters" role="search">
${deskField({ ...optional, name: 'siapa', label: trail.actor, hint: trail.actor_hint, value: wish.actor })}
${deskField({ ...optional, name: 'perbuatan', label: trail.action, hint: trail.action_hint, value: wish.action })}
${deskField({ ...optional, name: 'dari', label: trail.from, type: 'date', value: wish.from })}
${deskField({ ...optional, name: 'sampai', label: trail.to, type: 'date', value: wish.to })}
<p class="actions"><button type="submit">${trail.filter}</button> <a href="${deskHref('/jejak')}">${trail.clear}</a></p></form>`
}

function trailHref(path: string, wish: TrailWish, before?: string): string {
  const asked = {
    siapa: wish.actor,
    perbuatan: wish.action,
    dari: wish.from,
    sampai: wish.to,
    sebelum: before ?? '',
  }
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''))
  return deskHref(path) + (query.size === 0 ? '' : `?${query}`)
}
