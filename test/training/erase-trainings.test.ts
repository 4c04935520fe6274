import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eraseContacts, eraseLater } from '../../src/resident/store-erase.ts'
import { purgeTrainings } from '../../src/training/store-purge.ts'
import { createCertificateResealer, createRegistrationResealer } from '../../src/training/store-reseal.ts'
import { day, later, monday, openSeatsWorld, type SeatsWorld } from './seats/seats-world.ts'

let world: SeatsWorld
beforeAll(async () => {
  world = await openSeatsWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = monday
  await world.database.pool.query('DELETE FROM course')
})

type Seat = Awaited<ReturnType<SeatsWorld['seat']>>
const register = async (who: Seat, courseNumber: number, name: string) =>
  Number((await who.register(courseNumber, name)).values.number)

/** Gives a registration all that may hang on it. */
async function adorn(number: number) {
  const registrationId = BigInt(number)
  const text = (words: string) => world.keyring.seal(words)
  await world.prisma.registration.update({
    where: { id: registrationId },
    data: { note: text('Catatan'), reason: 'Alasan Ina' },
  })
  await world.prisma.registrationChange.create({
    data: {
      registrationId,
      state: 'accepted',
      actor: 'officer',
      by: 'Petugas',
      reason: 'Alasan',
      at: monday,
    },
  })
  await world.prisma.certificate.create({
    data: {
      ...{ registrationId, number: `PL-${number}`, tokenHash: text(String(number)), printed: text('Ina') },
      ...{ issuedAt: monday, issuedBy: 'Petugas', revokedAt: monday, revokeReason: 'Nama Ina salah' },
    },
  })
  await world.prisma.registrationNotice.create({
    data: { registrationId, key: 'a', kind: 'reminder_3', dueAt: later(day) },
  })
}

const row = (number: number) =>
  world.prisma.registration.findUniqueOrThrow({
    where: { id: BigInt(number) },
    include: { changes: true, notices: true, certificate: true },
  })

const erased = {
  ...{ contactId: null, chatId: null, personHash: null, details: null, note: null, reason: null },
  notices: [],
  certificate: { printed: null, revokeReason: null },
}

describe('eraseContacts, for registrations', () => {
  const erase = async (contactId: string) => {
    await world.prisma.$transaction((transaction) => eraseLater(transaction, contactId, world.clock.now))
    return eraseContacts({ prisma: world.prisma, audit: world.audit }, world.clock.now)
  }

  it('frees the seats, erases who it was, and leaves everybody else', async () => {
    const [one, two] = [await world.course({ seats: 1 }), await world.course({ seats: 1 })]
    const [gone, other] = [await world.seat(), await world.seat()]
    const seat = await register(gone, one, 'Ina')
    await register(other, two, 'Ama')
    const place = await register(gone, two, 'Oma')
    const behind = await register(other, one, 'Opa')
    for (const number of [seat, place]) await adorn(number)
    await adorn(behind)
    expect(await erase(gone.contactId)).toBe(1)
    expect(await row(seat)).toMatchObject({ ...erased, state: 'withdrawn', erasedAt: monday })
    expect(await row(place)).toMatchObject({ ...erased, state: 'cancelled' })
    expect((await row(seat)).changes.every(({ reason }) => reason === null)).toBe(true)
    expect((await world.history(seat)).at(-1)).toBe('withdrawn by resident')
    expect(await row(behind)).toMatchObject({ contactId: other.contactId, reason: 'Alasan Ina' })
    expect(await world.tend()).toBe(1)
    expect((await world.registration(behind)).state).toBe('offered')
  })

  it('does not stand in the way of whoever tells its chats of a course', async () => {
    const gone = await world.seat()
    const courseNumber = await world.course()
    await register(gone, courseNumber, 'Ina')
    const waits = 'SELECT 1 FROM pg_locks WHERE NOT granted AND $1 = ANY(pg_blocking_pids(pid))'
    const erasing = await world.prisma.$transaction(async (transaction) => {
      await world.store.lockCourse(transaction, courseNumber)
      const [me] = await transaction.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
      const started = erase(gone.contactId)
      while ((await world.database.pool.query(waits, [me!.pid])).rowCount === 0);
      await transaction.$queryRaw`SELECT id FROM chat WHERE id = ${gone.chatId} FOR KEY SHARE`
      return { started }
    })
    expect(await erasing.started).toBe(1)
  }, 30_000)

  it('leaves what was reached as a figure', async () => {
    const gone = await world.seat()
    const number = await register(gone, await world.course(), 'Ina')
    await world.prisma.registration.update({ where: { id: BigInt(number) }, data: { state: 'certified' } })
    await adorn(number)
    await erase(gone.contactId)
    expect(await row(number)).toMatchObject({ ...erased, state: 'certified' })
  })

  it('lets the person register again, from another contact, as somebody new', async () => {
    const gone = await world.seat()
    const courseNumber = await world.course()
    await register(gone, courseNumber, 'Ina')
    await erase(gone.contactId)
    expect((await (await world.seat()).register(courseNumber, 'Ina')).outcome).toBe('accepted')
  })
})

