import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Values } from '../../../src/flow/action.ts'
import {
  createInvitationActions,
  type invitationContracts,
} from '../../../src/marketplace/invitation/invitation-actions.ts'
import type { InvitationDeps } from '../../../src/marketplace/invitation/invitation-deps.ts'
import { createInvitationDesk } from '../../../src/marketplace/invitation/invitation-desk.ts'
import { createInvitationStore } from '../../../src/marketplace/invitation/store-invitations.ts'
import { createListingStore } from '../../../src/marketplace/listing/store-listing.ts'
import { parseMarketWords } from '../../../src/marketplace/market-words.ts'
import { createMarketStore } from '../../../src/marketplace/store.ts'
import { createShopContacts } from '../../../src/marketplace/store-contact.ts'
import { createAuditTrail } from '../../../src/staff/store.ts'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { readGround } from '../../support/test-app.ts'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts'

const officer = { id: 'u-1' }
const day = 86_400_000
const lasiana = '53.71.03.1011'

let database: TestDatabase
let deps: InvitationDeps
let now: Date
const entries = [newKeyEntry(), newKeyEntry()] as const
const keyring = createKeyring(entries)

beforeAll(async () => {
  database = await createTestDatabase()
  const { texts, language } = await readGround()
  const umkm = texts.content.find(({ path }) => path.endsWith('/umkm.yaml'))
  const words = parseMarketWords(umkm?.text ?? '')
  deps = {
    store: createMarketStore(database.prisma),
    listing: createListingStore(),
    invitations: createInvitationStore(),
    contacts: createShopContacts(keyring),
    secrets: keyring,
    words: () => words,
    audit: createAuditTrail(),
    placeName: (code) => language.places.byCode(code)?.name,
    now: () => now,
  }
}, 60_000)
afterAll(() => database.close())
beforeEach(async () => {
  now = new Date(Date.UTC(2027, 0, 1) + Math.floor(Math.random() * 1e6) * day)
  await database.prisma.shopInvitation.deleteMany()
  await database.prisma.shop.deleteMany()
})

let listed = 0
async function importedShop(name = 'Madu Contoh', kelurahan = lasiana): Promise<number> {
  listed += 1
  const data = { name, kelurahan, source: 'dinkop', sourceKey: `id:${listed}`, handover: [], payments: [] }
  return Number((await database.prisma.shop.create({ data: { ...data, createdAt: now } })).id)
}

async function invited(name?: string) {
  const shopId = await importedShop(name)
  const [made] = await createInvitationDesk(deps).invite({ shopId }, officer)
  if (made === undefined) throw new Error('nobody was invited')
  return made
}

async function act(
  name: keyof typeof invitationContracts,
  input: Values,
  { contactId = String(randomUUID()), given = deps } = {},
) {
  const action = createInvitationActions(given)[name]
  return database.prisma.$transaction((transaction) =>
    action.run(input, { transaction, contactId, chatId: '7', channel: 'terminal', now }),
  )
}

async function find(code: string, contactId?: string) {
  const { outcome, values } = await act(
    'find_invitation',
    { code },
    contactId === undefined ? {} : { contactId },
  )
  return { outcome, ...values }
}

async function take(code: string, wish: Partial<Values> = {}, contactId = randomUUID()) {
  const { invitation } = (await act('find_invitation', { code }, { contactId })).values
  const input = { invitation: invitation ?? 0, phone: '+6281234567801', publish: true, contact: true }
  return act('take_shop', { ...input, ...wish } satisfies Record<string, unknown> as Values, { contactId })
}

const shop = () =>
  database.prisma.shop.findFirstOrThrow({ include: { consents: { orderBy: { purpose: 'asc' } } } })

