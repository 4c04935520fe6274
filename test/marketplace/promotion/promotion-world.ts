import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ActionResult } from '../../../src/flow/action.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import type { PromotionCard, PromotionShape } from '../../../src/marketplace/pictures/pictures.ts'
import { createPromotionActions } from '../../../src/marketplace/promotion/promotion-actions.ts'
import { promotionContracts } from '../../../src/marketplace/promotion/promotion-contracts.ts'
import { parsePromotionWords } from '../../../src/marketplace/promotion/promotion-words.ts'
import {
  createPromotionStore,
  type PromotionStore,
} from '../../../src/marketplace/promotion/store-promotion.ts'
import { createMarketStore } from '../../../src/marketplace/store.ts'
import { readGround } from '../../support/test-app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

/** The actions of owners who promote, on a database of their own; pictures are named and not drawn. */
export interface PromotionWorld {
  readonly database: TestDatabase
  readonly promotion: PromotionStore
  readonly drawn: (PromotionCard & { readonly shape: PromotionShape })[]
  /** Does what a flow would have done for a contact, at a moment. */
  run(
    name: keyof typeof promotionContracts,
    contactId: string,
    input?: Readonly<Record<string, number>>,
    now?: Date,
  ): Promise<ActionResult>
}

/** Opens one; nobody is in it. */
export async function openPromotionWorld(): Promise<PromotionWorld> {
  const database = await createTestDatabase()
  const contentOf = (name: string) =>
    readFile(path.join(import.meta.dirname, `../../../flows/content/${name}.yaml`), 'utf8')
  const [words, promotionWords] = [
    parseMarketWords(await contentOf('umkm')),
    parsePromotionWords(await contentOf('promosi')),
  ]
  const drawn: PromotionWorld['drawn'] = []
  const promotion = createPromotionStore()
  const store = createMarketStore(database.prisma)
  const actions = createPromotionActions({
    ...{ store, promotion, words: () => words, promotionWords: () => promotionWords },
    language: (await readGround()).language,
    publicUrl: () => 'https://lopo.example',
    pictures: {
      promote: async (card, shape) => {
        drawn.push({ ...card, shape })
        return `gambar-${shape}`
      },
      take: () => Promise.reject(new Error('nothing is taken here')),
      read: () => Promise.resolve(undefined),
      sheet: () => Promise.resolve(undefined),
      erase: () => Promise.resolve(),
    },
  })
  return {
    ...{ database, promotion, drawn },
    run: (name, contactId, input = {}, now = new Date('2026-03-05T02:00:00Z')) =>
      store.transact(async (transaction) => {
        const context = { transaction, contactId, chatId: '1', channel: 'telegram', now }
        const result = await actions[name].run(input, context)
        const outcomes: Readonly<Record<string, { parse(values: unknown): unknown }>> =
          promotionContracts[name].outcomes
        outcomes[result.outcome]!.parse(result.values)
        return result
      }),
  }
}
