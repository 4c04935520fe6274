import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listing, monday, type Owner, openListingWorld } from './listing-world.ts'

let world: Awaited<ReturnType<typeof openListingWorld>>
let owner: Owner
beforeAll(async () => {
  world = await openListingWorld()
})
afterAll(() => world.database.close())
beforeEach(async () => {
  await world.database.pool.query('DELETE FROM shop')
  owner = await world.owner()
})

const edit = (product_id: number, what: string, value: string | number) =>
  world.run(owner, 'edit_own_product', { product_id, what, value })
const history = async (id: number) =>
  (
    await world.prisma.productChange.findMany({ where: { productId: BigInt(id) }, orderBy: { id: 'asc' } })
  ).map(({ what, byType }) => `${what} by ${byType}`)

describe('edit_own_product', () => {
  it('leaves a product shown whose price changes, and notes it', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon', price: 30_000 })
    await edit(id, 'price', 35_000)
    expect(await world.row(id)).toMatchObject({ state: 'shown', price: 35_000, version: 1 })
    expect(await history(id)).toEqual(['price by owner'])
    expect(world.indexed).toContain(id)
  })

  it.each([
    ['name', 'Abon sapi'],
    ['category', 'kue'],
    ['halal', 'pork'],
    ['description', 'Pedas.'],
    ['unit', 'sisir'],
  ])('sends a product back to the officers whose %s changes', async (what, value) => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon' })
    await edit(id, what, value)
    expect(await world.row(id)).toMatchObject({ state: 'waiting', submittedAt: monday })
  })

  it('leaves it shown with another unit that is known, and takes no number or forbidden goods for one', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon', unit: 'bungkus' })
    await edit(id, 'unit', 'kilo')
    expect(await world.row(id)).toMatchObject({ state: 'shown', unit: 'kg' })
    for (const unit of ['sisir 081234567890', 'tabung sopi'])
      expect((await edit(id, 'unit', unit)).values.text).toBe(listing.refusals.unit)
    expect(await world.row(id)).toMatchObject({ state: 'shown', unit: 'kg' })
  })

  it('makes a draft of a hidden one, so that nothing unseen is shown', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon', state: 'hidden' })
    await edit(id, 'name', 'Abon sapi')
    expect(await world.row(id)).toMatchObject({ state: 'draft' })
  })

  it.each(['certified', 'uncertified', 'not_food'])(
    'says of a product that is %s that it contains pork once its name does, and tells its owner',
    async (halal) => {
      const id = await world.product({ shopId: owner.shopId, name: "Se'i asap", halal })
      const { outcome, values } = await edit(id, 'name', "Se'i babi")
      expect({ outcome, text: values.text }).toEqual({
        ...{ outcome: 'changed' },
        text: "Se'i babi sudah diubah. Petugas memeriksanya dulu, sesudah itu tampil lagi. Namanya menyebut babi, jadi di katalog tertulis: Mengandung babi (non-halal).",
      })
      expect(await world.row(id)).toMatchObject({ name: "Se'i babi", halal: 'pork', state: 'waiting' })
    },
  )

  it.each(['uncertified', 'not_food'])('refuses to call one %s whose name says pork', async (halal) => {
    const id = await world.product({ shopId: owner.shopId, name: "Se'i babi", halal: 'pork' })
    expect(await edit(id, 'halal', halal)).toMatchObject({
      outcome: 'refused',
      values: { text: expect.stringContaining('Mengandung babi (non-halal)') },
    })
    expect(await world.row(id)).toMatchObject({ halal: 'pork', state: 'shown' })
  })

  it('calls no product of pork something else for its category', async () => {
    const id = await world.product({ shopId: owner.shopId, name: "Se'i babi", halal: 'uncertified' })
    const { values } = await edit(id, 'category', 'tenun')
    expect(values.text).toContain('Mengandung babi (non-halal)')
    expect(await world.row(id)).toMatchObject({ category: 'tenun', halal: 'pork', state: 'waiting' })
  })

  it('says nothing of pork where the name denies it, or it was told before', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Sosis', halal: 'uncertified' })
    expect((await edit(id, 'name', 'Sosis tanpa babi')).values.text).not.toContain('Mengandung babi')
    expect(await world.row(id)).toMatchObject({ halal: 'uncertified' })
    const other = await world.product({ shopId: owner.shopId, name: "Se'i babi", halal: 'pork' })
    expect((await edit(other, 'name', "Se'i babi asap")).values.text).not.toContain('Mengandung babi')
  })

  it('refuses the name of another product of the shop, however it is written', async () => {
    const { shopId } = owner
    const id = await world.product({ shopId, name: 'Abon' })
    await world.product({ shopId, name: 'Abon Sapi' })
    await world.product({ shopId, name: 'Madu', state: 'removed' })
    expect(await edit(id, 'name', 'abon-sapi')).toMatchObject({
      outcome: 'refused',
      values: { text: 'Di toko sudah ada Abon Sapi.' },
    })
    expect(await world.row(id)).toMatchObject({ name: 'Abon', state: 'shown' })
    expect((await edit(id, 'name', 'ABON')).outcome).toBe('changed')
    expect((await edit(id, 'name', 'Madu')).outcome).toBe('changed')
  })

  it('knows no product of another shop', async () => {
    const other = await world.owner()
    const id = await world.product({ shopId: other.shopId, name: 'Abon' })
    expect((await edit(id, 'price', 1_000)).outcome).toBe('unknown')
    expect((await edit(0.5, 'price', 1_000)).outcome).toBe('unknown')
  })
})

