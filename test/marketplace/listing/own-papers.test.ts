import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { monday, type Owner, openListingWorld, week } from './listing-world.ts'

let world: Awaited<ReturnType<typeof openListingWorld>>
let owner: Owner
beforeAll(async () => {
  world = await openListingWorld()
})
afterAll(() => world.database.close())
beforeEach(async () => {
  await world.database.pool.query('DELETE FROM shop')
  world.indexed.length = 0
  owner = await world.owner()
})

const numbers = { nib: '1234567890123', halal: 'ID32110000012345678' }
const claim = (kind: keyof typeof numbers, number = numbers[kind]) =>
  world.run(owner, 'claim_own_paper', { kind, number })
const papers = () => world.prisma.shopPaper.findMany({ where: { shopId: BigInt(owner.shopId) } })
const decide = async (state: 'verified' | 'refused') => {
  const before = new Date(monday.getTime() - week)
  await world.prisma.shopPaper.updateMany({
    where: { shopId: BigInt(owner.shopId) },
    data: { state, createdAt: before, decidedAt: before, decidedBy: 'Ina Umkm' },
  })
}

describe('claim_own_paper', () => {
  it('lets officers look again at one that they refused', async () => {
    await claim('nib')
    await decide('refused')
    expect((await claim('nib')).outcome).toBe('claimed')
    expect(await papers()).toMatchObject([
      {
        ...{ kind: 'nib', number: numbers.nib, state: 'claimed' },
        ...{ createdAt: monday, decidedAt: null, decidedBy: null },
      },
    ])
  })

  it.each(['nib', 'halal'] as const)('leaves a verified %s as it is', async (kind) => {
    await claim(kind)
    await decide('verified')
    await claim(kind)
    expect(await papers()).toMatchObject([{ kind, state: 'verified', decidedBy: 'Ina Umkm' }])
  })

  it('lets a number take the place of another', async () => {
    await claim('nib')
    await decide('refused')
    await claim('nib', '3210987654321')
    expect(await papers()).toMatchObject([{ number: '3210987654321', state: 'claimed' }])
  })

  it('renews what products are found by where the certificate of the shop is another', async () => {
    await claim('nib')
    expect(world.indexed).toEqual([])
    await claim('halal')
    await decide('verified')
    world.indexed.length = 0
    await claim('halal', 'ID32110000087654321')
    expect(world.indexed).toEqual([-owner.shopId])
  })
})

describe('edit_own_product', () => {
  it('lets officers look again at a certificate of a product that they refused', async () => {
    const id = await world.product({ shopId: owner.shopId, name: 'Abon' })
    const certified = { product_id: id, what: 'halal', value: 'certified', number: numbers.halal }
    await world.run(owner, 'edit_own_product', certified)
    await decide('refused')
    await world.run(owner, 'edit_own_product', certified)
    expect(await papers()).toMatchObject([{ productId: BigInt(id), state: 'claimed', decidedAt: null }])
  })
})
