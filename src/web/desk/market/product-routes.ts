import { fill } from '../../../language/fill-text.ts'
import {
  type Decision,
  type DecisionKind,
  decisionKinds,
  longestWords,
} from '../../../marketplace/desk/decision.ts'
import type { ProductView } from '../../../marketplace/desk/desk-views.ts'
import type { Decided } from '../../../marketplace/desk/market-desk.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { GivenDecision } from './decision-part.ts'
import { notThere } from './market-frame.ts'
import { type MarketPagesDeps, numberOf, route } from './market-pages-deps.ts'
import { productPage } from './product-page.ts'
import { doneText, movedText } from './product-words.ts'

const one = '/umkm/produk/:number'

/** One product, and deciding about it. */
export function productRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', one, (visit) => showProduct(deps, visit)),
    route('post', `${one}/putusan`, (visit) => decide(deps, visit)),
    route('post', `${one}/laporan`, (visit) => settle(deps, visit)),
  ]
}

async function showProduct(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  said: { readonly notice?: string; readonly given?: GivenDecision; readonly status?: 409 | 422 } = {},
): Promise<Response> {
  const view = await readView(deps, visit)
  if (view === undefined) return notThere(deps, visit)
  const { notice, given, status = 200 } = said
  const body = productPage(deps, visit, { view, notice, given })
  return visit.page({ title: view.product.name, section: 'market', body }, status)
}

async function readView({ desk }: MarketPagesDeps, visit: DeskVisit): Promise<ProductView | undefined> {
  const id = numberOf(visit)
  return id === undefined ? undefined : desk.read(visit.officer, id)
}

async function decide(deps: MarketPagesDeps, visit: DeskVisit): Promise<Response> {
  const { desk, texts } = deps
  const fields = await visit.fields()
  const before = await readView(deps, visit)
  const type = decisionKinds.find((kind) => kind === fields.putusan)
  if (before === undefined) return notThere(deps, visit)
  if (type === undefined) return showProduct(deps, visit, { notice: texts.refused.state, status: 409 })
  const { id, name } = before.product
  const given = { type, reason: fields.alasan ?? '', words: fields.kata ?? '', error: undefined }
  const version = /^\d{1,9}$/.test(fields.versi ?? '') ? Number(fields.versi) : -1
  const done = await desk.decide(visit.officer, id, version, decisionOf(type, given))
  if (done.type !== 'done') return refuse(deps, visit, given, done)
  const flash = doneText(deps, fill(texts.product.done[type], { name }), done.told)
  return visit.redirect(await whereNext(deps, visit, id, fields.dari), flash)
}

function decisionOf(type: DecisionKind, { reason, words }: GivenDecision): Decision {
  switch (type) {
    case 'approve':
    case 'restore':
      return { type }
    case 'refuse_appeal':
      return { type, words }
    case 'ask_fix':
    case 'remove':
      return { type, reason, words }
  }
}

/** From the queue one goes on to the next in it; else back to where one came from. */
async function whereNext(
  { desk }: MarketPagesDeps,
  { officer }: DeskVisit,
  id: number,
  from: string | undefined,
): Promise<string> {
  if (from === 'banding' || from === 'laporan') return `/umkm/${from}`
  if (from !== 'antrean') return `/umkm/produk/${id}`
  const next = await desk.next(officer, id)
  return next === undefined ? '/umkm' : `/umkm/produk/${next}`
}

/** Why nothing was done, on the product as it is now; what was written stays. */
function refuse(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  given: GivenDecision,
  refusal: Exclude<Decided, { readonly type: 'done' }>,
): Promise<Response> {
  const { refused } = deps.texts
  switch (refusal.type) {
    case 'unknown':
      return notThere(deps, visit)
    case 'moved':
      return showProduct(deps, visit, { notice: movedText(deps, refusal.last), given, status: 409 })
    case 'state':
      return showProduct(deps, visit, { notice: refused.state, given, status: 409 })
    case 'reason':
      return showProduct(deps, visit, { given: { ...given, error: refused.reason }, status: 422 })
    case 'too_long': {
      const error = fill(refused.too_long, { most: longestWords })
      return showProduct(deps, visit, { given: { ...given, error }, status: 422 })
    }
  }
}

async function settle(deps: MarketPagesDeps, visit: DeskVisit): Promise<Response> {
  const id = numberOf(visit)
  const { sampai = '' } = await visit.fields()
  const until = new Date(sampai)
  if (id === undefined || Number.isNaN(until.getTime())) return notThere(deps, visit)
  const count = await deps.desk.settleReports(visit.officer, id, until)
  const { settled, settled_none: none } = deps.texts.product
  return visit.redirect('/umkm/laporan', count === 0 ? none : fill(settled, { count }))
}
