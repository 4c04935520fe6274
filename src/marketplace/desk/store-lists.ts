import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { publicStates, type Shop } from '../product.ts'
import { productParts, shopOf, shopParts } from '../store-rows.ts'
import type { Page, ProductFilter, ProductLine, ShopFilter, ShopLine } from './desk-views.ts'
import { lineOf, shopOfLine } from './store-lines.ts'

/** All products and shops, the newest first. */
export interface ListStore {
  listProducts(
    transaction: Transaction,
    filter: ProductFilter,
    before: number | undefined,
    limit: number,
  ): Promise<Page<ProductLine>>
  listShops(
    transaction: Transaction,
    filter: ShopFilter,
    before: number | undefined,
    limit: number,
  ): Promise<Page<ShopLine>>
  shopCreatedAt(transaction: Transaction, id: number): Promise<Date>
  closing(
    transaction: Transaction,
    id: number,
  ): Promise<{ readonly at: Date; readonly by: string; readonly reason: string | undefined } | undefined>
}

/** Makes it. */
export function createListStore(): ListStore {
  return {
    listProducts: readProducts,
    listShops: readShops,
    async shopCreatedAt(transaction, id) {
      const where = { id: BigInt(id) }
      return (await transaction.shop.findUniqueOrThrow({ where, select: { createdAt: true } })).createdAt
    },
    async closing(transaction, id) {
      const row = await transaction.shop.findUnique({
        where: { id: BigInt(id) },
        select: { closedAt: true, closedBy: true, closedReason: true },
      })
      if (row?.closedAt == null) return undefined
      return { at: row.closedAt, by: row.closedBy ?? '', reason: row.closedReason ?? undefined }
    },
  }
}

/** A number that a search may mean. */
function numberIn(search: string | undefined): bigint | undefined {
  return search !== undefined && /^#?[1-9]\d{0,8}$/.test(search) ? BigInt(search.replace('#', '')) : undefined
}

const readProducts: ListStore['listProducts'] = async (transaction, filter, before, limit) => {
  const { search, state, category, kelurahan, shopId } = filter
  const number = numberIn(search)
  const named = { name: { contains: search ?? '', mode: 'insensitive' } } as const
  const rows = await transaction.product.findMany({
    where: {
      ...(state === undefined ? {} : { state }),
      ...(category === undefined ? {} : { category }),
      ...(shopId === undefined ? {} : { shopId: BigInt(shopId) }),
      ...(kelurahan === undefined ? {} : { shop: { kelurahan } }),
      ...(before === undefined ? {} : { id: { lt: BigInt(before) } }),
      ...(search === undefined ? {} : { OR: [named, ...(number === undefined ? [] : [{ id: number }])] }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: { ...productParts, shop: shopOfLine },
  })
  return pageOf(rows.map(lineOf), limit, ({ product }) => product.id)
}

const countShape = z.array(z.object({ shopId: z.bigint(), state: z.string(), _count: z.number() }))

const readShops: ListStore['listShops'] = async (
  transaction,
  { search, state, kelurahan },
  before,
  limit,
) => {
  const number = numberIn(search)
  const named = { name: { contains: search ?? '', mode: 'insensitive' } } as const
  const rows = await transaction.shop.findMany({
    where: {
      ...(state === undefined ? {} : { state }),
      ...(kelurahan === undefined ? {} : { kelurahan }),
      ...(before === undefined ? {} : { id: { lt: BigInt(before) } }),
      ...(search === undefined ? {} : { OR: [named, ...(number === undefined ? [] : [{ id: number }])] }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: shopParts,
  })
  const shops = rows.map(shopOf)
  const counts = countShape.parse(
    await transaction.product.groupBy({
      by: ['shopId', 'state'],
      where: { shopId: { in: rows.map(({ id }) => id) } },
      _count: true,
    }),
  )
  return pageOf(
    shops.map((shop) => ({ shop, ...countsOf(shop, counts) })),
    limit,
    ({ shop }) => shop.id,
  )
}

function countsOf({ id }: Shop, counts: z.infer<typeof countShape>) {
  const own = counts.filter(({ shopId }) => Number(shopId) === id)
  const sum = (some: typeof own) => some.reduce((all, { _count }) => all + _count, 0)
  const isPublic = ({ state }: { readonly state: string }) => publicStates.some((one) => one === state)
  return { products: sum(own), shown: sum(own.filter(isPublic)) }
}

function pageOf<Line>(found: readonly Line[], limit: number, idOf: (line: Line) => number): Page<Line> {
  const lines = found.slice(0, limit)
  const last = lines.at(-1)
  return { lines, next: found.length > limit && last !== undefined ? idOf(last) : undefined }
}
