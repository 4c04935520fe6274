import type { Transaction } from '../storage/database.ts'
import type { Keyring } from '../storage/keyring.ts'

/** The numbers of owners: sealed, and given away only under a consent in force. */
export interface ShopContacts {
  /** The number in international form without plus, where the owner agrees to its being given away. */
  phone(client: Transaction, shopId: number): Promise<string | undefined>
  keepPhone(transaction: Transaction, shopId: number, phone: string): Promise<void>
}

/** Makes them. */
export function createShopContacts(keyring: Pick<Keyring, 'seal' | 'open'>): ShopContacts {
  return {
    async phone(client, shopId) {
      const row = await client.shop.findFirst({
        where: {
          id: BigInt(shopId),
          state: 'active',
          consents: { some: { purpose: 'contact', endedAt: null } },
        },
        select: { phone: true },
      })
      return row?.phone == null ? undefined : keyring.open(row.phone)
    },
    async keepPhone(transaction, shopId, phone) {
      await transaction.shop.update({
        where: { id: BigInt(shopId) },
        data: { phone: keyring.seal(phone) },
        select: { id: true },
      })
    },
  }
}