describe('purgeTrainings', () => {
  const purge = () => purgeTrainings(world.prisma, world.clock.now)
  const years = 2 * 365 * day

  it('erases everybody two years after a course ended, and keeps the rows', async () => {
    const [finished, left, recent] = [await world.course(), await world.course(), await world.course()]
    const numbers = []
    for (const courseNumber of [finished, left, recent])
      numbers.push(await register(await world.seat(), courseNumber, `Ina ${courseNumber}`))
    for (const number of numbers) await adorn(number)
    await world.change(finished, { state: 'finished', endedAt: later(20 * day) })
    await world.change(left, { endsAt: later(20 * day) })
    await world.change(recent, { state: 'finished', endedAt: later(20 * day + 2) })
    world.clock.now = later(20 * day + years)
    expect(await purge()).toBe(0)
    world.wait(1)
    expect(await purge()).toBe(2)
    expect(await purge()).toBe(0)
    for (const number of numbers.slice(0, 2))
      expect(await row(number)).toMatchObject({ ...erased, state: 'accepted' })
    expect(await row(numbers[2]!)).toMatchObject({
      erasedAt: null,
      certificate: { number: `PL-${numbers[2]}` },
    })
    expect((await row(numbers[2]!)).details).not.toBeNull()
  })

  it('takes away wrong attendance codes of yesterday', async () => {
    const { chatId } = await world.seat()
    await world.prisma.attendanceTry.createMany({
      data: [
        { chatId, at: later(-day) },
        { chatId, at: later(-day - 1) },
      ],
    })
    await purge()
    expect(await world.prisma.attendanceTry.findMany()).toMatchObject([{ at: later(-day) }])
  })
})

describe('the resealers of trainings', () => {
  it('seal what was written anew, and leave what is sealed by the current key', async () => {
    const numbers = []
    for (const who of ['Ina', 'Ama'])
      numbers.push(await register(await world.seat(), await world.course(), who))
    await adorn(numbers[0]!)
    const seen: string[] = []
    const reseal = (sealed: Uint8Array) => {
      const text = world.keyring.open(sealed)
      seen.push(text)
      return text.includes('Ama') ? undefined : world.keyring.seal(text.toUpperCase())
    }
    const resealers = [createRegistrationResealer(world.prisma), createCertificateResealer(world.prisma)]
    const counts = []
    for (const resealer of resealers) {
      const first = await resealer.next(0n, reseal)
      counts.push([await resealer.count(), first?.rows])
      expect(await resealer.next(first!.last, reseal)).toBeUndefined()
    }
    expect(counts).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect(seen).toHaveLength(4)
    const open = (sealed: Uint8Array | null | undefined) => world.keyring.open(sealed!)
    const [one, two] = [await row(numbers[0]!), await row(numbers[1]!)]
    expect(open(one.details)).toContain('INA')
    expect(open(one.note)).toBe('CATATAN')
    expect(open(one.certificate?.printed)).toBe('INA')
    expect(open(two.details)).toContain('Ama')
  })
})