describe('createInvitationDesk', () => {
  it('makes a code of twelve digits that is kept only as a hash, for sixty days, and notes who made it', async () => {
    const { code, expiresAt, kelurahan, shopId } = await invited()
    expect(code).toMatch(/^[1-9]\d{11}$/)
    expect(expiresAt).toEqual(new Date(now.getTime() + 60 * day))
    expect(kelurahan).toBe('Lasiana')
    const row = await database.prisma.shopInvitation.findFirstOrThrow()
    expect(Buffer.from(row.codeHash).includes(code)).toBe(false)
    expect(row.createdBy).toBe('u-1')
    const trail = await database.prisma.auditEntry.findMany({ where: { subject: `shop:${shopId}` } })
    expect(trail).toMatchObject([{ action: 'market.invite', actorId: 'u-1', details: { shops: 1 } }])
    expect(JSON.stringify(trail.map(({ details }) => details))).not.toContain(code)
  })

  it('invites all shops of a kelurahan, and the next time those that have no invitation yet', async () => {
    await importedShop('Madu')
    await importedShop('Kopi')
    await importedShop('Roti', '53.71.04.1010')
    const desk = createInvitationDesk(deps)
    const first = await desk.invite({ kelurahan: lasiana }, officer)
    expect(first.map(({ shop }) => shop)).toEqual(['Kopi', 'Madu'])
    await importedShop('Tenun')
    const second = await desk.invite({ kelurahan: lasiana }, officer)
    expect(second.map(({ shop }) => shop)).toEqual(['Tenun'])
    expect(await find(first[0]?.code ?? '')).toMatchObject({ outcome: 'found' })
    expect(await desk.counts()).toEqual([
      { kelurahan: lasiana, shops: 3, invited: 3 },
      { kelurahan: '53.71.04.1010', shops: 1, invited: 0 },
    ])
  })

  it('ends the letter before when a shop gets a new one', async () => {
    const old = await invited()
    const [fresh] = await createInvitationDesk(deps).invite({ shopId: old.shopId }, officer)
    expect(await find(old.code)).toMatchObject({ outcome: 'wrong' })
    expect(await find(fresh?.code ?? '')).toMatchObject({ outcome: 'found' })
  })

  it('invites nobody to a shop that has an owner or came from no list', async () => {
    const { code, shopId } = await invited()
    await take(code)
    const own = await database.prisma.shop.create({
      data: { name: 'Sendiri', kelurahan: lasiana, handover: [], payments: [] },
    })
    const desk = createInvitationDesk(deps)
    expect(await desk.invite({ shopId }, officer)).toEqual([])
    expect(await desk.invite({ shopId: Number(own.id) }, officer)).toEqual([])
    expect(await desk.list({ offset: 0, limit: 10 })).toEqual([])
  })
})

describe('find_invitation', () => {
  it('shows the shop with its name masked, by a code in any writing', async () => {
    const { code } = await invited()
    const groups = [code.slice(0, 4), code.slice(4, 8), code.slice(8)]
    for (const written of [code, `kode ${groups.join(' ')}`, groups.join('-')]) {
      expect(await find(written)).toMatchObject({
        ...{ outcome: 'found', shop: 'M**u C****h', kelurahan: 'Lasiana' },
      })
    }
  })

  it('answers the same to a code that is wrong, used or over', async () => {
    const used = await invited()
    await take(used.code)
    const over = await invited()
    now = new Date(over.expiresAt.getTime())
    for (const code of [used.code, over.code, '000000000000', 'tidak ada', '']) {
      expect(await find(code)).toEqual({ outcome: 'wrong' })
    }
  })

  it('looks nothing up after five wrong codes in a day, and does the day after', async () => {
    const { code } = await invited()
    const contactId = randomUUID()
    for (let attempt = 0; attempt < 5; attempt += 1) await find('000000000000', contactId)
    expect(await find(code, contactId)).toEqual({ outcome: 'too_many' })
    expect(await find(code)).toMatchObject({ outcome: 'found' })
    now = new Date(now.getTime() + day)
    expect(await find(code, contactId)).toMatchObject({ outcome: 'found' })
  })

  it('refuses nobody for the wrong codes of other people', async () => {
    const { code } = await invited()
    const actor = (index: number) => ({ type: 'resident', id: `c-${index}` }) as const
    await database.prisma.$transaction(async (transaction) => {
      for (let index = 0; index < 200; index += 1) {
        const action = 'market.invitation_wrong'
        await deps.audit.record(transaction, { at: now, actor: actor(index), action })
      }
    })
    expect(await find(code)).toMatchObject({ outcome: 'found' })
  })

  it('tells somebody whose shop was closed, without looking the code up', async () => {
    const contactId = randomUUID()
    await take((await invited()).code, {}, contactId)
    await database.prisma.shop.updateMany({ where: { contactId }, data: { state: 'closed' } })
    expect(await find((await invited()).code, contactId)).toEqual({ outcome: 'closed' })
  })

  it('says so to somebody who has a shop already, without looking the code up', async () => {
    const contactId = randomUUID()
    await take((await invited('Kopi Contoh')).code, {}, contactId)
    expect(await find((await invited()).code, contactId)).toEqual({ outcome: 'own', shop: 'Kopi Contoh' })
  })

  it('knows a code whose hash an older key made', async () => {
    const { code } = await invited()
    const [, old] = entries
    const rotated = createKeyring([newKeyEntry(), entries[0], old])
    const given = { ...deps, secrets: rotated }
    expect(await act('find_invitation', { code }, { given })).toMatchObject({ outcome: 'found' })
  })
})

