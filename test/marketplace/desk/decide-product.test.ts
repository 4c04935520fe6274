import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMarketDesk } from '../../../src/marketplace/desk/create-market-desk.ts'
import type { Decision } from '../../../src/marketplace/desk/decision.ts'
import { createTendOwnerNotices } from '../../../src/marketplace/desk/tell-owner.ts'
import { staffRoles } from '../../../src/staff/officer.ts'
import {
  hour,
  ina,
  type MarketDeskWorld,
  minute,
  monday,
  oma,
  openMarketDeskWorld,
} from './market-desk-world.ts'

let world: MarketDeskWorld
beforeAll(async () => {
  world = await openMarketDeskWorld()
})
beforeEach(() => world.clear())
afterAll(() => world.close())

const fix = (change: Partial<{ reason: string; words: string }> = {}): Decision => ({
  ...{ type: 'ask_fix', reason: 'photo', words: '' },
  ...change,
})
const remove: Decision = { type: 'remove', reason: 'forbidden', words: '' }

describe('decide of createMarketDesk', () => {
  it('shows what it approves, tells the owner where, and keeps who did it', async () => {
    const shop = await world.shop()
    const id = await world.product(shop, { name: "Se'i babi" })
    expect(await world.desk.decide(ina, id, 0, { type: 'approve' })).toEqual({ type: 'done', told: 'now' })
    const view = await world.read(id)
    expect(view.product).toMatchObject({ state: 'shown', version: 1, shownAt: monday, confirmedAt: monday })
    expect(view.history).toMatchObject([{ by: 'staff', name: 'Ina Umkm', what: 'approved' }])
    expect(view.approved).toMatchObject({ by: 'Ina Umkm', was: { name: "Se'i babi" } })
    expect(world.indexed).toEqual([id])
    expect(world.told).toMatchObject([
      { chatId: await world.chatOf(shop), purpose: 'notice', buttons: [{ words: 'lapak' }] },
    ])
    expect(world.told[0]!.text).toContain(`https://lopo.example/katalog/produk/${id}-sei-babi`)
    expect((await world.trail()).at(-1)).toEqual({
      ...{ action: 'market.approve', subject: `product:${id}`, actorId: 'id-ina' },
      details: { from: 'waiting' },
    })
  })

  it('tells an owner who did not agree to be published that this is still to do', async () => {
    const id = await world.product(await world.shop({ publish: false }))
    await world.desk.decide(ina, id, 0, { type: 'approve' })
    expect(world.told[0]!.text).toContain('setuju toko ditampilkan')
    expect(world.told[0]!.text).not.toContain('https://')
  })

  it('asks for a fix with the reason and own words, and the way on', async () => {
    const id = await world.product(await world.shop())
    const words = '  Tolong\nfoto   dari atas. '
    expect(await world.desk.decide(ina, id, 0, fix({ words }))).toMatchObject({ type: 'done' })
    const { product, history } = await world.read(id)
    const reason = `${world.words.reasons.photo!.text} Tolong foto dari atas.`
    expect(product).toMatchObject({ state: 'needs_fix', reason })
    expect(history[0]).toMatchObject({ what: 'fix_asked', details: reason })
    expect(world.told[0]!.text).toContain(reason)
    expect(world.told[0]!.text).toContain('Ketik lapak')
    const { details } = (await world.trail()).at(-1)!
    expect(details).toEqual({ from: 'waiting', reason: 'photo' })
  })

  it('does nothing without a reason that says something, or with too many words', async () => {
    const id = await world.product(await world.shop())
    for (const [decision, type] of [
      [fix({ reason: 'none' }), 'reason'],
      [fix({ reason: 'other', words: ' ' }), 'reason'],
      [fix({ words: 'a'.repeat(301) }), 'too_long'],
      [{ type: 'refuse_appeal', words: '' }, 'reason'],
    ] as const) {
      expect(await world.desk.decide(ina, id, 0, decision)).toEqual({ type })
    }
    expect(await world.versionOf(id)).toBe(0)
    expect(world.told).toEqual([])
  })

  it('refuses what the state does not allow, and what is not there', async () => {
    const shop = await world.shop()
    for (const [state, decision] of [
      ['draft', { type: 'approve' }],
      ['shown', { type: 'approve' }],
      ['waiting', { type: 'restore' }],
      ['removed', remove],
      ['removed', { type: 'refuse_appeal', words: 'Tetap.' }],
    ] as const) {
      const id = await world.product(shop, { state })
      expect([state, await world.desk.decide(ina, id, 0, decision)]).toEqual([state, { type: 'state' }])
    }
    expect(await world.desk.decide(ina, 999_999, 0, remove)).toEqual({ type: 'unknown' })
    expect(world.told).toEqual([])
  })

  it('lets one of two officers decide, and tells the other who was quicker', async () => {
    const id = await world.product(await world.shop())
    const answers = await Promise.all([
      world.desk.decide(ina, id, 0, { type: 'approve' }),
      world.desk.decide(oma, id, 0, remove),
    ])
    const done = answers.filter(({ type }) => type === 'done')
    const moved = answers.find((answer) => answer.type === 'moved')
    expect([done.length, moved?.type]).toEqual([1, 'moved'])
    const { history } = await world.read(id)
    expect(history).toHaveLength(1)
    expect(moved).toEqual({ type: 'moved', last: history[0] })
    expect(world.told).toHaveLength(1)
  })

  it('does not approve what the owner changed since it was seen', async () => {
    const id = await world.product(await world.shop())
    const step = {
      what: 'price',
      details: 'Rp20.000 → Rp35.000',
      at: monday,
      doer: { type: 'owner' },
    } as const
    await world.deps.store.transact(async (transaction) => {
      await world.deps.store.lockProduct(transaction, id)
      await world.deps.store.changeProduct(transaction, id, { price: 35_000 }, step)
    })
    expect(await world.desk.decide(ina, id, 0, { type: 'approve' })).toMatchObject({
      type: 'moved',
      last: { by: 'owner', what: 'price' },
    })
    expect(await world.stateOf(id)).toBe('waiting')
  })

  it('puts a removed product back when the appeal is right, and keeps it away with words when it is not', async () => {
    const shop = await world.shop()
    const [right, wrong] = [
      await world.product(shop, { state: 'removed', appeal: 'Ini sirup, bukan sopi.' }),
      await world.product(shop, { state: 'removed', appeal: 'Mohon.' }),
    ]
    expect((await world.desk.appeals(ina)).map(({ product }) => product.id)).toEqual([right, wrong])
    await world.desk.decide(ina, right, 0, { type: 'restore' })
    await world.desk.decide(ina, wrong, 0, { type: 'refuse_appeal', words: 'Ini sopi.' })
    expect(await world.desk.appeals(ina)).toEqual([])
    expect([await world.stateOf(right), await world.stateOf(wrong)]).toEqual(['shown', 'removed'])
    expect(world.told.map(({ text }) => text.split('\n')[1])).toEqual([
      expect.stringContaining('https://lopo.example/katalog/produk/'),
      'Ini sopi.',
    ])
    const { history } = await world.read(wrong)
    expect(history[0]).toMatchObject({ what: 'appeal_refused', details: 'Ini sopi.' })
  })

  it('shows what was sold out as sold out again', async () => {
    const shop = await world.shop()
    const said = new Date(monday.getTime() - hour)
    const given = { wasSoldOut: true, confirmedAt: said, misses: 1 }
    const approved = await world.product(shop)
    await world.prisma.product.update({ where: { id: BigInt(approved) }, data: given })
    await world.desk.decide(ina, approved, 0, { type: 'approve' })
    const fixed = await world.product(shop, { state: 'sold_out' })
    await world.desk.decide(ina, fixed, 0, fix())
    await world.desk.decide(ina, fixed, 1, { type: 'approve' })
    const restored = await world.product(shop, { state: 'sold_out' })
    await world.desk.decide(ina, restored, 0, remove)
    await world.desk.decide(ina, restored, 1, { type: 'restore' })
    for (const id of [approved, fixed, restored]) {
      const { product } = await world.read(id)
      expect(product).toMatchObject({ state: 'sold_out', wasSoldOut: false, shownAt: monday })
    }
    // Nobody said that it is there.
    expect((await world.read(approved)).product).toMatchObject({ confirmedAt: said, misses: 1 })
  })

  it('remembers of what it takes off again that it was sold out, and of no other', async () => {
    const shop = await world.shop()
    const id = await world.product(shop, { state: 'sold_out' })
    await world.desk.decide(ina, id, 0, fix())
    await world.desk.decide(ina, id, 1, remove)
    await world.desk.decide(ina, id, 2, { type: 'restore' })
    expect(await world.stateOf(id)).toBe('sold_out')
    const other = await world.product(shop, { state: 'shown' })
    await world.desk.decide(ina, other, 0, remove)
    await world.desk.decide(ina, other, 1, { type: 'restore' })
    expect(await world.stateOf(other)).toBe('shown')
  })

  it('settles what was reported of a product with the decision about it', async () => {
    const id = await world.product(await world.shop(), { state: 'shown' })
    await world.report(id, { words: 'Palsu.' })
    await world.report(id)
    expect(await world.desk.reported(ina)).toMatchObject([
      { product: { id }, reports: [{ reason: 'fraud', words: 'Palsu.' }, {}] },
    ])
    await world.desk.decide(ina, id, 0, remove)
    expect(await world.desk.reported(ina)).toEqual([])
    expect((await world.trail()).at(-1)!.details).toEqual({ from: 'shown', reason: 'forbidden', reports: 2 })
  })

  it('shows reports that say the same as one, with how many they are', async () => {
    const id = await world.product(await world.shop(), { state: 'shown' })
    const later = new Date(monday.getTime() + minute)
    await world.report(id)
    await world.report(id, { words: 'Palsu.' })
    await world.report(id, { at: later })
    const [line] = await world.desk.reported(ina)
    expect(line!.reports).toEqual([
      { reason: 'fraud', words: 'Palsu.', at: monday, count: 1 },
      { reason: 'fraud', words: '', at: later, count: 2 },
    ])
    expect((await world.read(id)).reports).toEqual(line!.reports)
    expect(await world.desk.settleReports(ina, id, later)).toBe(3)
  })

  it('leaves reports that came after they were read', async () => {
    const id = await world.product(await world.shop(), { state: 'shown' })
    await world.report(id)
    await world.report(id, { at: new Date(monday.getTime() + minute) })
    expect(await world.desk.settleReports(ina, id, monday)).toBe(1)
    expect((await world.read(id)).reports).toHaveLength(1)
    expect((await world.trail()).at(-1)).toMatchObject({
      action: 'market.settle_reports',
      details: { reports: 1 },
    })
    expect(await world.desk.settleReports(ina, id, monday)).toBe(0)
  })

  it('wakes nobody: what is decided at night is told in the morning, the last word only', async () => {
    const shop = await world.shop()
    const [one, other] = [await world.product(shop), await world.product(shop)]
    world.clock.now = new Date('2026-12-07T22:30:00+08:00')
    expect(await world.desk.decide(ina, one, 0, fix())).toEqual({ type: 'done', told: 'later' })
    expect(await world.desk.decide(ina, one, 1, { type: 'approve' })).toEqual({ type: 'done', told: 'later' })
    await world.desk.decide(ina, other, 0, fix())
    expect(world.told).toEqual([])
    const tend = createTendOwnerNotices(world.deps)
    expect(await tend(new Date('2026-12-08T07:59:00+08:00'))).toBe(0)
    expect(await tend(new Date('2026-12-08T08:00:00+08:00'))).toBe(2)
    expect(await tend(new Date('2026-12-08T08:01:00+08:00'))).toBe(0)
    expect(world.told.map(({ text }) => text.split('\n')[0])).toEqual([
      'Kabar baik: Keripik pisang sudah tampil di katalog.',
      'Keripik pisang perlu diperbaiki sedikit supaya bisa ditampilkan.',
    ])
    expect(world.told[0]!.buttons).toEqual([world.ownerWords.button])
  })

  it('does not tell in the morning what was decided otherwise meanwhile', async () => {
    const id = await world.product(await world.shop())
    world.clock.now = new Date('2026-12-07T22:30:00+08:00')
    await world.desk.decide(ina, id, 0, fix())
    world.clock.now = new Date('2026-12-08T08:00:00+08:00')
    await world.desk.decide(ina, id, 1, { type: 'approve' })
    expect(await createTendOwnerNotices(world.deps)(world.clock.now)).toBe(0)
    expect(world.told).toHaveLength(1)
  })

  it('says that nobody is told where the shop has no chat', async () => {
    const id = await world.product(await world.shop({ chat: false }))
    expect(await world.desk.decide(ina, id, 0, { type: 'approve' })).toEqual({ type: 'done', told: 'nobody' })
    expect(world.told).toEqual([])
  })

  it('is for officers of the marketplace alone, in all that it does', async () => {
    const id = await world.product(await world.shop())
    const desk = createMarketDesk(world.deps)
    const uses = Object.values(desk).length
    for (const role of staffRoles.filter((one) => one !== 'umkm' && one !== 'admin')) {
      const viewer = { ...oma, roles: [role] }
      const attempts = [
        desk.counts(viewer),
        desk.waiting(viewer),
        desk.appeals(viewer),
        desk.reported(viewer),
        desk.papers(viewer, 'claimed'),
        desk.read(viewer, id),
        desk.next(viewer),
        desk.decide(viewer, id, 0, { type: 'approve' }),
        desk.approveMany(viewer, [{ id, version: 0 }]),
        desk.settleReports(viewer, id, monday),
        desk.decidePaper(viewer, 1, 'claimed', 'verify', ''),
        desk.products(viewer, {}),
        desk.shops(viewer, {}),
        desk.shop(viewer, 1),
        desk.closeShop(viewer, 1, 'Palsu.'),
        desk.reopenShop(viewer, 1),
        desk.figures(viewer),
      ]
      expect(attempts).toHaveLength(uses)
      const ends = await Promise.allSettled(attempts)
      expect(ends.map(({ status }) => status)).toEqual(attempts.map(() => 'rejected'))
    }
    expect(await world.stateOf(id)).toBe('waiting')
    expect(hour).toBeGreaterThan(minute)
  })
})

