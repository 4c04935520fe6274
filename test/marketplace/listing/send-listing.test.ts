import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Values } from '../../../src/flow/action.ts'
import { mostPhotos } from '../../../src/marketplace/product.ts'
import { listing, type Owner, openListingWorld } from './listing-world.ts'

let world: Awaited<ReturnType<typeof openListingWorld>>
beforeAll(async () => {
  world = await openListingWorld()
})
afterAll(() => world.database.close())
beforeEach(() => world.database.pool.query('DELETE FROM shop'))

const nobody = { contactId: '00000000-0000-4000-8000-000000000000', chatId: 0n }
const filled = {
  ...{ photos: [], photo_done: true, name: 'Abon ikan', is_other: false, price: 25_000, unit: 'bungkus' },
  ...{ availability: 'ready', category: 'makanan', halal: 'uncertified', certificate: '' },
  ...{ shop_name: 'Dapur Contoh', kelurahan: '53.71.04.1008' },
}
const agreed = {
  ...{
    publish: 'yes',
    contact: 'yes',
    phone: '+6281234567890',
    publish_version: 'p1',
    contact_version: 'c1',
  },
  send: true,
}

describe('note_photo_or_name', () => {
  const note = (input: Values) =>
    world.run(nobody, 'note_photo_or_name', {
      ...{ words: '', media: '', photos: [], name: '', photo_done: false, asked: 'photo' },
      ...input,
    })

  it('takes a photo, and its words as the name', async () => {
    const { values } = await note({ media: 'a', words: 'Abon ikan' })
    expect(values).toMatchObject({ name: 'Abon ikan', photos: [{ width: 800 }] })
  })

  it.each(['empty', 'no_picture', 'too_large', 'too_many_pixels', 'too_small', 'gone'] as const)(
    'says that a photo is %s, and loses nothing that was told',
    async (problem) => {
      const photos = [{ id: 'x', width: 1, height: 1 }]
      const { values } = await note({ media: problem, name: 'Abon', photos })
      expect(values).toMatchObject({ name: 'Abon', photos, note: `${listing.photos[problem]}\n\n` })
    },
  )

  it('takes no more photos than a product may have', async () => {
    const photos = Array.from({ length: mostPhotos }, (_, n) => ({ id: `${n}`, width: 1, height: 1 }))
    const { values } = await note({ media: 'a', photos })
    expect(values.photos).toHaveLength(mostPhotos)
  })

  it('keeps the photo where the words with it are no name', async () => {
    const { values } = await note({ media: 'a', words: 'hubungi 081234567890' })
    expect(values).toMatchObject({ name: '', photos: [{ width: 800 }] })
    expect(values.note).toContain(listing.refusals.contact)
  })
})

describe('note_price', () => {
  const note = (words: string) => world.run(nobody, 'note_price', { words, media: '', photos: [], unit: '' })

  it.each([
    ['25rb', 25_000, ''],
    ['1,5 jt', 1_500_000, ''],
    ['Rp 25.000,-', 25_000, ''],
    ['25rb/kg', 25_000, 'kg'],
    ['35 ribu per bks', 35_000, 'bungkus'],
  ])('reads "%s"', async (words, price, unit) => {
    expect(await note(words)).toMatchObject({ outcome: 'noted', values: { price, unit } })
  })

  it.each(['5', '20 juta'])('asks "%s" back', async (words) => {
    expect((await note(words)).outcome).toBe('unusual')
  })

  it('offers both ends of a range in the words that are read again', async () => {
    const { outcome, values } = await note('20-30')
    expect(outcome).toBe('range')
    expect(values.rows).toEqual([
      { told: '20', label: 'Rp20' },
      { told: '30', label: 'Rp30' },
    ])
    expect((await note('20')).outcome).toBe('unusual')
  })

  it('offers no end of a range that is no price', async () => {
    expect(await note('1,5-2,5')).toMatchObject({
      outcome: 'noted',
      values: { price: 0, note: `${listing.refusals.price}\n\n` },
    })
    expect((await note('1,5-3')).values.rows).toEqual([{ told: '3', label: 'Rp3' }])
    expect((await note('1,5-2,5 jt')).values.rows).toMatchObject([{ told: '1500000' }, { told: '2500000' }])
  })

  it.each(['nego', 'gratis', '-5000', '9999999999999'])('says that "%s" is no price', async (words) => {
    const { values } = await note(words)
    expect(values.price).toBe(0)
    expect(values.note).not.toBe('')
  })
})