describe('own photos', () => {
  it('puts one in the place of another, and keeps the last', async () => {
    const photos = [crypto.randomUUID(), crypto.randomUUID()]
    const id = await world.product({ shopId: owner.shopId, name: 'Abon', photos })
    const of = { product_id: id }
    await world.run(owner, 'add_own_photo', { ...of, media: 'a', instead: photos[0]! })
    const now = (await world.deps.store.product(world.prisma, id))?.photos ?? []
    expect(now).toHaveLength(2)
    expect(now).not.toContain(photos[0])
    expect(now[1]).toBe(photos[1])
    expect(await world.row(id)).toMatchObject({ state: 'waiting' })
    await world.run(owner, 'remove_own_photo', { ...of, photo: photos[1]! })
    const last = await world.run(owner, 'remove_own_photo', { ...of, photo: now[0]! })
    expect(last.outcome).toBe('refused')
  })
})

describe('withdraw_own_consent', () => {
  it('takes everything out of the catalogue at once', async () => {
    const states = ['shown', 'sold_out', 'waiting', 'hidden', 'removed']
    const ids = []
    for (const state of states) ids.push(await world.product({ shopId: owner.shopId, name: state, state }))
    await world.run(owner, 'withdraw_own_consent', { purpose: 'publish' })
    const now = (await Promise.all(ids.map(world.row))).map(({ state }) => state)
    expect(now).toEqual(['hidden', 'hidden', 'draft', 'hidden', 'removed'])
    const shown = await world.run(owner, 'move_own_product', { product_id: ids[0]!, what: 'show' })
    expect(shown.outcome).toBe('no_consent')
    expect(world.indexed).toContain(-owner.shopId)
  })
})

describe('change_own_shop', () => {
  const states = ['shown', 'sold_out', 'waiting', 'hidden', 'draft', 'needs_fix', 'removed']
  const change = async (what: string, value: string) => {
    const ids = []
    for (const state of states) ids.push(await world.product({ shopId: owner.shopId, name: state, state }))
    const { outcome, values } = await world.run(owner, 'change_own_shop', { what, value })
    const rows = await Promise.all(ids.map(world.row))
    return { ids, outcome, text: values.text, states: rows.map(({ state }) => state), rows }
  }

  it.each([
    ['name', 'Dapur Baru'],
    ['description', 'Buka setiap hari.'],
  ])('sends what is public to the officers when its %s changes', async (what, value) => {
    const { ids, text, rows, ...then } = await change(what, value)
    expect(then).toEqual({
      ...{ outcome: 'changed' },
      states: ['waiting', 'waiting', 'waiting', 'draft', 'draft', 'needs_fix', 'removed'],
    })
    const { shop, shop_to_review, shop_to_draft } = listing.done
    expect(text).toBe([shop, shop_to_review, shop_to_draft].join(' '))
    for (const id of ids.slice(0, 4)) expect(await history(id)).toEqual(['shop_renamed by owner'])
    // What waits counts as changed: no officer decides by the name that was.
    expect(rows.map(({ version }) => version)).toEqual([1, 1, 1, 1, 0, 0, 0])
    expect(world.indexed).toContain(ids[0])
  })

  it('remembers what is sold out, until its owner says that it is back', async () => {
    const { ids } = await change('name', 'Dapur Baru')
    const isRemembered = async () =>
      (await Promise.all(ids.map(world.row))).map(({ wasSoldOut }) => wasSoldOut)
    expect(await isRemembered()).toEqual([false, true, false, false, false, false, false])
    const [, id = 0] = ids
    const back = { product_id: id, what: 'back' }
    expect((await world.run(owner, 'move_own_product', back)).outcome).toBe('done')
    expect(await isRemembered()).not.toContain(true)
    expect(await world.row(id)).toMatchObject({ state: 'waiting', confirmedAt: monday })
    // Once is enough: an officer who has it open decides about what they saw.
    const { version } = await world.row(id)
    await world.run(owner, 'move_own_product', back)
    expect((await world.row(id)).version).toBe(version)
  })

  it.each([
    ['kelurahan', '53.71.04.1010'],
    ['handover', 'delivery'],
    ['payment', 'qris'],
    ['phone', '+6281234567801'],
    ['name', 'Dapur Contoh'],
  ])('leaves all where it is when it tells the %s %j', async (what, value) => {
    expect(await change(what, value)).toMatchObject({ outcome: 'changed', text: listing.done.shop, states })
  })

  it('moves nothing for a name that is refused', async () => {
    expect(await change('name', 'hubungi 081234567890')).toMatchObject({ outcome: 'refused', states })
  })
})

