import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lastAsking } from '../../../src/marketplace/listing/tend-listing.ts'
import { monday, openListingWorld, week } from './listing-world.ts'

let world: Awaited<ReturnType<typeof openListingWorld>>
beforeAll(async () => {
  world = await openListingWorld()
})
afterAll(() => world.database.close())
beforeEach(async () => {
  await world.database.pool.query('DELETE FROM shop')
  world.opened.splice(0)
  world.clock.now = monday
})

describe('lastAsking', () => {
  it('is Monday at nine in Kupang', () => {
    const asking = new Date('2026-12-07T09:00:00+08:00')
    expect(lastAsking(new Date('2026-12-07T09:00:00+08:00'))).toEqual(asking)
    expect(lastAsking(new Date('2026-12-13T23:00:00+08:00'))).toEqual(asking)
    expect(lastAsking(new Date('2026-12-07T08:59:00+08:00'))).toEqual(new Date('2026-11-30T09:00:00+08:00'))
  })
})

describe('createTendListing', () => {
  it('asks each owner once a week, however many processes run', async () => {
    const owner = await world.owner()
    await world.product({ shopId: owner.shopId, name: 'Madu' })
    const done = await Promise.all([world.tend(), world.tend(), world.tend()])
    expect(done.reduce((sum, each) => sum + each, 0)).toBe(1)
    expect(world.opened).toMatchObject([{ chatId: owner.chatId, to: 'lapak/masih_ada' }])
    world.clock.now = new Date(monday.getTime() + 3 * 86_400_000)
    expect(await world.tend()).toBe(0)
    world.clock.now = new Date(monday.getTime() + week)
    expect(await world.tend()).toBe(1)
  })

  it('asks nobody in the quiet hours, and catches up after them', async () => {
    const owner = await world.owner()
    await world.product({ shopId: owner.shopId, name: 'Madu' })
    expect(await world.tend(() => true)).toBe(0)
    world.clock.now = new Date(monday.getTime() + 86_400_000)
    expect(await world.tend()).toBe(1)
  })

  it('asks nothing of what was sent, shown or confirmed a moment ago', async () => {
    const owner = await world.owner()
    const id = await world.product({ shopId: owner.shopId, name: 'Madu' })
    await world.prisma.product.update({ where: { id: BigInt(id) }, data: { shownAt: monday } })
    expect(await world.tend()).toBe(0)
  })

  it('writes to nobody who blocked the bot, wants to hear nothing, or is answered by an officer', async () => {
    const [blocked, silent, held] = [await world.owner(), await world.owner(), await world.owner()]
    for (const { shopId } of [blocked, silent, held]) await world.product({ shopId, name: 'Madu' })
    const { prisma } = world
    await prisma.chat.update({ where: { id: blocked.chatId }, data: { state: 'stopped' } })
    await world.database.pool.query(
      `INSERT INTO opt_out (contact_id, chat_id, started_at) VALUES ($1, $2, $3)`,
      [silent.contactId, silent.chatId, monday],
    )
    await prisma.chat.update({
      where: { id: held.chatId },
      data: { heldUntil: new Date(monday.getTime() + 60_000) },
    })
    expect(await world.tend()).toBe(0)
    expect(world.opened).toEqual([])
  })

  it('hides what is theirs who cannot be asked, without a word, as it hides what others do not answer for', async () => {
    const [blocked, silent] = [await world.owner(), await world.owner()]
    const ids = []
    for (const { shopId } of [blocked, silent]) ids.push(await world.product({ shopId, name: 'Madu' }))
    await world.prisma.chat.update({ where: { id: blocked.chatId }, data: { state: 'stopped' } })
    await world.database.pool.query(
      `INSERT INTO opt_out (contact_id, chat_id, started_at) VALUES ($1, $2, $3)`,
      [silent.contactId, silent.chatId, monday],
    )
    for (const weeks of [0, 0, 1, 2]) {
      world.clock.now = new Date(monday.getTime() + weeks * week)
      expect(await world.tend()).toBe(0)
      const { state, misses } = { state: weeks < 2 ? 'shown' : 'hidden', misses: weeks < 2 ? weeks + 1 : 0 }
      for (const id of ids) expect(await world.row(id)).toMatchObject({ state, misses })
    }
    expect(world.opened).toEqual([])
  })

  it('hides what two questions found nobody to answer, tells its owner, and one word brings it back', async () => {
    const owner = await world.owner()
    const id = await world.product({ shopId: owner.shopId, name: 'Madu' })
    for (const weeks of [0, 1]) {
      world.clock.now = new Date(monday.getTime() + weeks * week)
      await world.tend()
      expect(await world.row(id)).toMatchObject({ state: 'shown', misses: weeks + 1 })
    }
    world.clock.now = new Date(monday.getTime() + 2 * week)
    await world.tend()
    expect(await world.row(id)).toMatchObject({ state: 'hidden', reason: 'unconfirmed' })
    expect(world.opened.at(-1)).toMatchObject({ to: 'lapak/tersembunyi' })
    expect((await world.run(owner, 'answer_week', { words: 'masih' })).outcome).toBe('confirmed')
    expect(await world.row(id)).toMatchObject({ state: 'shown', reason: null, misses: 0 })
  })

  it('asks only about what is shown: a shop whose goods are all sold out is asked nothing', async () => {
    const [some, none] = [await world.owner(), await world.owner()]
    await world.product({ shopId: some.shopId, name: 'Madu' })
    const gone = await world.product({ shopId: some.shopId, name: 'Abon', state: 'sold_out' })
    await world.product({ shopId: none.shopId, name: 'Kopi', state: 'sold_out' })
    expect(await world.tend()).toBe(1)
    expect(world.opened).toMatchObject([{ chatId: some.chatId, to: 'lapak/masih_ada' }])
    expect(world.opened[0]?.values.products).not.toContain('Abon')
    const { values } = await world.run(some, 'confirm_week')
    expect(values.text).toBe('Terima kasih. Madu tetap tampil.')
    expect(await world.row(gone)).toMatchObject({ state: 'sold_out', misses: 0, confirmedAt: null })
  })

  it('names five of what hid itself and counts the rest, and says of all that they are shown again', async () => {
    const owner = await world.owner()
    for (const letter of 'ABCDEFG') await world.product({ shopId: owner.shopId, name: `Kue ${letter}` })
    for (const weeks of [0, 1, 2]) {
      world.clock.now = new Date(monday.getTime() + weeks * week)
      await world.tend()
    }
    const { hidden } = world.opened.at(-1)!.values
    expect(hidden).toContain('Kue E dan 2 lagi')
    const { values } = await world.run(owner, 'confirm_week')
    expect(values.text).toMatch(/^Tampil lagi: Kue .+ dan 2 lagi\.$/)
    expect(values.text).not.toContain('tetap')
  })

  it('forgets the misses of what its owner confirms', async () => {
    const owner = await world.owner()
    const id = await world.product({ shopId: owner.shopId, name: 'Madu' })
    await world.tend()
    await world.run(owner, 'confirm_week')
    expect(await world.row(id)).toMatchObject({ misses: 0, confirmedAt: monday })
  })
})

