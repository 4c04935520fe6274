import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { wantsPart } from '../desk-request.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { renewedCount, tabPage } from './market-frame.ts'
import { type MarketPagesDeps, readNumber, route } from './market-pages-deps.ts'
import { type QueuePart, queuePart } from './queue-page.ts'

/** What waits, and approving it from the list. */
export function queueRoutes(deps: MarketPagesDeps): readonly DeskRoute[] {
  return [
    route('get', '/umkm', (visit) => showQueue(deps, visit)),
    route('get', '/umkm/periksa', async (visit) => {
      const after = readNumber(visit.context.req.query('sesudah'))
      const next = await deps.desk.next(visit.officer, after)
      return visit.redirect(next === undefined ? '/umkm' : `/umkm/produk/${next}`)
    }),
    route('post', '/umkm/setujui', (visit) => approve(deps, visit)),
  ]
}

async function showQueue(
  deps: MarketPagesDeps,
  visit: DeskVisit,
  said: Pick<QueuePart, 'notice' | 'done'> = {},
): Promise<Response> {
  const { desk, texts } = deps
  const [lines, counts] = await Promise.all([desk.waiting(visit.officer), desk.counts(visit.officer)])
  const areAllTicked = said.notice === undefined && visit.context.req.query('pilih') === 'semua'
  const body = queuePart(deps, visit, { ...said, lines, counts, areAllTicked })
  const { title } = texts.queue
  const status = said.notice === undefined ? 200 : 409
  // The part that htmx puts in must be taken in, whatever it says.
  if (wantsPart(visit.context)) {
    return visit.page({ title, body: html`${body}${renewedCount(counts.waiting)}` })
  }
  return tabPage(deps, visit, { tab: 'waiting', title, body: html`<div id="antrean">${body}</div>`, status })
}

async function approve(deps: MarketPagesDeps, visit: DeskVisit): Promise<Response> {
  const { queue } = deps.texts
  const seen = chosenIn(await visit.fields())
  if (seen.length === 0) return showQueue(deps, visit, { notice: queue.no_pick })
  const { done, left } = await deps.desk.approveMany(visit.officer, seen)
  const text = done === 0 ? undefined : fill(queue.done, { count: done })
  const reasons = left.map(({ id, name, why }) =>
    fill(queue.left_one, {
      name: name === '' ? fill(queue.left_nameless, { number: id }) : name,
      why: queue.left_why[why],
    }),
  )
  const notice = reasons.length === 0 ? undefined : fill(queue.left, { products: reasons.join('; ') })
  if (notice !== undefined || wantsPart(visit.context)) return showQueue(deps, visit, { notice, done: text })
  return visit.redirect('/umkm', text)
}

const field = 'pilih.'

/** One that was pressed, or all that were ticked, each with the version that was seen. */
function chosenIn(
  fields: Readonly<Record<string, string>>,
): readonly { readonly id: number; readonly version: number }[] {
  const pairs =
    fields.satu === undefined
      ? Object.entries(fields)
          .filter(([name]) => name.startsWith(field))
          .map(([name, version]) => [name.slice(field.length), version] as const)
      : [[fields.satu.split('.')[0], fields.satu.split('.')[1]] as const]
  return pairs.flatMap(([written, version = '']) => {
    const id = readNumber(written)
    return id !== undefined && /^\d{1,9}$/.test(version) ? [{ id, version: Number(version) }] : []
  })
}
