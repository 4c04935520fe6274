import fc from 'fast-check'
import { expect } from 'vitest'
import type { Course, CourseState } from '../../../src/training/course.ts'
import {
  activeStates,
  type RegistrationState,
  registrationStates,
  standingStates,
} from '../../../src/training/registration.ts'
import { offersSeats } from '../../../src/training/seats/course-stage.ts'
import { offerDeadline } from '../../../src/training/seats/offer-deadline.ts'
import { hasSeat, overfull } from '../../../src/training/seats/seats.ts'
import { day, hour, later, monday, type SeatsWorld } from './seats-world.ts'

/** Something that is done with seats. `who` is a person, `through` a process. */
export type Deed =
  | { readonly deed: 'register'; readonly who: number; readonly course: number; readonly through: number }
  | { readonly deed: 'cancel' | 'yes' | 'no'; readonly which: number; readonly through: number }
  | { readonly deed: 'tend'; readonly through: number }
  | { readonly deed: 'tend_twice' }
  | { readonly deed: 'add_seat' | 'add_group_seat'; readonly course: number }
  | { readonly deed: 'clock'; readonly hours: number }

const through = fc.integer({ min: 0, max: 1 })
const course = fc.integer({ min: 0, max: 1 })
const register = fc.record({
  deed: fc.constant('register'),
  who: fc.integer({ min: 0, max: people().length - 1 }),
  course,
  through,
})
const own = fc.record({
  deed: fc.constantFrom('cancel', 'yes', 'yes', 'no'),
  which: fc.integer({ min: 0, max: 30 }),
  through,
})
const tend = fc.record({ deed: fc.constant('tend'), through })

/** Whatever may be done, but for what moves the clock. */
export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: register },
  { weight: 7, arbitrary: own },
  { weight: 3, arbitrary: tend },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('tend_twice') }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constantFrom('add_seat', 'add_group_seat'), course }) },
)

/** The clock goes on, or is set back. */
export const jumps: fc.Arbitrary<Deed> = fc.record({
  deed: fc.constant('clock'),
  hours: fc.constantFrom(0.5, 3, 7, 12, 30, 100, -1, -5, -26),
})

/** People who tell different things of themselves; the helper of the last three is one contact. */
function people() {
  return Array.from({ length: 10 }, (_, index) => ({
    name: `Warga ${index}`,
    gender: index % 3 === 0 ? 'Laki-laki' : 'Perempuan',
    helper: Math.min(index, 7),
  }))
}

/** Where a registration may go from each state, in these games. */
const ways: Readonly<Partial<Record<RegistrationState, readonly RegistrationState[]>>> = {
  accepted: ['withdrawn'],
  reserve: ['offered', 'cancelled', 'rejected', 'lapsed'],
  offered: ['accepted', 'withdrawn', 'lapsed'],
}
const order: readonly CourseState[] = ['registration', 'selection', 'running']

