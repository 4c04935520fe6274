import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Purpose, SendError } from '../../src/channels/channel.ts'
import { broadcastsAtOnce, createTelegramPace } from '../../src/channels/telegram-pace.ts'
import { createPaceWorld, type PaceWorld } from '../support/bot-api/pace-world.ts'

const strict = { overall: 30, perChat: 1 }

/** Keeps so many broadcasts waiting, each to another chat, as the conversation does; each that is refused is forgotten. */
function broadcast(world: PaceWorld, atOnce: number, until: number): void {
  let chat = 1_000_000
  const work = async () => {
    while (world.now() < until) {
      chat += 1
      await world.send(chat, 'broadcast').catch(() => undefined)
    }
  }
  for (let index = 0; index < atOnce; index += 1) void work()
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('createTelegramPace', () => {
  it('uses at least 97 % of what a strict server allows in a minute, without a single 429', async () => {
    let turn = 0
    const uneven = (most: number) => () => ((turn++ * 7_919) % 1_000) * (most / 1_000)
    const world = createPaceWorld(strict, { there: uneven(6), back: uneven(4), late: uneven(3) })
    broadcast(world, broadcastsAtOnce(30), 60_000)
    await world.runUntil(60_000)
    expect(world.refused()).toBe(0)
    expect(world.arrived.length).toBeGreaterThanOrEqual(0.97 * 30 * 60)
    // After the first second, which may begin with what was saved up before.
    expect(world.arrived.length).toBeLessThanOrEqual(30 * 61)
  })

  it('is never answered 429, however long calls and their answers are under way', async () => {
    const way = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 7, maxLength: 23 })
    const purposes = fc.array(fc.constantFrom<Purpose>('reply', 'notice', 'broadcast'), { minLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        way,
        way,
        purposes,
        fc.integer({ min: 1, max: 5 }),
        async (there, back, what, most) => {
          let turn = 0
          const world = createPaceWorld(
            { overall: most, perChat: 1_000 },
            { there: () => there[turn++ % there.length]!, back: () => back[turn++ % back.length]! },
          )
          const all = what.map((purpose, index) => failureOf(world.send(index % 11, purpose)))
          await world.runUntil(600_000)
          expect(await Promise.all(all)).toEqual(what.map(() => undefined))
          expect(world.refused()).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('never keeps an answer for more than two places while broadcasts go out', async () => {
    const world = createPaceWorld(strict, { there: () => 2, back: () => 2 })
    broadcast(world, broadcastsAtOnce(30), 30_000)
    const waits: number[] = []
    for (let answer = 0; answer < 40; answer += 1) {
      await world.runUntil(2_000 + answer * 613)
      const asked = world.now()
      void world.send(answer, 'reply').then(() => waits.push(world.now() - asked))
    }
    await world.runUntil(30_000)
    expect(waits).toHaveLength(40)
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * (1_000 / 30) + 10)
    expect(world.refused()).toBe(0)
  })

  it('sends answers first, then notices, then broadcasts', async () => {
    const world = createPaceWorld({ overall: 1, perChat: 10 })
    const all = (['broadcast', 'broadcast', 'notice', 'reply', 'notice', 'reply'] as const).map(
      (purpose, chat) => world.send(chat, purpose),
    )
    await world.runUntil(10_000)
    await Promise.all(all)
    expect(world.arrived.map(({ purpose }) => purpose)).toEqual([
      ...['broadcast', 'reply', 'reply', 'notice', 'notice', 'broadcast'],
    ])
  })

  it('tells one chat unasked no more than once in a second, lets others pass, and holds no answer for that', async () => {
    const world = createPaceWorld({ overall: 30, perChat: 10 })
    const times: Record<string, number> = {}
    const send = (name: string, chat: number, purpose: Purpose) =>
      world.send(chat, purpose).then(() => {
        times[name] = world.now()
      })
    const all = [
      send('answer', 1, 'reply'),
      send('notice', 1, 'notice'),
      send('broadcast', 1, 'broadcast'),
      send('other', 2, 'broadcast'),
      send('again', 1, 'reply'),
    ]
    await world.runUntil(5_000)
    await Promise.all(all)
    expect(times.again).toBeLessThan(10)
    expect(times.other).toBeLessThan(100)
    expect(times.notice! - times.again!).toBeGreaterThanOrEqual(1_000)
    expect(times.broadcast! - times.notice!).toBeGreaterThanOrEqual(1_000)
    expect(times.broadcast!).toBeLessThan(2_200)
  })

  it('sends nothing at all while Telegram asks to wait, and goes on after that', async () => {
    const world = createPaceWorld(strict)
    world.refuseNext(3)
    expect(await Promise.all([failureOf(world.send(1, 'broadcast')), world.runUntil(100)])).toMatchObject([
      { retryAfter: 3 },
      undefined,
    ])
    const all = [world.send(2, 'reply'), world.send(3, 'broadcast')]
    await world.runUntil(2_990)
    expect(world.arrived).toEqual([])
    await world.runUntil(3_200)
    await Promise.all(all)
    expect(world.arrived.map(({ chat }) => chat)).toEqual([2, 3])
  })

  it('says when to come again where Telegram asks to wait long, but keeps a message that is half sent', async () => {
    const world = createPaceWorld(strict)
    world.refuseNext(40)
    const first = failureOf(world.send(1, 'broadcast'))
    await world.runUntil(10)
    await first
    const refused = failureOf(world.send(2, 'reply'))
    const begun = world.send(3, 'reply', { isBegun: true })
    await world.runUntil(100)
    expect(await refused).toMatchObject({ kind: 'too_fast', retryable: true, retryAfter: 40 })
    await world.runUntil(41_000)
    await begun
    expect(world.arrived.map(({ chat }) => chat)).toEqual([3])
  })

  it('lets nobody wait once it is stopped, but for a message that is half sent', async () => {
    const world = createPaceWorld({ overall: 1, perChat: 1 })
    const under = world.send(1, 'reply')
    const waiting = (['reply', 'notice', 'broadcast'] as const).map((purpose) =>
      failureOf(world.send(2, purpose)),
    )
    const begun = world.send(3, 'broadcast', { isBegun: true })
    world.pace.stop()
    for (const failure of await Promise.all(waiting))
      expect(failure).toMatchObject({ kind: 'unavailable', retryable: true })
    expect(await failureOf(world.send(4, 'reply'))).toBeInstanceOf(SendError)
    await world.runUntil(1_500)
    await Promise.all([under, begun])
    world.pace.resume()
    const next = world.send(5, 'reply')
    await world.runUntil(5_000)
    await next
    expect(world.arrived.map(({ chat }) => chat)).toEqual([1, 3, 5])
  })

  it('loses one place, and no more, to a call that is never answered', async () => {
    const world = createPaceWorld({ overall: 3, perChat: 1 })
    world.hangNext()
    void world.send(1, 'broadcast')
    broadcast(world, 2, 30_000)
    await world.runUntil(30_000)
    expect(world.arrived.length).toBeGreaterThan(55)
    expect(world.refused()).toBe(0)
  })

  it('carries thousands in a second where that is allowed', async () => {
    const world = createPaceWorld({ overall: 2_000, perChat: 1 })
    broadcast(world, broadcastsAtOnce(2_000), 1_000)
    await world.runUntil(1_000)
    expect(world.arrived.length).toBeGreaterThan(1_900)
  })
})

describe('broadcastsAtOnce', () => {
  it.each([
    [1, 2],
    [30, 4],
    [1_000, 125],
    [5_000, 128],
  ])('is an eighth of a second’s worth of %i: %i', (perSecond, atOnce) => {
    expect(broadcastsAtOnce(perSecond)).toBe(atOnce)
  })
})

describe('createTelegramPace, by the real clock', () => {
  it('wakes by itself', async () => {
    const pace = createTelegramPace({
      perSecond: 1_000,
      now: () => performance.now(),
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      retryAfterOf: () => undefined,
    })
    const began = performance.now()
    const all = Array.from({ length: 100 }, (_, chat) =>
      pace.run({ chat, purpose: 'broadcast', isBegun: false }, async () => undefined),
    )
    await Promise.all(all)
    expect(performance.now() - began).toBeGreaterThan(50)
  })
})
