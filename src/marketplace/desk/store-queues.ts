import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { productOf, productParts } from '../store-rows.ts'
import type { DeskCounts, ProductLine, Report, ReportedLine, WaitingLine } from './desk-views.ts'
import { lineOf, shopOfLine } from './store-lines.ts'

/** What waits for officers. */
export interface QueueStore {
  counts(transaction: Transaction): Promise<DeskCounts>
  /** The oldest first, with the colleague who has it open since `recently`. */
  waiting(
    transaction: Transaction,
    asked: { readonly viewerId: string; readonly recently: Date; readonly limit: number },
  ): Promise<readonly Omit<WaitingLine, 'findings' | 'price'>[]>
  appeals(transaction: Transaction, limit: number): Promise<readonly ProductLine[]>
  reported(transaction: Transaction, limit: number): Promise<readonly ReportedLine[]>
  /** Reports on some products that nobody settled; those that say the same are one. What was told last is the last. */
  openReports(
    transaction: Transaction,
    ids: readonly number[],
  ): Promise<readonly (Report & { readonly productId: number })[]>
  /** The shop of each of some products; those that are not there have none. */
  shopsOf(transaction: Transaction, ids: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** The waiting product after one in the order of the queue; round again at its end; those that others have open last. */
  next(
    transaction: Transaction,
    viewerId: string,
    recently: Date,
    after: number | undefined,
  ): Promise<number | undefined>
}

const countRows = z.tuple([
  z.object({
    waiting: z.number(),
    appeals: z.number(),
    reports: z.number(),
    papers: z.number(),
    oldest: z.date().nullable(),
  }),
])
const reportRows = z.array(
  z.object({
    ...{ productId: z.bigint(), reason: z.string(), words: z.string() },
    ...{ _count: z.number(), _max: z.object({ at: z.date() }) },
  }),
)
const idRows = z.array(z.object({ id: z.bigint() }))

/** Makes it. */
export function createQueueStore(): QueueStore {
  return {
    ...{ counts: readCounts, waiting: listWaiting, next: findNext },
    ...createComplaintReads(),
    async shopsOf(transaction, ids) {
      const where = { id: { in: ids.map(BigInt) } }
      const rows = await transaction.product.findMany({ where, select: { id: true, shopId: true } })
      return new Map(rows.map(({ id, shopId }) => [Number(id), Number(shopId)]))
    },
  }
}

async function readCounts(transaction: Transaction): Promise<DeskCounts> {
  const rows = await transaction.$queryRaw`
    SELECT
      (SELECT count(*)::int FROM product WHERE state = 'waiting') AS waiting,
      (SELECT min(submitted_at) FROM product WHERE state = 'waiting') AS oldest,
      (SELECT count(*)::int FROM product WHERE state IN ('removed', 'needs_fix') AND appeal IS NOT NULL) AS appeals,
      (SELECT count(DISTINCT product_id)::int FROM product_report WHERE settled_at IS NULL) AS reports,
      (SELECT count(*)::int FROM shop_paper WHERE state = 'claimed') AS papers`
  const [{ oldest, ...counts }] = countRows.parse(rows)
  return { ...counts, oldest: oldest ?? undefined }
}

const listWaiting: QueueStore['waiting'] = async (transaction, { viewerId, recently, limit }) => {
  const rows = await transaction.product.findMany({
    where: { state: 'waiting' },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    include: {
      ...productParts,
      shop: shopOfLine,
      approval: { select: { productId: true } },
      look: true,
    },
  })
  const reported = await transaction.productReport.findMany({
    where: { productId: { in: rows.map(({ id }) => id) }, settledAt: null },
    select: { productId: true },
  })
  const areReported = new Set(reported.map(({ productId }) => productId))
  return rows.map((row) => {
    const { look, approval, id } = row
    const isOthers = look !== null && look.officerId !== viewerId && look.at > recently
    return {
      ...lineOf(row),
      isChange: approval !== null,
      look: isOthers ? { by: look.by, at: look.at } : undefined,
      isReported: areReported.has(id),
    }
  })
}

const findNext: QueueStore['next'] = async (transaction, viewerId, recently, after) => {
  const rows = await transaction.$queryRaw`
    WITH seen AS (SELECT submitted_at, id FROM product WHERE id = ${after ?? null}::bigint)
    SELECT p.id FROM product p
    LEFT JOIN product_look l ON l.product_id = p.id AND l.officer_id <> ${viewerId} AND l.at > ${recently}
    LEFT JOIN seen ON true
    WHERE p.state = 'waiting' AND p.id IS DISTINCT FROM seen.id
    ORDER BY l.product_id IS NOT NULL,
      seen.id IS NOT NULL AND (coalesce(p.submitted_at, 'infinity'), p.id) < (coalesce(seen.submitted_at, '-infinity'), seen.id),
      p.submitted_at, p.id
    LIMIT 1`
  const [row] = idRows.parse(rows)
  return row === undefined ? undefined : Number(row.id)
}

function createComplaintReads(): Pick<QueueStore, 'appeals' | 'reported' | 'openReports'> {
  const openReports: QueueStore['openReports'] = async (transaction, ids) => {
    const rows = await transaction.productReport.groupBy({
      by: ['productId', 'reason', 'words'],
      where: { productId: { in: ids.map(BigInt) }, settledAt: null },
      _count: true,
      _max: { at: true },
      orderBy: [{ _max: { at: 'asc' } }, { _max: { id: 'asc' } }],
    })
    return reportRows.parse(rows).map(({ productId, reason, words, _count: count, _max: { at } }) => ({
      ...{ productId: Number(productId), reason, words, at, count },
    }))
  }
  return {
    openReports,
    async appeals(transaction, limit) {
      const rows = await transaction.product.findMany({
        where: { state: { in: ['removed', 'needs_fix'] }, appeal: { not: null } },
        orderBy: [{ appealedAt: 'asc' }, { id: 'asc' }],
        take: limit,
        include: { ...productParts, shop: shopOfLine },
      })
      return rows.map(lineOf)
    },
    async reported(transaction, limit) {
      const found = await transaction.$queryRaw`
        SELECT product_id AS id FROM product_report WHERE settled_at IS NULL
        GROUP BY product_id ORDER BY min(id) LIMIT ${limit}`
      const ids = idRows.parse(found).map(({ id }) => Number(id))
      const reports = Map.groupBy(await openReports(transaction, ids), ({ productId }) => productId)
      const rows = await transaction.product.findMany({
        where: { id: { in: ids.map(BigInt) } },
        include: { ...productParts, shop: shopOfLine },
      })
      const lines = new Map(rows.map((row) => [Number(row.id), row]))
      return ids.flatMap((id) => {
        const row = lines.get(id)
        if (row === undefined) return []
        const told = (reports.get(id) ?? []).map(({ productId: _, ...report }) => report)
        return [{ product: productOf(row), shop: lineOf(row).shop, reports: told }]
      })
    },
  }
}