describe('send_listing', () => {
  const inForce = async ({ shopId }: Owner) =>
    [...(await world.deps.listing.versions(world.prisma, shopId)).keys()].sort()

  it('opens the shop, notes both consents and the number, and sends the product to the officers', async () => {
    const who = await world.contact()
    expect(await world.run(who, 'send_listing', { ...filled, ...agreed })).toMatchObject({ outcome: 'sent' })
    const shop = await world.prisma.shop.findFirstOrThrow({ include: { consents: true, products: true } })
    expect(shop).toMatchObject({ contactId: who.contactId, chatId: who.chatId, name: 'Dapur Contoh' })
    expect(shop.consents.map(({ textVersion }) => textVersion).sort()).toEqual(['c1', 'p1'])
    expect(shop.products).toMatchObject([{ state: 'waiting', version: 2, submittedAt: world.clock.now }])
    const phone = await world.deps.contacts.phone(world.prisma, Number(shop.id))
    expect(phone).toBe('6281234567890')
  })

  it('keeps the product as a draft where its owner does not agree to be published', async () => {
    const who = await world.contact()
    const sent = await world.run(who, 'send_listing', { ...filled, ...agreed, publish: 'no' })
    expect(sent.outcome).toBe('kept')
    expect(await world.prisma.product.findFirst()).toMatchObject({ state: 'draft' })
  })

  it('gives the number no more where its owner says no to the new text', async () => {
    const owner = await world.owner()
    const answers = { publish: '', contact: '', phone: '' }
    const asked = await world.run(owner, 'ask_consent', { ...answers, publish: 'yes' })
    expect(asked.outcome).toBe('contact')
    const sent = await world.run(owner, 'send_listing', { ...filled, ...agreed, contact: 'no' })
    expect(sent).toMatchObject({ outcome: 'sent', values: { note: `${listing.done.number_kept}\n\n` } })
    expect(await inForce(owner)).toEqual(['publish'])
  })

  it('takes everything out of the catalogue where its owner says no to the new text', async () => {
    const owner = await world.owner()
    const states = ['shown', 'sold_out', 'waiting']
    const ids = []
    for (const state of states) ids.push(await world.product({ shopId: owner.shopId, name: state, state }))
    const no = { publish: 'no', contact: '', send: false }
    const sent = await world.run(owner, 'send_listing', { ...filled, ...agreed, ...no })
    expect(sent).toMatchObject({ outcome: 'kept', values: { note: `${listing.done.unpublished}\n\n` } })
    expect(await inForce(owner)).toEqual(['contact'])
    const now = (await Promise.all(ids.map(world.row))).map(({ state }) => state)
    expect(now).toEqual(['hidden', 'hidden', 'draft'])
  })

  it('ends what was agreed to before also where the product is refused', async () => {
    const owner = await world.owner()
    await world.product({ shopId: owner.shopId, name: 'Abon ikan' })
    const sent = await world.run(owner, 'send_listing', { ...filled, ...agreed, contact: 'no' })
    expect(sent).toMatchObject({ outcome: 'refused' })
    expect(sent.values.text).toContain(listing.done.number_kept)
    expect(await inForce(owner)).toEqual(['publish'])
  })

  it('leaves what was agreed to before where nothing is asked', async () => {
    const owner = await world.owner()
    const unasked = { publish: '', contact: '', phone: '' }
    const sent = await world.run(owner, 'send_listing', { ...filled, ...agreed, ...unasked })
    expect(sent).toMatchObject({ outcome: 'sent', values: { note: '' } })
    expect(await inForce(owner)).toEqual(['contact', 'publish'])
  })

  it('refuses a second product of the same name, unless it is another', async () => {
    const owner = await world.owner()
    await world.product({ shopId: owner.shopId, name: 'ABON  IKAN' })
    expect((await world.run(owner, 'send_listing', { ...filled, ...agreed })).outcome).toBe('refused')
    const other = { ...filled, ...agreed, is_other: true }
    expect((await world.run(owner, 'send_listing', other)).outcome).toBe('sent')
  })

  it('refuses pork that is called certified', async () => {
    const owner = await world.owner()
    const pork = { ...filled, ...agreed, name: "Se'i babi", halal: 'certified', certificate: 'ID12345678' }
    expect((await world.run(owner, 'send_listing', pork)).outcome).toBe('refused')
  })

  it('asks for the photo again that waited too long, and writes nothing', async () => {
    const who = await world.contact()
    const photos = [{ id: crypto.randomUUID(), width: 1, height: 1 }]
    const sent = await world.run(who, 'send_listing', { ...filled, ...agreed, photos })
    expect(sent).toMatchObject({ outcome: 'photos_gone', values: { photos: [] } })
    expect(await world.prisma.shop.count()).toBe(0)
  })

  it('opens one shop for a contact that sends from two chats at once', async () => {
    const who = await world.contact()
    const elsewhere = { ...(await world.contact()), contactId: who.contactId }
    await Promise.all([
      world.run(who, 'send_listing', { ...filled, ...agreed }),
      world.run(elsewhere, 'send_listing', { ...filled, ...agreed, name: 'Madu' }),
    ])
    expect(await world.prisma.shop.count()).toBe(1)
    expect(await world.prisma.product.count()).toBe(2)
  })
})

describe('ask_consent', () => {
  const nothing = { publish: '', contact: '', phone: '' }

  it('asks whoever has no shop for both, then for the number', async () => {
    const who = await world.contact()
    const ask = async (answers: Values) =>
      (await world.run(who, 'ask_consent', { ...nothing, ...answers })).outcome
    expect(await ask({})).toBe('publish')
    expect(await ask({ publish: 'no' })).toBe('keep')
    expect(await ask({ publish: 'yes' })).toBe('contact')
    expect(await ask({ publish: 'yes', contact: 'no' })).toBe('ready')
    expect(await ask({ publish: 'yes', contact: 'yes' })).toBe('phone')
    expect(await ask({ publish: 'yes', contact: 'yes', phone: '+6281234567890' })).toBe('ready')
  })
})
