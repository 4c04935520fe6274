import type { Transaction } from '../storage/database.ts'

/**
 * Erases the contact's shops with their products, histories and consents; the bytes of photos go with the next purge of pictures. What
 * the contact reported of others stays without them. The caller has locked the contact's chats.
 */
export async function eraseShops(transaction: Transaction, contactId: string): Promise<void> {
  await transaction.productReport.updateMany({ where: { contactId }, data: { contactId: null } })
  await transaction.shopInvitation.updateMany({ where: { usedById: contactId }, data: { usedById: null } })
  await transaction.$executeRaw`
    DELETE FROM market_notice WHERE chat_id IN (SELECT id FROM chat WHERE contact_id = ${contactId}::uuid)`
  const shops = await transaction.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM shop WHERE contact_id = ${contactId}::uuid ORDER BY id FOR UPDATE`
  const shopId = { in: shops.map(({ id }) => id) }
  if (shopId.in.length === 0) return
  const products = await transaction.product.findMany({ where: { shopId }, select: { id: true } })
  const productId = { in: products.map(({ id }) => id) }
  await transaction.productSearch.deleteMany({ where: { productId } })
  await transaction.productDay.deleteMany({ where: { productId } })
  await transaction.productReport.deleteMany({ where: { productId } })
  await transaction.digestPlace.deleteMany({ where: { shopId } })
  await transaction.shopInvitation.deleteMany({ where: { shopId } })
  await transaction.shop.deleteMany({ where: { id: shopId } })
}
