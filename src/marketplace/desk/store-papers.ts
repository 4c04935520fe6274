import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { paperKinds } from '../product.ts'
import { type Paper, type PaperLine, type PaperState, paperStates } from './desk-views.ts'

/** Papers that owners named. */
export interface PaperStore {
  paper(transaction: Transaction, id: number): Promise<Paper | undefined>
  shopOfPaper(transaction: Transaction, id: number): Promise<number | undefined>
  /** Of a shop and of its products, the newest first. */
  papersOf(transaction: Transaction, shopId: number): Promise<readonly Paper[]>
  papers(transaction: Transaction, state: PaperState, limit: number): Promise<readonly PaperLine[]>
  changePaper(
    transaction: Transaction,
    id: number,
    change: { readonly state: PaperState; readonly at: Date; readonly by: string },
  ): Promise<void>
  /** The products of a shop that say that they are certified halal, by their numbers. */
  certifiedOf(transaction: Transaction, shopId: number): Promise<readonly number[]>
}

const paperShape = z.object({ kind: z.enum(paperKinds), state: z.enum(paperStates) })
const shopState = z.enum(['active', 'hidden', 'closed'])

interface PaperRow {
  readonly id: bigint
  readonly productId: bigint | null
  readonly kind: string
  readonly number: string
  readonly state: string
  readonly createdAt: Date
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
}

function paperOf(row: PaperRow): Paper {
  const { id, productId, number, createdAt, decidedAt, decidedBy } = row
  return {
    ...paperShape.parse(row),
    ...{ id: Number(id), number, createdAt },
    productId: productId === null ? undefined : Number(productId),
    ...{ decidedAt: decidedAt ?? undefined, decidedBy: decidedBy ?? undefined },
  }
}

/** Makes it. */
export function createPaperStore(): PaperStore {
  return {
    papers: listPapers,
    async paper(transaction, id) {
      const row = await transaction.shopPaper.findUnique({ where: { id: BigInt(id) } })
      return row === null ? undefined : paperOf(row)
    },
    async shopOfPaper(transaction, id) {
      const row = await transaction.shopPaper.findUnique({
        where: { id: BigInt(id) },
        select: { shopId: true },
      })
      return row === null ? undefined : Number(row.shopId)
    },
    async papersOf(transaction, shopId) {
      const where = { shopId: BigInt(shopId) }
      return (await transaction.shopPaper.findMany({ where, orderBy: { id: 'desc' } })).map(paperOf)
    },
    async changePaper(transaction, id, { state, at, by }) {
      await transaction.shopPaper.update({
        where: { id: BigInt(id) },
        data: { state, decidedAt: at, decidedBy: by },
        select: { id: true },
      })
    },
    async certifiedOf(transaction, shopId) {
      const rows = await transaction.product.findMany({
        where: { shopId: BigInt(shopId), halal: 'certified' },
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ id }) => Number(id))
    },
  }
}

const listPapers: PaperStore['papers'] = async (transaction, state, limit) => {
  const rows = await transaction.shopPaper.findMany({
    where: { state },
    orderBy: state === 'claimed' ? { id: 'asc' } : [{ decidedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { shop: { select: { id: true, name: true, kelurahan: true, state: true } } },
  })
  const ids = rows.flatMap(({ productId }) => productId ?? [])
  const products = await transaction.product.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  const names = new Map(products.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({
    paper: paperOf(row),
    shop: { ...row.shop, id: Number(row.shop.id), state: shopState.parse(row.shop.state) },
    productName: row.productId === null ? undefined : names.get(row.productId),
  }))
}
