import type { Transaction } from '../storage/database.ts'
import type { Product } from './product.ts'

/** Whether a product is certified as halal by a paper that staff verified: of the product, or of its whole shop. */
export async function isCertified(
  client: Transaction,
  { id, shopId, halal }: Pick<Product, 'id' | 'shopId' | 'halal'>,
): Promise<boolean> {
  if (halal !== 'certified') return false
  const paper = await client.shopPaper.findFirst({
    where: {
      shopId: BigInt(shopId),
      kind: 'halal',
      state: 'verified',
      OR: [{ productId: null }, { productId: BigInt(id) }],
    },
    select: { id: true },
  })
  return paper !== null
}
