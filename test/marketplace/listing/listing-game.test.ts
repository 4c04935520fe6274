import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveProduct } from '../../../src/marketplace/move-product.ts'
import type { ProductState } from '../../../src/marketplace/product.ts'
import { monday, type Owner, openListingWorld } from './listing-world.ts'

let world: Awaited<ReturnType<typeof openListingWorld>>
beforeAll(async () => {
  world = await openListingWorld()
})
afterAll(() => world.database.close())

/** The same numbers for the same seed. */
function createDice(seed: number) {
  let state = seed
  return <Each>(of: readonly Each[]): Each => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return of[Math.floor((state / 2_147_483_648) * of.length)]!
  }
}

/** What an officer does: decides on what waits or was removed, never without the owner's consent. */
function decide(id: number, to: ProductState): Promise<void> {
  const { store } = world.deps
  return store.transact(async (transaction) => {
    const product = await store.lockProduct(transaction, id)
    const shop = product && (await store.shop(transaction, product.shopId))
    const isOpen = product?.state === 'waiting' || product?.state === 'removed' || to === 'removed'
    if (product === undefined || !isOpen) return
    if (to === 'shown' && shop?.consents.includes('publish') !== true) return
    const step = { what: to, at: monday, doer: { type: 'staff', by: 'Ina' } } as const
    await moveProduct(world.deps, transaction, id, { state: to, shownAt: monday }, step)
  })
}

const ownerMoves = ['sold_out', 'back', 'hide', 'show', 'submit', 'confirm'] as const

function play(owner: Owner, ids: readonly number[], dice: ReturnType<typeof createDice>): Promise<unknown> {
  const product_id = dice(ids)
  const kind = dice(['move', 'move', 'edit', 'staff', 'staff', 'give', 'withdraw', 'week', 'confirm', 'all'])
  switch (kind) {
    case 'move':
      return world.run(owner, 'move_own_product', { product_id, what: dice(ownerMoves) })
    case 'edit':
      return world.run(owner, 'edit_own_product', { product_id, what: 'name', value: dice(['Madu', 'Abon']) })
    case 'staff':
      return decide(product_id, dice(['shown', 'needs_fix', 'removed'] as const))
    case 'give':
      return world.run(owner, 'give_own_consent', { purpose: 'publish', version: 'p1' })
    case 'withdraw':
      return world.run(owner, 'withdraw_own_consent', { purpose: 'publish' })
    case 'week':
      world.clock.now = new Date(world.clock.now.getTime() + 7 * 86_400_000)
      return world.tend()
    case 'confirm':
      return world.run(owner, 'confirm_week')
    default:
      return world.run(owner, 'apply_change', { product_id: 0, what: 'show', price: 0, by: '' })
  }
}

/** Products that anybody may see though their owner does not agree. */
async function shownWithoutConsent(): Promise<number> {
  const { rows } = await world.database.pool.query(`
    SELECT count(*)::int AS count FROM product p WHERE p.state IN ('shown', 'sold_out') AND NOT EXISTS (
      SELECT 1 FROM shop_consent c WHERE c.shop_id = p.shop_id AND c.purpose = 'publish' AND c.ended_at IS NULL)`)
  return rows[0].count
}

describe('the moves of owner, officer and time', () => {
  it.each([1, 2, 3])('never show anything without consent, in whatever order (%i)', async (seed) => {
    const dice = createDice(seed)
    const owner = await world.owner()
    const ids = []
    for (const state of ['shown', 'waiting', 'draft', 'hidden'])
      ids.push(await world.product({ shopId: owner.shopId, name: `Kain ${state}`, state }))
    for (let round = 0; round < 12; round++) {
      await Promise.all([play(owner, ids, dice), play(owner, ids, dice), play(owner, ids, dice)])
      expect(await shownWithoutConsent()).toBe(0)
    }
    for (const id of ids) {
      const changes = await world.prisma.productChange.count({ where: { productId: BigInt(id) } })
      expect((await world.row(id)).version).toBe(changes)
    }
  })

  it('loses neither of two changes at once', async () => {
    const owner = await world.owner()
    const id = await world.product({ shopId: owner.shopId, name: 'Abon', price: 30_000 })
    const elsewhere = { ...owner, ...(await world.contact()), contactId: owner.contactId }
    await Promise.all([
      world.run(owner, 'edit_own_product', { product_id: id, what: 'price', value: 35_000 }),
      world.run(elsewhere, 'edit_own_product', { product_id: id, what: 'unit', value: 'toples' }),
      decide(id, 'removed'),
    ])
    const { price, unit, state, version } = await world.row(id)
    const noted = await world.prisma.productChange.count({ where: { productId: BigInt(id) } })
    expect({ state, version }).toEqual({ state: 'removed', version: noted })
    const kept = [price === 35_000, unit === 'toples'].filter(Boolean).length
    expect(kept).toBe(noted - 1)
  })
})
