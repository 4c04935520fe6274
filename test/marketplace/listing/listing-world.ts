import { randomUUID } from 'node:crypto'
import { contentOf } from '../../../src/app-words.ts'
import { callAction } from '../../../src/conversation/call-action.ts'
import type { Values } from '../../../src/flow/action.ts'
import { createListingActions } from '../../../src/marketplace/listing/listing-actions.ts'
import { parseListingWords } from '../../../src/marketplace/listing/listing-words.ts'
import { createListingStore } from '../../../src/marketplace/listing/store-listing.ts'
import { createTendListingStore } from '../../../src/marketplace/listing/store-tend.ts'
import { createTendListing } from '../../../src/marketplace/listing/tend-listing.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import type { PhotoProblem, Pictures } from '../../../src/marketplace/pictures/pictures.ts'
import { createMarketStore } from '../../../src/marketplace/store.ts'
import { createShopContacts } from '../../../src/marketplace/store-contact.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { readFlowTexts } from '../../../src/storage/flow-files.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { language } from '../../language/the-language.ts'
import { createTestDatabase } from '../../support/test-database.ts'
import { type MadeProduct, makeProduct, makeShop } from '../market-ground.ts'

const texts = await readFlowTexts()
export const market = parseMarketWords(contentOf(texts, 'umkm'))
export const listing = parseListingWords(contentOf(texts, 'lapak'))

/** Monday, 10.00 in Kupang. */
export const monday = new Date('2026-12-07T10:00:00+08:00')
export const week = 7 * 86_400_000

/** An owner with a shop. */
export interface Owner {
  readonly contactId: string
  readonly chatId: bigint
  readonly shopId: number
}

/** The owner's side on a database of its own, with a clock that is moved by hand. Media called by a problem have it. */
export async function openListingWorld() {
  const database = await createTestDatabase()
  const { prisma } = database
  const keyring = createKeyring([newKeyEntry()])
  const clock = { now: monday }
  const opened: { chatId: bigint; to: string; values: Values }[] = []
  const indexed: number[] = []
  const deps = {
    store: createMarketStore(prisma),
    listing: createListingStore(),
    search: {
      understand: (sentence: string) => ({ words: sentence }),
      find: async () => ({ products: [], total: 0, quality: 'exact' as const }),
      suggestCategories: (name: string) => (name.includes('tenun') ? ['tenun'] : []),
      index: async (_: unknown, ids: readonly number[]) => void indexed.push(...ids),
      indexShop: async (_: unknown, id: number) => void indexed.push(-id),
    },
    media: {
      read: async (id: string) => (id === 'gone' ? undefined : { bytes: new TextEncoder().encode(id) }),
    },
    contacts: createShopContacts(keyring),
    pictures: createFakePictures(),
    voice: {
      open: async (_: unknown, chatId: bigint, { to, values }: { to: string; values: Values }) =>
        void opened.push({ chatId, to, values }),
      tellMany: async () => undefined,
    },
    ...{ words: () => market, listingWords: () => listing, language, audit: createAuditTrail() },
    publicUrl: () => 'https://lopo.example',
    now: () => clock.now,
  }
  const actions = createListingActions(deps)

  async function contact(): Promise<Omit<Owner, 'shopId'>> {
    const contactId = randomUUID()
    await prisma.contact.create({ data: { id: contactId } })
    const chat = await prisma.chat.create({
      data: { contactId, channel: 'telegram', account: 'main', externalId: randomUUID() },
    })
    return { contactId, chatId: chat.id }
  }

  return {
    ...{ database, prisma, clock, opened, indexed, deps, contact },
    tend: (isQuiet: (moment: Date) => boolean = () => false) =>
      createTendListing({ ...deps, tend: createTendListingStore(prisma), isQuiet })(clock.now),
    /** Does an action as a turn of the owner's does. */
    run: (who: Omit<Owner, 'shopId'>, name: keyof typeof actions, input: Values = {}) =>
      prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${who.chatId} FOR NO KEY UPDATE`
        const { contactId, chatId } = who
        const context = {
          transaction,
          contactId,
          chatId: String(chatId),
          channel: 'telegram',
          now: clock.now,
        }
        return callAction(actions, name, input, context)
      }),
    async owner(consents?: readonly ('publish' | 'contact')[]): Promise<Owner> {
      const who = await contact()
      return { ...who, shopId: await makeShop(prisma, { ...who, ...(consents && { consents }) }) }
    },
    product: (made: MadeProduct) => makeProduct(prisma, made),
    row: (id: number) => prisma.product.findUniqueOrThrow({ where: { id: BigInt(id) } }),
  }
}

const problems: readonly PhotoProblem[] = ['empty', 'no_picture', 'too_large', 'too_many_pixels', 'too_small']

function createFakePictures(): Pictures {
  const taken = new Set<string>()
  return {
    async take(bytes) {
      const name = new TextDecoder().decode(bytes)
      const type = problems.find((problem) => problem === name)
      if (type !== undefined) return { type }
      const id = randomUUID()
      taken.add(id)
      return { type: 'taken', id, width: 800, height: 600 }
    },
    read: async (id) =>
      taken.has(id) ? { mime: 'image/webp', bytes: new Uint8Array(new ArrayBuffer(1)) } : undefined,
    promote: async () => randomUUID(),
    sheet: async () => undefined,
    async erase(ids) {
      for (const id of ids) taken.delete(id)
    },
  }
}
