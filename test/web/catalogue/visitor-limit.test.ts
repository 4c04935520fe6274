import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createDailyProducts } from '../../../src/web/catalogue/daily-products.ts'
import { createFirstLooks } from '../../../src/web/catalogue/first-looks.ts'
import { createVisitorLimit } from '../../../src/web/catalogue/visitor-limit.ts'

const now = () => new Date('2026-12-07T02:00:00Z')
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })

describe('createVisitorLimit', () => {
  it('takes every address of one customer for one visitor', async () => {
    const visitors = createVisitorLimit({ most: 2, spanMs: 1_000 }, now)
    const app = new Hono().get('/', (context) => context.json(visitors.take(context)))
    const take = async (ip: string) => (await app.request('/', {}, from(ip))).json()
    expect([await take('2001:db8:0:7::1'), await take('2001:db8:0:7:ffff::2')]).toEqual([true, true])
    expect(await take('2001:db8:0:7:abcd:1:2:3')).toBe(false)
    expect([await take('2001:db8:0:8::1'), await take('203.0.113.7')]).toEqual([true, true])
  })
})

describe('createFirstLooks', () => {
  it('forgets the oldest when there are too many', async () => {
    const looks = createFirstLooks(now, 2)
    const app = new Hono().get('/:id', (context) =>
      context.json(looks.first(context, 'views', [Number(context.req.param('id'))])),
    )
    const look = async (id: number) => (await app.request(`/${id}`, {}, from('203.0.113.7'))).json()
    expect([await look(1), await look(1), await look(2), await look(3)]).toEqual([[1], [], [2], [3]])
    expect([await look(3), await look(1)]).toEqual([[], [1]])
  })
})

describe('createDailyProducts', () => {
  it('forgets the network that asked nothing for longest when there are too many', async () => {
    const daily = createDailyProducts({ most: 1, mostNetworks: 2 }, now)
    const app = new Hono().get('/:id', (context) =>
      context.json(daily.take(context, Number(context.req.param('id')))),
    )
    const take = async (id: number, ip: string) => (await app.request(`/${id}`, {}, from(ip))).json()
    const [one, two, three] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'] as const
    expect([await take(1, one), await take(1, two), await take(1, one)]).toEqual([true, true, true])
    expect([await take(2, one), await take(2, two)]).toEqual([false, false])
    await take(1, one)
    await take(1, three)
    expect([await take(2, one), await take(2, two)]).toEqual([false, true])
  })
})
