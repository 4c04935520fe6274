import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { longestWords } from '../../../marketplace/desk/decision.ts'
import {
  type Paper,
  type PaperLine,
  type PaperState,
  paperStates,
} from '../../../marketplace/desk/desk-views.ts'
import type { Decided } from '../../../marketplace/desk/market-desk.ts'
import type { PaperKind } from '../../../marketplace/product.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { deskTime, shortMoment } from '../desk-time.ts'
import { errorLine } from '../trainings/form-controls.ts'
import { notThere, tabPage } from './market-frame.ts'
import { type MarketPagesDeps, type MarketVisit, numberOf, route } from './market-pages-deps.ts'
import { doneText, shopLink } from './product-words.ts'

/** Papers that owners named, and saying whether they are right. */
export function paperRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm/surat', (visit) => showPapers(deps, visit)),
    route('post', '/umkm/surat/:number', (visit) => decide(deps, visit)),
  ]
}

/** A paper whose refusal lacked something. */
interface Unready {
  readonly id: number
  readonly words: string
  readonly error: string
}

async function showPapers(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  said: {
    readonly state?: PaperState
    readonly notice?: string
    readonly unready?: Unready
    readonly status?: 409 | 422
  } = {},
): Promise<Response> {
  const { papers } = deps.texts
  const wished = paperStates.find((one) => one === visit.context.req.query('keadaan'))
  const state = said.state ?? wished ?? 'claimed'
  const lines = await deps.desk.papers(visit.officer, state)
  const notice = said.notice === undefined ? '' : html`<p class="notice" role="alert">${said.notice}</p>`
  const body = html`${notice}<p class="lead">${papers.lead}</p>${filter(deps, state)}${
    lines.length === 0
      ? html`<p class="panel">${papers.none}</p>`
      : html`<ul class="paper-list">${lines.map((line) => html`<li class="panel">${card(deps, visit, line, said.unready)}</li>`)}</ul>`
  }`
  return tabPage(deps, visit, { tab: 'papers', title: papers.title, body, status: said.status ?? 200 })
}

function filter({ texts }: MarketPagesDeps, here: PaperState): Html {
  const { papers } = texts
  const link = (state: PaperState) =>
    html`<li><a class="chip" href="${deskHref(`/umkm/surat?keadaan=${state}`)}"${state === here ? html` aria-current="page"` : ''}>${papers.states[state]}</a></li>`
  return html`<nav aria-label="${papers.filter}"><ul class="chips">${paperStates.map(link)}</ul></nav>`
}

const shapes: Readonly<Record<PaperKind, RegExp>> = {
  nib: /^\d{13}$/,
  pirt: /^\d{13}(?:\d{2})?$/,
  halal: /^ID\d{17}$/i,
}

/** Whether a number may be one of its kind: those who typed it wrong are seen at once. */
function looksRight({ kind, number }: Paper): boolean {
  return shapes[kind].test(number.replace(/[\s.-]/g, ''))
}

function card(
  deps: MarketPagesDeps,
  visit: MarketVisit,
  line: PaperLine,
  unready: Unready | undefined,
): Html {
  const { papers } = deps.texts
  const { paper, shop, productName } = line
  const { kind, number, createdAt, decidedAt, decidedBy } = paper
  const check = papers.check[kind]
  const product =
    paper.productId === undefined || productName === undefined
      ? ''
      : html`<br>${around(papers.of_product, 'product', html`<a href="${deskHref(`/umkm/produk/${paper.productId}`)}">${productName}</a>`)}`
  const when =
    decidedAt === undefined
      ? around(papers.claimed, 'time', deskTime(createdAt))
      : fill(papers.decided, { name: decidedBy ?? '', time: shortMoment(decidedAt) })
  return html`<p class="paper-number"><b>${deps.words().papers[kind]}</b> <code>${number}</code></p>
${looksRight(paper) ? '' : html`<p class="error">${papers.shapes[kind]}</p>`}
<p>${shopLink(deps, shop)}${product}<br><span class="hint">${when}</span></p>
<p><a class="roomy" href="${check.url}" target="_blank" rel="noreferrer noopener">${fill(papers.check_at, { site: check.label })}</a></p>
${forms(deps, visit, line, unready?.id === paper.id ? unready : undefined)}`
}

