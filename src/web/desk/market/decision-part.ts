import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { type DecisionKind, longestWords } from '../../../marketplace/desk/decision.ts'
import type { ProductView } from '../../../marketplace/desk/desk-views.ts'
import type { Html } from '../../layout.ts'
import { deskForm } from '../desk-form.ts'
import { deskTime } from '../desk-time.ts'
import { errorLine, hintLine } from '../trainings/form-controls.ts'
import type { MarketPagesDeps, MarketVisit } from './market-pages-deps.ts'

/** What an officer wrote, and what was wrong with it. */
export interface GivenDecision {
  readonly type: DecisionKind
  readonly reason: string
  readonly words: string
  /** Undefined where what was written is only kept. */
  readonly error: string | undefined
}

/** The keys that do the same as a press, told beside the buttons. */
const keys: Readonly<Record<DecisionKind, string>> = {
  ...{ approve: 's', restore: 's', ask_fix: 'p', remove: 't', refuse_appeal: 'p' },
}

/** What may be decided, each with what happens then: yes by one press, no with a reason. */
export function decisionPart(
  deps: MarketPagesDeps,
  visit: MarketVisit,
  view: ProductView,
  given: GivenDecision | undefined,
): Html {
  const { product: words } = deps.texts
  const { decisions } = view
  if (decisions.length === 0) return html`<p class="panel">${words.no_decision}</p>`
  return html`<section class="decide-product" aria-label="${words.decide}">${decisions.map((type) =>
    type === 'approve' || type === 'restore'
      ? pressForm(deps, visit, view, type)
      : reasonForm(deps, visit, view, type, given?.type === type ? given : undefined),
  )}</section>`
}

/** What goes along with every decision: what was seen, and where the officer came from. */
function seenFields({ product, reports }: ProductView, type: DecisionKind): Html {
  const from =
    product.state === 'waiting'
      ? 'antrean'
      : product.appeal !== undefined
        ? 'banding'
        : reports.length > 0
          ? 'laporan'
          : 'produk'
  return html`<input type="hidden" name="putusan" value="${type}"><input type="hidden" name="versi" value="${product.version}"><input type="hidden" name="dari" value="${from}">`
}

function pathOf({ product }: ProductView): string {
  return `/umkm/produk/${product.id}/putusan`
}

function pressForm(
  { texts }: MarketPagesDeps,
  visit: MarketVisit,
  view: ProductView,
  type: 'approve' | 'restore',
): Html {
  const { button, text } = texts.product[type]
  const body = html`${seenFields(view, type)}<button type="submit" data-key="${keys[type]}">${button}</button><p class="hint">${text}</p>`
  return deskForm(visit, pathOf(view), body, { kind: 'form yes' })
}

function reasonForm(
  deps: MarketPagesDeps,
  visit: MarketVisit,
  view: ProductView,
  type: Exclude<DecisionKind, 'approve' | 'restore'>,
  given: GivenDecision | undefined,
): Html {
  const { product: words } = deps.texts
  const { button, text } = words[type]
  const isAnswer = type === 'refuse_appeal'
  const id = `kata-${type}`
  const error = given?.error
  const described = [isAnswer ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean)
  const body = html`${seenFields(view, type)}<p>${text}</p>${isAnswer ? '' : reasonChoice(deps, type, given?.reason)}
<div class="field"><label for="${id}">${isAnswer ? words.answer : words.words}</label>${isAnswer ? '' : hintLine(id, words.words_hint)}${errorLine(id, error)}
<textarea id="${id}" name="kata" rows="3" maxlength="${longestWords}"${described.length === 0 ? '' : html` aria-describedby="${described.join(' ')}"`}${
    error === undefined ? '' : html` aria-invalid="true" autofocus`
  }>${given?.words ?? ''}</textarea></div>
<button type="submit"${type === 'ask_fix' ? '' : html` class="danger"`}>${button}</button>`
  return html`<details class="panel fold" name="putusan"${given === undefined ? '' : html` open`}><summary data-key="${keys[type]}">${button}</summary>${deskForm(visit, pathOf(view), body)}</details>`
}

/** Reasons that are ready, each with what the owner will read. */
function reasonChoice(deps: MarketPagesDeps, type: DecisionKind, chosen: string | undefined): Html {
  const choices = Object.entries(deps.words().reasons)
  return html`<fieldset class="reasons"><legend>${deps.texts.product.reasons}</legend>${choices.map(
    ([code, { title, text }], index) =>
      html`<label class="check"><input type="radio" name="alasan" value="${code}"${code === chosen ? html` checked` : ''} data-key="${index + 1}" data-of="${type}"><span>${title}<span class="hint">${text}</span></span></label>`,
  )}</fieldset>`
}

/** What citizens told of it, and the way to close that without doing anything. */
export function reportsPart(deps: MarketPagesDeps, visit: MarketVisit, view: ProductView): Html | '' {
  const { product: words } = deps.texts
  const { reports, product } = view
  const last = reports.at(-1)
  if (last === undefined) return ''
  const lines = reports.map(
    ({ reason, words: said, at, count }) =>
      html`<li>${deps.words().reports[reason] ?? reason}${count > 1 ? html` <strong>× ${count}</strong>` : ''} <span class="hint">${deskTime(at)}</span>${
        said === '' ? '' : html`<br><q>${said}</q>`
      }</li>`,
  )
  const body = html`<input type="hidden" name="sampai" value="${last.at.toISOString()}"><button class="quiet" type="submit">${words.settle}</button>`
  return html`<section class="panel"><h2>${words.unsettled}</h2><p>${fill(words.unsettled_lead, { count: reports.reduce((all, { count }) => all + count, 0) })}</p><ul>${lines}</ul>${deskForm(visit, `/umkm/produk/${product.id}/laporan`, body)}</section>`
}