describe('appeal_removal', () => {
  it('keeps what is said against a removal, and against nothing else', async () => {
    const [removed, shown] = [
      await world.product({ shopId: owner.shopId, name: 'A', state: 'removed' }),
      await world.product({ shopId: owner.shopId, name: 'B' }),
    ]
    const words = 'Itu foto saya.'
    expect((await world.run(owner, 'appeal_removal', { product_id: shown, words })).outcome).toBe('refused')
    await world.run(owner, 'appeal_removal', { product_id: removed, words })
    expect(await world.row(removed)).toMatchObject({ appeal: words, appealedAt: monday, state: 'removed' })
  })
})

describe('change_by_words', () => {
  const say = (utterance: string) => world.run(owner, 'change_by_words', { utterance })

  it('changes nothing before its owner agrees, and says what is now afterwards', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon ikan', price: 30_000 })
    const { outcome, values } = await say('naikkan harga abn ikan 5rb')
    expect({ outcome, price: values.price }).toEqual({ outcome: 'confirm', price: 35_000 })
    expect(await world.row(id)).toMatchObject({ price: 30_000 })
    const { product_id = 0, what = '', price = 0 } = values
    const done = await world.run(owner, 'apply_change', { product_id, what, price, by: '' })
    expect(done.values.text).toContain('Rp35.000')
    expect(await world.row(id)).toMatchObject({ price: 35_000, state: 'shown' })
  })

  it('asks which of several', async () => {
    for (const name of ['Abon ikan', 'Abon sapi']) await world.product({ shopId: owner.shopId, name })
    const { outcome, values } = await say('abon habis')
    expect(outcome).toBe('which')
    expect(values.rows).toHaveLength(2)
  })

  it('brings back all that is hidden by one word', async () => {
    const ids = []
    for (const name of ['Abon', 'Madu'])
      ids.push(await world.product({ shopId: owner.shopId, name, state: 'hidden' }))
    const { outcome, values } = await say('tampilkan')
    expect({ outcome, id: values.product_id }).toEqual({ outcome: 'confirm', id: 0 })
    await world.run(owner, 'apply_change', { product_id: 0, what: 'show', price: 0, by: '' })
    expect((await Promise.all(ids.map(world.row))).map(({ state }) => state)).toEqual(['shown', 'shown'])
  })

  it('hides what its owner wants deleted, once they agree, and deletes nothing', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Madu' })
    const { outcome, values } = await say('hapus madu')
    expect({ outcome, values }).toMatchObject({
      outcome: 'confirm',
      values: { what: 'hide', product_id: id },
    })
    expect(await world.row(id)).toMatchObject({ state: 'shown' })
    await world.run(owner, 'apply_change', { product_id: id, what: 'hide', price: 0, by: '' })
    expect(await world.row(id)).toMatchObject({ state: 'hidden', reason: 'owner' })
  })

  it('counts what is sold out out of what is still there, and says what is shown again', async () => {
    const { shopId } = owner
    const ids = []
    for (const name of ['Abon', 'Kopi']) ids.push(await world.product({ shopId, name }))
    await world.product({ shopId, name: 'Madu', state: 'sold_out' })
    const asked = await say('masih ada')
    expect(asked).toMatchObject({ outcome: 'confirm', values: { product_id: 0, what: 'confirm' } })
    expect(asked.values.question).not.toContain('Madu')
    await world.prisma.product.update({
      where: { id: BigInt(ids[1]!) },
      data: { state: 'hidden', reason: 'unconfirmed' },
    })
    const done = await world.run(owner, 'apply_change', { product_id: 0, what: 'confirm', price: 0, by: '' })
    expect(done.values.text).toBe('Terima kasih. Abon tetap tampil.\nTampil lagi: Kopi.')
  })

  it('tells whoever has no shop', async () => {
    const { outcome } = await world.run(await world.contact(), 'change_by_words', { utterance: 'madu habis' })
    expect(outcome).toBe('no_shop')
  })
})

describe('my_week', () => {
  it('counts seven days, today among them', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon' })
    const days = ['2026-11-30', '2026-12-01', '2026-12-07'].map((day) => ({
      ...{ productId: BigInt(id), day: new Date(day), views: 10, finds: 3, contacts: 1 },
    }))
    await world.prisma.productDay.createMany({ data: days })
    expect(await world.run(owner, 'my_week')).toMatchObject({
      ...{ outcome: 'week', values: { views: 20, finds: 6, contacts: 2 } },
    })
  })
})