describe('approveMany of createMarketDesk', () => {
  it('approves what was seen, and tells an owner of several once', async () => {
    const [shop, otherShop] = [await world.shop(), await world.shop()]
    const ids = [
      await world.product(shop, { name: 'Abon ikan' }),
      await world.product(shop, { name: 'Dendeng sapi' }),
      await world.product(otherShop, { name: 'Kopi Bajawa' }),
    ]
    const seen = ids.map((id) => ({ id, version: 0 }))
    expect(await world.desk.approveMany(ina, seen)).toEqual({ done: 3, left: [] })
    expect(await Promise.all(ids.map(world.stateOf))).toEqual(['shown', 'shown', 'shown'])
    expect(world.told).toHaveLength(2)
    expect(world.told[0]!.text).toContain('• Abon ikan\n• Dendeng sapi')
    expect(world.told[1]!.text).toContain('/katalog/produk/')
    expect((await world.trail()).slice(-3).map(({ action }) => action)).toEqual(
      Array(3).fill('market.approve'),
    )
  })

  it('leaves what a colleague or the owner was quicker with, and what was reported, and does the rest', async () => {
    const shop = await world.shop()
    const [good, changed, decided, reported] = [
      await world.product(shop, { name: 'Abon ikan' }),
      await world.product(shop, { name: 'Kopi' }),
      await world.product(shop, { name: 'Madu' }),
      await world.product(shop, { name: 'Sirup' }),
    ]
    await world.prisma.product.update({ where: { id: BigInt(changed) }, data: { version: 4 } })
    await world.prisma.product.update({ where: { id: BigInt(decided) }, data: { state: 'needs_fix' } })
    await world.report(reported)
    const seen = [reported, good, changed, decided, 999_999].map((id) => ({ id, version: 0 }))
    expect(await world.desk.approveMany(oma, seen)).toEqual({
      done: 1,
      left: [
        { id: changed, name: 'Kopi', why: 'moved' },
        { id: decided, name: 'Madu', why: 'state' },
        { id: reported, name: 'Sirup', why: 'reported' },
        { id: 999_999, name: '', why: 'unknown' },
      ],
    })
    expect(await world.stateOf(good)).toBe('shown')
    expect(world.told).toHaveLength(1)
  })

  it('leaves what names pork and does not say so: it is to be opened first', async () => {
    const shop = await world.shop()
    const [hidden, told] = [
      await world.product(shop, { name: "Se'i babi" }),
      await world.product(shop, { name: "Se'i babi manis", halal: 'pork' }),
    ]
    const seen = [hidden, told].map((id) => ({ id, version: 0 }))
    expect(await world.desk.approveMany(ina, seen)).toEqual({
      done: 1,
      left: [{ id: hidden, name: "Se'i babi", why: 'pork' }],
    })
    expect([await world.stateOf(hidden), await world.stateOf(told)]).toEqual(['waiting', 'shown'])
  })

  it('approves each once when two officers press at the same time', async () => {
    const shop = await world.shop()
    const ids = await Promise.all(Array.from({ length: 10 }, () => world.product(shop)))
    const seen = ids.map((id) => ({ id, version: 0 }))
    const [one, other] = await Promise.all([
      world.desk.approveMany(ina, seen),
      world.desk.approveMany(oma, seen.toReversed()),
    ])
    expect(one.done + other.done).toBe(10)
    const steps = await world.prisma.productChange.count({ where: { what: 'approved' } })
    expect(steps).toBe(10)
  })
})