describe('take_shop', () => {
  it('makes the shop theirs, with the number they gave and the consents they gave', async () => {
    const { code } = await invited()
    const contactId = randomUUID()
    expect(await take(code, { contact: false }, contactId)).toEqual({
      outcome: 'taken',
      values: { shop: 'Madu Contoh' },
    })
    const { phone, consents, ...row } = await shop()
    expect(row).toMatchObject({ contactId, chatId: 7n, state: 'active' })
    expect(keyring.open(phone ?? new Uint8Array())).toBe('6281234567801')
    const { version } = deps.words().consents.publish
    expect(consents).toMatchObject([{ purpose: 'publish', textVersion: version, contactId, startedAt: now }])
  })

  it('publishes nothing without consent', async () => {
    await take((await invited()).code, { publish: false, contact: false })
    expect((await shop()).consents).toEqual([])
  })

  it('gives a shop away once, also to two people at the same moment', async () => {
    const { code } = await invited()
    const { invitation } = (await act('find_invitation', { code })).values
    const input = { invitation: invitation ?? 0, phone: '+6281234567801', publish: true, contact: true }
    const outcomes = await Promise.all([act('take_shop', input), act('take_shop', input)])
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['gone', 'taken'])
  })

  it('gives nobody a second shop', async () => {
    const contactId = randomUUID()
    const [one, other] = [await invited('Kopi'), await invited('Madu')]
    const { invitation } = (await act('find_invitation', { code: other.code }, { contactId })).values
    await take(one.code, {}, contactId)
    const input = { invitation: invitation ?? 0, phone: '+6281234567801', publish: true, contact: true }
    expect(await act('take_shop', input, { contactId })).toMatchObject({ outcome: 'own' })
  })

  it('gives one shop to somebody who takes two at the same moment in two chats', async () => {
    const { id: contactId } = await database.prisma.contact.create({ data: { id: randomUUID() } })
    const inputs = []
    for (const name of ['Kopi', 'Madu']) {
      const { invitation } = (await act('find_invitation', { code: (await invited(name)).code })).values
      inputs.push({ invitation: invitation ?? 0, phone: '+6281234567801', publish: true, contact: true })
    }
    const outcomes = await Promise.all(inputs.map((input) => act('take_shop', input, { contactId })))
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['own', 'taken'])
    expect(await database.prisma.shop.count({ where: { contactId } })).toBe(1)
  })

  it('gives no shop to somebody whose own staff closed', async () => {
    const contactId = randomUUID()
    const { invitation } = (await act('find_invitation', { code: (await invited('Madu')).code })).values
    const closed = await importedShop('Kopi')
    await database.prisma.shop.update({
      where: { id: BigInt(closed) },
      data: { contactId, state: 'closed' },
    })
    const input = { invitation: invitation ?? 0, phone: '+6281234567801', publish: true, contact: true }
    expect(await act('take_shop', input, { contactId })).toEqual({ outcome: 'closed', values: {} })
    expect(await database.prisma.shop.count({ where: { contactId, state: 'active' } })).toBe(0)
  })

  it('notes it in the trail, with whether the number is the one of the list, and no number', async () => {
    const { code, shopId } = await invited()
    await database.prisma.shop.updateMany({ data: { phone: keyring.seal('6281234567899') } })
    await take(code)
    const where = { action: 'market.invitation_used', subject: `shop:${shopId}` }
    const [entry] = await database.prisma.auditEntry.findMany({ where })
    expect(entry?.details).toEqual({ number: 'another', publish: true, contact: true })
  })
})
