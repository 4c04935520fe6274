import type { ProductQuery, ProductSearch } from '../../../src/marketplace/search/search.ts'
import { isCertified } from '../../../src/marketplace/store-halal.ts'
import { productOf, productParts } from '../../../src/marketplace/store-rows.ts'
import type { Database } from '../../../src/storage/database.ts'

/** A search by parts of names: it notes what it is asked for, and understands "tanpa babi" and a price like "di bawah 100000". */
export function createFakeSearch(prisma: Database, asked: ProductQuery[]): ProductSearch {
  return {
    understand(sentence) {
      const [, price] = /di bawah (\d+)/.exec(sentence) ?? []
      const words = sentence.replace(/di bawah \d+|tanpa babi/g, '').trim()
      return {
        words,
        ...(price === undefined ? {} : { maxPrice: Number(price) }),
        ...(sentence.includes('tanpa babi') ? { withoutPork: true } : {}),
      }
    },
    async find(client, query, { offset, limit }) {
      asked.push(query)
      const { words, category, maxPrice, withoutPork, kelurahan } = query
      const rows = await prisma.product.findMany({
        where: {
          state: { in: ['shown', 'sold_out'] },
          name: { contains: words, mode: 'insensitive' },
          ...(category === undefined ? {} : { category }),
          ...(maxPrice === undefined ? {} : { price: { lte: maxPrice } }),
          ...(withoutPork === true ? { halal: { not: 'pork' } } : {}),
          shop: { state: 'active', ...(kelurahan === undefined ? {} : { kelurahan }) },
        },
        include: { ...productParts, shop: true },
        orderBy: { id: 'desc' },
      })
      const products = await Promise.all(
        rows.map(async (row) => {
          const { photos, state, ...product } = productOf(row)
          const { name: shopName, kelurahan } = row.shop
          const isProven = await isCertified(client, product)
          return {
            ...product,
            isProven,
            soldOut: state === 'sold_out',
            shopName,
            kelurahan,
            photo: photos[0],
          }
        }),
      )
      const quality = words.endsWith('~') ? 'near' : 'exact'
      return { products: products.slice(offset, offset + limit), total: products.length, quality }
    },
    suggestCategories: () => [],
    index: async () => undefined,
    indexShop: async () => undefined,
  }
}