describe('answer_week', () => {
  const shopOf = async (names: readonly string[]) => {
    const owner = await world.owner()
    const ids: number[] = []
    for (const name of names) ids.push(await world.product({ shopId: owner.shopId, name }))
    return { owner, ids, answer: (words: string) => world.run(owner, 'answer_week', { words }) }
  }
  const answered = async (words: string) => {
    const owner = await world.owner()
    const ids = []
    for (const name of ['Madu hutan', 'Abon ikan']) {
      ids.push(await world.product({ shopId: owner.shopId, name }))
    }
    const { outcome } = await world.run(owner, 'answer_week', { words })
    const rows = await Promise.all(ids.map(world.row))
    return { outcome, states: rows.map(({ state }) => state), at: rows.map(({ confirmedAt }) => confirmedAt) }
  }

  it.each(['ya masih', 'masih', 'semua masih ada'])('takes "%s" for all', async (words) => {
    expect(await answered(words)).toMatchObject({ outcome: 'confirmed', at: [monday, monday] })
  })

  it('marks what is sold out, and asks about the rest', async () => {
    expect(await answered('madu habis')).toMatchObject({ outcome: 'rest', states: ['sold_out', 'shown'] })
  })

  it('hears of the rest in the same sentence', async () => {
    const { outcome, states, at } = await answered('madu hbis, yang lain masih')
    expect({ outcome, states, at }).toMatchObject({
      ...{ outcome: 'confirmed', states: ['sold_out', 'shown'], at: [monday, monday] },
    })
  })

  it.each([
    ['abon masih', [monday, null, null], 'Terima kasih. Abon tetap tampil.'],
    ['abon dan madu masih ada', [monday, monday, null], 'Terima kasih. Abon, Madu tetap tampil.'],
    ['abon masih, kopi juga masih', [monday, null, monday], 'Terima kasih. Abon, Kopi tetap tampil.'],
    ['semua masih ada selain abon', [null, monday, monday], 'Terima kasih. Madu, Kopi tetap tampil.'],
  ])('confirms by "%s" only what is meant, and asks about the rest', async (words, at, text) => {
    const { ids, answer } = await shopOf(['Abon', 'Madu', 'Kopi'])
    expect(await answer(words)).toEqual({ outcome: 'rest', values: { text } })
    expect((await Promise.all(ids.map(world.row))).map(({ confirmedAt }) => confirmedAt)).toEqual(at)
  })

  it('does not confirm what neither word is about, and is done once all is answered for', async () => {
    const { ids, answer } = await shopOf(['Abon', 'Madu', 'Kopi'])
    const { outcome, values } = await answer('madu kosong, abon masih')
    expect(outcome).toBe('rest')
    expect(values.text).toBe('Kami catat, stok habis: Madu.\nTerima kasih. Abon tetap tampil.')
    const rows = await Promise.all(ids.map(world.row))
    expect(rows).toMatchObject([
      { state: 'shown', confirmedAt: monday },
      { state: 'sold_out' },
      { state: 'shown', confirmedAt: null },
    ])
    expect((await answer('kopi masih')).outcome).toBe('confirmed')
  })

  it('asks again where it knows none of what is named, and confirms nothing', async () => {
    const { ids, answer } = await shopOf(['Abon', 'Madu'])
    expect((await answer('rendang masih')).outcome).toBe('unclear')
    for (const id of ids) expect(await world.row(id)).toMatchObject({ confirmedAt: null })
    expect((await answer('masih banyak kak')).outcome).toBe('confirmed')
  })

  it('brings back what was sold out and is there again', async () => {
    const { ids, answer, owner } = await shopOf(['Abon', 'Madu'])
    await world.run(owner, 'move_own_product', { product_id: ids[0]!, what: 'sold_out' })
    expect(await answer('abon ada lagi, madu masih')).toMatchObject({ outcome: 'confirmed' })
    expect(await world.row(ids[0]!)).toMatchObject({ state: 'shown' })
  })

  describe('where products hid themselves', () => {
    const hide = (id: number) =>
      world.prisma.product.update({
        where: { id: BigInt(id) },
        data: { state: 'hidden', reason: 'unconfirmed' },
      })

    it.each(['habis', 'su habis', 'kosong', 'habis semua'])(
      'keeps all of them hidden by "%s"',
      async (words) => {
        const { ids, answer } = await shopOf(['Abon', 'Madu'])
        for (const id of ids) await hide(id)
        expect(await answer(words)).toMatchObject({
          outcome: 'stays_hidden',
          values: { text: 'Baik, tetap kami sembunyikan: Madu, Abon.' },
        })
        for (const id of ids) expect(await world.row(id)).toMatchObject({ state: 'hidden' })
      },
    )

    it('takes the word on one of them for no other, and does not bring it back with the rest', async () => {
      const { ids, answer, owner } = await shopOf(['Abon', 'Madu'])
      await hide(ids[1]!)
      expect(await answer('madu habis')).toMatchObject({ outcome: 'rest' })
      expect(await world.row(ids[0]!)).toMatchObject({ state: 'shown', confirmedAt: null })
      await world.run(owner, 'confirm_week')
      expect(await world.row(ids[0]!)).toMatchObject({ state: 'shown', confirmedAt: monday })
      expect(await world.row(ids[1]!)).toMatchObject({ state: 'hidden', reason: 'owner' })
    })

    it('shows those that are named, and asks about the rest', async () => {
      const { ids, answer } = await shopOf(['Abon', 'Madu'])
      for (const id of ids) await hide(id)
      expect(await answer('madu masih')).toEqual({ outcome: 'rest', values: { text: 'Tampil lagi: Madu.' } })
      expect(await world.row(ids[0]!)).toMatchObject({ state: 'hidden' })
    })
  })

  it('asks about no rest where all else is sold out already', async () => {
    const owner = await world.owner()
    const [madu, abon] = [
      await world.product({ shopId: owner.shopId, name: 'Madu' }),
      await world.product({ shopId: owner.shopId, name: 'Abon', state: 'sold_out' }),
    ]
    expect((await world.run(owner, 'answer_week', { words: 'abon habis' })).outcome).toBe('confirmed')
    expect(await world.row(madu)).toMatchObject({ state: 'shown' })
    expect((await world.run(owner, 'answer_week', { words: 'madu habis' })).outcome).toBe('confirmed')
    expect(await world.row(madu)).toMatchObject({ state: 'sold_out' })
    expect(await world.row(abon)).toMatchObject({ state: 'sold_out' })
  })

  it('asks which where something is sold out and it is not said what', async () => {
    expect(await answered('ada yang habis')).toMatchObject({ outcome: 'which', states: ['shown', 'shown'] })
  })
})