function forms(
  { texts, words }: MarketPagesDeps,
  visit: MarketVisit,
  { paper, shop }: PaperLine,
  unready: Unready | undefined,
): Html {
  const { papers } = texts
  const { id, kind, state } = paper
  const seen = html`<input type="hidden" name="keadaan" value="${state}">`
  const name = fill(papers.verify_name, { paper: words().papers[kind], shop: shop.name })
  const verify = html`${seen}<input type="hidden" name="putusan" value="verify"><button type="submit" aria-label="${name}">${papers.verify}</button>`
  const field = `kata-${id}`
  const refuse = html`${seen}<input type="hidden" name="putusan" value="refuse"><div class="field"><label for="${field}">${papers.why}</label>${errorLine(field, unready?.error)}
<textarea id="${field}" name="kata" rows="2" maxlength="${longestWords}"${
    unready === undefined ? '' : html` aria-invalid="true" aria-describedby="${field}-error" autofocus`
  }>${unready?.words ?? ''}</textarea></div><button class="danger" type="submit">${papers.refuse}</button>`
  return html`${state === 'verified' ? '' : deskForm(visit, `/umkm/surat/${id}`, verify, { kind: 'form yes' })}${
    state === 'refused'
      ? ''
      : html`<details class="fold inner"${unready === undefined ? '' : html` open`}><summary>${papers.refuse}</summary>${deskForm(visit, `/umkm/surat/${id}`, refuse)}</details>`
  }`
}

/** A sentence with an element in the place of a value. */
function around(sentence: string, value: string, element: Html): Html {
  const [before = '', after = ''] = sentence.split(`{{${value}}}`)
  return html`${before}${element}${after}`
}

async function decide(deps: MarketPagesDeps, visit: DeskVisit): Promise<Response> {
  const { desk, texts } = deps
  const fields = await visit.fields()
  const id = numberOf(visit)
  const seen = paperStates.find((one) => one === fields.keadaan)
  const verdict = (['verify', 'refuse'] as const).find((one) => one === fields.putusan)
  if (id === undefined || seen === undefined || verdict === undefined) return notThere(deps, visit)
  const line = (await desk.papers(visit.officer, seen)).find(({ paper }) => paper.id === id)
  const words = fields.kata ?? ''
  const done = await desk.decidePaper(visit.officer, id, seen, verdict, words)
  if (done.type !== 'done') return refuse(deps, visit, { id, seen, words }, done)
  const { papers } = texts
  const sentence = fill(verdict === 'verify' ? papers.done_verify : papers.done_refuse, {
    paper: line === undefined ? '' : deps.words().papers[line.paper.kind],
    shop: line?.shop.name ?? '',
  })
  return visit.redirect(`/umkm/surat?keadaan=${seen}`, doneText(deps, sentence, done.told))
}

function refuse(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  { id, seen, words }: { readonly id: number; readonly seen: PaperState; readonly words: string },
  refusal: Exclude<Decided, { readonly type: 'done' }>,
): Promise<Response> {
  const { papers, refused } = deps.texts
  switch (refusal.type) {
    case 'unknown':
      return notThere(deps, visit)
    case 'moved':
    case 'state': {
      const last = refusal.type === 'moved' ? refusal.last : undefined
      const notice =
        last === undefined
          ? refused.moved
          : fill(papers.moved, { name: last.name ?? '', time: shortMoment(last.at) })
      return showPapers(deps, visit, { state: seen, notice, status: 409 })
    }
    case 'reason':
    case 'too_long': {
      const error =
        refusal.type === 'reason' ? papers.no_reason : fill(refused.too_long, { most: longestWords })
      return showPapers(deps, visit, { state: seen, unready: { id, words, error }, status: 422 })
    }
  }
}
