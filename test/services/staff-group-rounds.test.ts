import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupCalls } from '../../src/channels/telegram-staff.ts'
import { GroupError, type GroupErrorKind } from '../../src/channels/telegram-staff-failure.ts'
import type { Ticket, TicketEntry } from '../../src/inquiry/ticket.ts'
import { createLogger } from '../../src/log.ts'
import { createRounds } from '../../src/services/staff-group/rounds.ts'
import { createTeller } from '../../src/services/staff-group/teller.ts'
import { parseGroupTexts } from '../../src/services/staff-group/texts.ts'
import { createMemoryTicketTopics } from '../support/memory-ticket-topics.ts'

const texts = parseGroupTexts(readFileSync('flows/content/grup.yaml', 'utf8'))
const at = new Date('2026-03-05T01:00:00Z')

/** What happens to one call: it goes well, fails before or after it is carried out, or the program ends after it. */
type Fate = 'well' | 'crash' | { readonly kind: GroupErrorKind; readonly when: 'before' | 'after' }

const kinds = [
  'too_fast',
  'unavailable',
  'topic_gone',
  'topic_closed',
  'not_a_forum',
  'no_rights',
  'moved',
  'refused',
] as const
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('well' as const) },
  fc.constant('crash' as const),
  fc.record({ kind: fc.constantFrom(...kinds), when: fc.constantFrom('before' as const, 'after' as const) }),
)

const ticketOf = (number: number): Ticket => ({
  ...{ number, kind: 'question', office: 'umum', state: 'open', urgent: false, anonymous: false },
  ...{ openedAt: at, promisedAt: at, kelurahan: undefined, holder: undefined, liveUntil: undefined },
  ...{ closesAt: undefined, closedAt: undefined, closeReason: undefined, mergedInto: undefined },
})

/** A house whose tickets are told to a group that fails as it is said; the entries are called <1>, <2>, … */
function createHouse({ isForum, sizes, fates }: { isForum: boolean; sizes: number[]; fates: Fate[] }) {
  let lastId = 0n
  const entries = new Map(
    sizes.map((size, index): [number, TicketEntry[]] => [
      index + 1,
      Array.from({ length: size }, () => {
        lastId += 1n
        const media = lastId % 4n === 0n ? ['photo'] : []
        const text = `<${lastId}>${lastId % 5n === 0n ? 'x'.repeat(4_500) : ''}`
        return { id: lastId, type: 'resident', at, text, by: undefined, media, delivery: undefined }
      }),
    ]),
  )
  const topics = createMemoryTicketTopics((known) =>
    [...entries].flatMap(([number, all]) =>
      (all.at(-1)?.id ?? 0n) > (known.get(number)?.toldId ?? 0n) ? [number] : [],
    ),
  )
  const posted: { readonly number: number; readonly text: string }[] = []
  const left = [...fates]
  let lastMessage = 0
  let crash = () => undefined

  async function meet<T>(work: () => T): Promise<T> {
    const next = left.shift() ?? 'well'
    const failure =
      typeof next === 'object'
        ? new GroupError(next.kind, { movedTo: next.kind === 'moved' ? -200 : undefined })
        : undefined
    if (failure !== undefined && typeof next === 'object' && next.when === 'before') throw failure
    const result = work()
    if (next === 'crash') crash()
    if (failure !== undefined) throw failure
    return result
  }

  let current = 0
  const post = (text: string) =>
    meet(() => {
      lastMessage += 1
      posted.push({ number: current, text })
      return lastMessage
    })
  const calls: GroupCalls = {
    describe: async () => ({ isForum }),
    createTopic: () => meet(() => (lastMessage += 1)),
    closeTopic: () => meet(() => undefined),
    reopenTopic: () => meet(() => undefined),
    post: (_, text) => post(text),
    postFile: (_, __, caption) => post(caption),
    react: async () => undefined,
  }

  /** One life of the program; ends when it crashes, or all rests. */
  async function live(): Promise<void> {
    const dead = new AbortController()
    crash = () => {
      dead.abort()
      throw new Error('the program ended')
    }
    const pace = { turn: async () => true, rest: () => undefined }
    const teller = createTeller({
      ...{ topics, calls, pace, texts, now: () => at, isOwn: () => false },
      viewer: { id: 'telegram-group', name: 'Grup', roles: ['admin'] },
      officeName: (code) => code,
      deskUrl: () => undefined,
      desk: {
        async read(_, number) {
          current = number
          const ticket = ticketOf(number)
          return {
            ...{ ticket, entries: entries.get(number) ?? [], details: {}, channel: undefined },
            ...{ reachable: true, history: [] },
          }
        },
        media: async () => ({ mime: 'image/jpeg', bytes: new Uint8Array([1]), name: undefined }),
      },
    })
    const round = createRounds({
      ...{ teller, topics, pace, now: () => 0, random: () => 0, log: createLogger('silent') },
      onTrouble: async () => undefined,
      onWell: async () => undefined,
    })
    await round(dead.signal).catch(() => undefined)
  }

  return { live, posted, entries, isBehind: async () => (await topics.behind()).length > 0 }
}

describe('createRounds', () => {
  it('tells each entry at least once and in order, whatever fails', async () => {
    const world = fc.record({
      isForum: fc.boolean(),
      sizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
      fates: fc.array(fate, { maxLength: 25 }),
    })
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const house = createHouse(given)
        for (let lives = 0; lives < 60 && (await house.isBehind()); lives += 1) await house.live()
        expect(await house.isBehind()).toBe(false)
        for (const [number, all] of house.entries) {
          const told = house.posted.filter((message) => message.number === number).map(({ text }) => text)
          const isReplaced = told.some((text) => text.includes(texts.entries.refused))
          const first = all.map(({ id }) => told.findIndex((text) => text.includes(`<${id}>`)))
          const found = first.filter((place) => place !== -1)
          if (!isReplaced) expect(found).toHaveLength(all.length)
          expect(found).toEqual(found.toSorted((one, other) => one - other))
        }
      }),
      { numRuns: 150 },
    )
  })
})