/** Two courses with few seats, ten people, and two processes. */
export async function openGame(
  world: SeatsWorld,
  processes: readonly Awaited<ReturnType<SeatsWorld['another']>>[],
) {
  world.clock.now = monday
  const quotas = [{ by: 'gender', values: ['female'], seats: 2 }] as const
  const numbers = [await world.course({ seats: 3, quotas }), await world.course({ seats: 2, title: 'Las' })]
  const seats = new Map<number, Awaited<ReturnType<SeatsWorld['seat']>>>()
  for (const { helper } of people()) if (!seats.has(helper)) seats.set(helper, await world.seat())
  const chatOf = new Map([...seats.values()].map((seat) => [seat.chatId, seat]))
  const seen: CourseState[] = numbers.map(() => 'registration')
  /** The numbers that people were told. */
  const numbersTold = new Set<number>()

  const rows = () =>
    world.prisma.registration.findMany({
      where: { courseId: { in: numbers.map(BigInt) } },
      orderBy: { id: 'asc' },
      include: { changes: { orderBy: { id: 'asc' } }, notices: true },
    })

  /** The same person in the same chat, in a turn of that process. */
  const seatOf = (chatId: bigint, process: number) => {
    const { contactId } = chatOf.get(chatId)!
    return world.resident(contactId, chatId, processes[process]!)
  }

  async function once(deed: Deed): Promise<void> {
    switch (deed.deed) {
      case 'register': {
        const { name, gender, helper } = people()[deed.who]!
        const answers = [{ id: 'gender', question: 'gender', answer: gender }]
        const seat = seatOf(seats.get(helper)!.chatId, deed.through)
        const form = { for_whom: 'other', answers }
        const { outcome, values } = await seat.register(numbers[deed.course]!, `${name} ${numbers[0]}`, form)
        if (outcome === 'accepted' || outcome === 'waiting') numbersTold.add(Number(values.number))
        return
      }
      case 'cancel':
      case 'yes':
      case 'no': {
        const all = await rows()
        // Offers are few among all, so that they are looked for first.
        const offered = all.filter(({ state }) => state === 'offered')
        const some = deed.deed === 'cancel' || offered.length === 0 ? all : offered
        const row = some[deed.which % Math.max(1, some.length)]
        if (row === undefined) return
        const seat = seatOf(row.chatId!, deed.through)
        const number = Number(row.id)
        if (deed.deed === 'cancel') await seat.act('cancel_registration', { number })
        else await seat.act('answer_offer', { number, take: deed.deed === 'yes' })
        return
      }
      case 'tend':
        await processes[deed.through]!.tend()
        return
      case 'tend_twice':
        await Promise.all(processes.map((process) => process.tend()))
        return
      case 'add_seat':
      case 'add_group_seat':
        await addSeat(numbers[deed.course]!, deed.deed === 'add_seat')
        return
      case 'clock':
        world.wait(deed.hours * hour)
        // Both courses end on the same day: what is over is not looked at here.
        if (world.clock.now > later(14.5 * day)) world.clock.now = later(14.5 * day)
    }
  }

  /** What an officer does with the plan of a course: under its lock. */
  const addSeat = (number: number, isWhole: boolean) =>
    world.store.transact(async (transaction) => {
      const course = (await world.store.lockCourse(transaction, number))!
      const quotas = course.quotas.map((quota) => ({ ...quota, values: [...quota.values] }))
      await transaction.course.update({
        where: { id: BigInt(number) },
        data: isWhole
          ? { seats: course.seats + 1 }
          : { quotas: quotas.map((quota) => ({ ...quota, seats: quota.seats + 1 })) },
      })
    })

  /** What holds whatever was done, and in whatever order. */
  async function expectSound(): Promise<void> {
    const all = await rows()
    for (const [index, number] of numbers.entries()) {
      const course = await world.findCourse(number)
      expect(overfull(course, await world.store.seated(world.prisma, number))).toEqual([])
      // A course goes on only.
      expect(order.indexOf(course.state)).toBeGreaterThanOrEqual(order.indexOf(seen[index]!))
      seen[index] = course.state
    }
    expectOneEach(all)
    // Nobody is lost.
    expect(all.map(({ id }) => Number(id))).toEqual([...numbersTold].toSorted((a, b) => a - b))
    for (const row of all) {
      const states = row.changes.map(({ state }) => state as RegistrationState)
      expect(registrationStates).toContain(row.state)
      expect(states.at(-1)).toBe(row.state)
      expect(['accepted', 'reserve']).toContain(states[0])
      for (const [index, state] of states.slice(1).entries())
        expect(ways[states[index]!] ?? []).toContain(state)
      expect(row.offerUntil !== null).toBe(row.state === 'offered')
      expect(row.acceptedAt !== null).toBe(states.includes('accepted'))
      expect(row.notices.filter(({ kind }) => kind === 'lapsed').length).toBeLessThanOrEqual(1)
    }
    await expectAsManyWordsAsOffers(all)
  }

  function expectOneEach(all: Awaited<ReturnType<typeof rows>>): void {
    const keys = (states: readonly string[], withCourse: boolean) =>
      all
        .filter(({ state }) => states.includes(state))
        .map(
          ({ personHash, courseId }) =>
            `${Buffer.from(personHash!).toString('hex')} ${withCourse ? courseId : ''}`,
        )
    const standing = keys(standingStates, true)
    expect(new Set(standing).size).toBe(standing.length)
    const active = keys(activeStates, false)
    expect(new Set(active).size).toBe(active.length)
  }

  async function expectAsManyWordsAsOffers(all: Awaited<ReturnType<typeof rows>>): Promise<void> {
    const offers = all.flatMap(({ id, changes }) =>
      changes.filter(({ state }) => state === 'offered').map(() => Number(id)),
    )
    const chats = { chatId: { in: [...chatOf.keys()] } }
    const said = await world.prisma.outboxMessage.findMany({ where: chats })
    const told = said.map(({ body }) => Number(JSON.parse(world.keyring.open(body)).number))
    expect(told.toSorted((a, b) => a - b)).toEqual(offers.toSorted((a, b) => a - b))
  }

  /** What holds once somebody tended: no offer is over, and no seat is free that somebody in line may have. */
  async function expectTended(): Promise<void> {
    const all = await rows()
    const { now } = world.clock
    expect(all.filter(({ state, offerUntil }) => state === 'offered' && offerUntil! <= now)).toEqual([])
    const active: readonly string[] = activeStates
    for (const number of numbers) {
      const course = await world.findCourse(number)
      if (!isOffering(course, now)) continue
      const seated = await world.store.seated(world.prisma, number)
      const free = (await world.store.line(world.prisma, number)).filter((person) => {
        const { personHash } = all.find(({ id }) => Number(id) === person.number)!
        const isElsewhere = all.some(
          (row) =>
            active.includes(row.state) && Buffer.from(row.personHash!).equals(Buffer.from(personHash!)),
        )
        return !isElsewhere && hasSeat(course, seated, person)
      })
      expect(free).toEqual([])
    }
  }

  const isOffering = (course: Course, now: Date) =>
    offersSeats(course, now) && offerDeadline(now, course, world.words().quiet_hours) !== undefined

  return { numbers, once, expectSound, expectTended }
}
