import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import { type ConsentPurpose, consentPurposes } from '../product.ts'

/** A consent as it is given: to which text, by whom, where and when. */
export interface GivenConsent {
  readonly shopId: number
  readonly purpose: ConsentPurpose
  readonly version: string
  readonly contactId: string
  readonly chatId: bigint
  readonly at: Date
}

/** The consents of owners. What was given stays as a proof after it ended. */
export interface ConsentStore {
  /** The version of the text that each consent in force was given to. */
  versions(client: Transaction, shopId: number): Promise<ReadonlyMap<ConsentPurpose, string>>
  /** Gives one; that of an older text ends. */
  giveConsent(transaction: Transaction, consent: GivenConsent): Promise<void>
  /** Ends it; whether there was one. */
  endConsent(transaction: Transaction, shopId: number, purpose: ConsentPurpose, at: Date): Promise<boolean>
}

const rows = z.array(z.object({ purpose: z.enum(consentPurposes), textVersion: z.string() }))

/** Makes the store. */
export function createConsentStore(): ConsentStore {
  const endConsent: ConsentStore['endConsent'] = async (transaction, shopId, purpose, at) => {
    const { count } = await transaction.shopConsent.updateMany({
      where: { shopId: BigInt(shopId), purpose, endedAt: null },
      data: { endedAt: at },
    })
    return count > 0
  }
  return {
    async versions(client, shopId) {
      const found = await client.shopConsent.findMany({
        where: { shopId: BigInt(shopId), endedAt: null },
        select: { purpose: true, textVersion: true },
      })
      return new Map(rows.parse(found).map(({ purpose, textVersion }) => [purpose, textVersion]))
    },
    async giveConsent(transaction, { shopId, version, at, ...consent }) {
      await endConsent(transaction, shopId, consent.purpose, at)
      const data = { ...consent, shopId: BigInt(shopId), textVersion: version, startedAt: at }
      await transaction.shopConsent.create({ data, select: { id: true } })
    },
    endConsent,
  }
}
