import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { day, hour, later, trainer } from '../attendance/class-world.ts'
import {
  afterCourse,
  type CertificateWorld,
  openCertificateWorld,
} from '../certificates/certificate-world.ts'

let world: CertificateWorld
beforeAll(async () => {
  world = await openCertificateWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = afterCourse
  world.enqueued.length = 0
  world.drawn.length = 0
})

async function openCourse(given: Parameters<CertificateWorld['course']>[0] = {}) {
  const course = await world.course(given)
  const list = async () => (await world.desk.list(trainer, course.number))!
  const grade = (numbers: readonly number[], passed = true) =>
    world.desk.grade(trainer, course.number, numbers, passed)
  const issue = (...numbers: number[]) => world.desk.issue(trainer, course.number, numbers)
  const join = async (name: string, state?: Parameters<CertificateWorld['person']>[3]) =>
    world.person(await world.chat(), course.number, name, state)
  /** Notes that they were in the first sessions. */
  const attend = (number: number, sessions: number) =>
    world.prisma.attendance.createMany({
      data: course.sessions.slice(0, sessions).map(({ id }) => {
        return { registrationId: BigInt(number), sessionId: id, way: 'list', at: world.clock.now }
      }),
    })
  return { course, list, grade, issue, join, attend }
}

const notices = async (number: number) =>
  (await world.prisma.registrationNotice.findMany({ where: { registrationId: BigInt(number) } })).map(
    ({ kind, dueAt }) => ({ kind, dueAt }),
  )
const trailOf = async (action: string, subject: number | string) =>
  (await world.trail(action)).filter((each) => each.subject === String(subject))

describe('list', () => {
  it('tells who came how often to the sessions that were, and whether that is enough', async () => {
    const { list, join, attend } = await openCourse({ sessions: 3, minAttendance: 60 })
    const one = await join('Satu Contoh', 'attending')
    const two = await join('Dua Contoh', 'passed')
    await join('Tunggu Contoh', 'reserve')
    await join('Tawar Contoh', 'offered')
    await attend(one, 1)
    await attend(two, 3)
    world.clock.now = later(2 * day + hour)
    const short = async () =>
      (await list()).map(({ name, attended, held, isEnough }) => [name, attended, held, isEnough])
    expect(await short()).toEqual([
      ['Dua Contoh', 2, 2, true],
      ['Satu Contoh', 1, 2, false],
    ])
    world.clock.now = afterCourse
    expect(await short()).toEqual([
      ['Dua Contoh', 3, 3, true],
      ['Satu Contoh', 1, 3, false],
    ])
    world.clock.now = later(-day)
    expect((await short()).map(([, , , isEnough]) => isEnough)).toEqual([false, false])
  })

  it('is in the trail, and knows no course that is not there', async () => {
    const { course, list, join } = await openCourse()
    await join('Satu Contoh', 'attending')
    await list()
    expect(await trailOf('training.certificates', course.number)).toMatchObject([
      { actorType: 'staff', actorId: trainer.id, details: { people: 1 } },
    ])
    expect(await world.desk.list(trainer, 999_999)).toBeUndefined()
    expect(await world.desk.list(trainer, Number.NaN)).toBeUndefined()
  })
})

describe('grade', () => {
  it('tells who did not pass, once nobody sleeps; who passed hears it by the certificate', async () => {
    const { grade, join, attend } = await openCourse()
    const [good, bad, seldom] = [await join('Baik'), await join('Belum', 'attending'), await join('Jarang')]
    await attend(good, 2)
    await attend(seldom, 1)
    world.clock.now = new Date('2026-03-10T22:00:00+08:00')
    expect(await grade([good, seldom])).toEqual({ done: 2, left: [] })
    expect(await grade([bad], false)).toEqual({ done: 1, left: [] })
    expect([await world.state(good), await world.state(bad)]).toEqual(['passed', 'not_passed'])
    const told = [{ kind: 'result', dueAt: new Date('2026-03-11T07:00:00+08:00') }]
    expect(await notices(good)).toEqual([])
    expect(await notices(bad)).toEqual(told)
    // No certificate follows by itself.
    expect(await notices(seldom)).toEqual(told)
    expect(await trailOf('training.grade', bad)).toMatchObject([
      { actorId: trainer.id, outcome: 'not_passed' },
    ])
  })

  it('can be put right: what was not told yet is not told any more', async () => {
    const { grade, join, attend } = await openCourse()
    const number = await join('Baik')
    await attend(number, 2)
    await grade([number], false)
    expect(await notices(number)).toHaveLength(1)
    expect(await grade([number], false)).toEqual({ done: 1, left: [] })
    expect(await notices(number)).toHaveLength(1)
    await grade([number])
    expect(await notices(number)).toEqual([])
    world.clock.now = new Date(afterCourse.getTime() + 1)
    await grade([number], false)
    expect(await notices(number)).toHaveLength(1)
    expect(await world.state(number)).toBe('not_passed')
  })

  it.each(['draft', 'announced', 'registration', 'selection', 'cancelled'] as const)(
    'is not ready while the course is %s',
    async (state) => {
      const { grade, join } = await openCourse({ state })
      const number = await join('Siapa Contoh')
      expect(await grade([number])).toEqual({
        done: 0,
        left: [{ number, name: 'Siapa Contoh', why: 'not_ready' }],
      })
      expect(await world.state(number)).toBe('accepted')
    },
  )

  it('leaves who is not in the class, and whoever has a certificate', async () => {
    const { grade, join } = await openCourse({ state: 'finished' })
    const left = [
      await join('Tunggu', 'reserve'),
      await join('Absen', 'absent'),
      await join('Sudah', 'certified'),
    ]
    const elsewhere = await (await openCourse()).join('Lain')
    const graded = await grade([...left, elsewhere], false)
    expect(z.object({ left: z.array(z.object({ why: z.string() })) }).parse(graded).left).toEqual([
      ...left.map(() => ({ why: 'over' })),
      { why: 'unknown' },
    ])
    expect(await world.desk.grade(trainer, 999_999, [1], true)).toEqual({ type: 'unknown' })
    expect(await world.desk.grade(trainer, Number.NaN, [1], true)).toEqual({ type: 'unknown' })
  })
})

describe('issue', () => {
  it('makes the certificates of who passed, in one go with a run of the job', async () => {
    const { course, list, issue } = await openCourse({ state: 'finished' })
    const [one, two] = [
      await world.graduate(course, 'Satu Contoh'),
      await world.graduate(course, 'Dua Contoh'),
    ]
    expect(await issue(one.number, two.number, one.number)).toEqual({ done: 2, left: [] })
    expect(world.enqueued).toHaveLength(1)
    const row = await world.certificateOf(one.number)
    expect(row).toMatchObject({
      issuedAt: afterCourse,
      issuedBy: trainer.name,
      sentAt: null,
      revokedAt: null,
    })
    expect(row.number).toBe(`PL-2026-${String(row.id).padStart(6, '0')}`)
    const { token, printed } = world.certificates.open(row.printed!)
    expect(printed).toEqual({
      ...{ number: row.number, name: 'Satu Contoh', course: 'Menjahit dasar', hours: 6 },
      ...{ office: 'Dinas Tenaga Kerja Kota Kupang' },
      ...{ startsOn: '2026-03-05', endsOn: '2026-03-06', issuedOn: '2026-03-10' },
    })
    expect(token).toMatch(/^[\w-]{24}$/)
    expect(await world.state(one.number)).toBe('certified')
    expect((await list()).map(({ name, number, sentAt }) => [name, number, sentAt])).toEqual([
      ['Dua Contoh', (await world.certificateOf(two.number)).number, undefined],
      ['Satu Contoh', row.number, undefined],
    ])
    expect(await trailOf('training.certificate_issue', one.number)).toMatchObject([
      { actorId: trainer.id, outcome: 'certified', details: { course: course.number } },
    ])
  })

  it('keeps token and name sealed', async () => {
    const { person, certificate } = await world.issueOne('Maria Rahasia')
    const token = await world.tokenOf(person.number)
    const plain = Buffer.concat([certificate.printed!, certificate.tokenHash]).toString('latin1')
    for (const secret of [token, 'Maria', 'Rahasia']) expect(plain).not.toContain(secret)
    expect(
      JSON.stringify(await world.prisma.auditEntry.findMany(), (_, v) =>
        typeof v === 'bigint' ? Number(v) : v,
      ),
    ).not.toMatch(new RegExp(`${token}|Maria Rahasia`))
  })

  it('leaves who did not pass, did not come often enough, has one, or is not known any more', async () => {
    const { course, issue, join, attend } = await openCourse({ state: 'finished' })
    const seldom = await join('Jarang', 'passed')
    await attend(seldom, 1)
    const not = await join('Belum', 'not_passed')
    const has = await world.graduate(course, 'Sudah')
    await issue(has.number)
    const erased = await world.graduate(course)
    await world.prisma.registration.update({ where: { id: BigInt(erased.number) }, data: { details: null } })
    world.enqueued.length = 0
    expect(await issue(seldom, not, has.number, erased.number, 999_999)).toEqual({
      done: 0,
      left: [
        { number: seldom, name: 'Jarang', why: 'not_ready' },
        { number: not, name: 'Belum', why: 'not_ready' },
        { number: has.number, name: 'Sudah', why: 'over' },
        { number: erased.number, name: '', why: 'over' },
        { number: 999_999, name: '', why: 'unknown' },
      ],
    })
    expect(world.enqueued).toEqual([])
    expect(await world.prisma.certificate.count({ where: { registrationId: BigInt(seldom) } })).toBe(0)
  })

  it('issues one to a person that two officers press for at once', async () => {
    const { course, issue } = await openCourse({ state: 'finished' })
    const { number } = await world.graduate(course)
    const results = await Promise.all([issue(number), issue(number), issue(number)])
    expect(results.map((each) => 'done' in each && each.done).sort()).toEqual([0, 0, 1])
    expect(await world.prisma.certificate.count({ where: { registrationId: BigInt(number) } })).toBe(1)
  })

  it('tells by nothing but the certificate that somebody passed', async () => {
    const { issue, grade, join, attend } = await openCourse({ state: 'finished' })
    const number = await join('Jarang')
    await attend(number, 1)
    await grade([number])
    expect(await notices(number)).toHaveLength(1)
    await world.prisma.attendance.deleteMany({ where: { registrationId: BigInt(number) } })
    await attend(number, 2)
    expect(await issue(number)).toEqual({ done: 1, left: [] })
    expect(await notices(number)).toEqual([])
  })
})

describe('the page of a certificate', () => {
  it('may know name, course, date and whether it is valid, by the token only', async () => {
    const { person, certificate } = await world.issueOne('Maria Contoh')
    const shown = { name: 'Maria Contoh', course: 'Menjahit dasar', issuedOn: '2026-03-10', isRevoked: false }
    const token = await world.tokenOf(person.number)
    expect(await world.findPublic(token)).toEqual(shown)
    for (const other of [certificate.number, `${token.slice(1)}A`, '']) {
      expect(await world.findPublic(other)).toBeUndefined()
    }
    await world.desk.revoke(trainer, certificate.number, 'salah orang')
    expect(await world.findPublic(token)).toEqual({ ...shown, isRevoked: true })
    await world.prisma.certificate.update({ where: { id: certificate.id }, data: { printed: null } })
    expect(await world.findPublic(token)).toBeUndefined()
  })
})

describe('revoke', () => {
  it('takes a reason, and puts the person back to who passed', async () => {
    const { person, certificate } = await world.issueOne()
    for (const reason of ['', '  ', 'x', 'y'.repeat(301)]) {
      expect(await world.desk.revoke(trainer, certificate.number, reason)).toEqual({ type: 'reason' })
    }
    const revoke = () => world.desk.revoke(trainer, certificate.number, ' Salah nama. ')
    expect(await Promise.all([revoke(), revoke()])).toEqual([{ type: 'done' }, { type: 'done' }])
    expect(await world.certificateOf(person.number)).toMatchObject({
      ...{ revokedAt: afterCourse, revokeReason: 'Salah nama.' },
    })
    expect(await world.registration(person.number)).toMatchObject({ state: 'passed', reason: 'Salah nama.' })
    const trail = await trailOf('training.certificate_revoke', certificate.number)
    expect(trail).toMatchObject([{ actorId: trainer.id }])
    expect(JSON.stringify(trail)).not.toContain('nama')
    expect(await world.desk.revoke(trainer, 'PL-2026-999999', 'salah nama')).toEqual({ type: 'unknown' })
  })

  it('lets another be issued, with another number; the old one is as none', async () => {
    const { course, person, certificate } = await world.issueOne()
    const old = await world.tokenOf(person.number)
    await world.desk.revoke(trainer, certificate.number, 'salah nama')
    const details = await world.shared.store.details(world.prisma, person.number)
    await world.shared.store.transact((transaction) =>
      world.shared.store.changeDetails(transaction, person.number, { ...details!, name: 'Maria Betul' }),
    )
    expect(await world.desk.issue(trainer, course.number, [person.number])).toEqual({ done: 1, left: [] })
    const fresh = await world.certificateOf(person.number)
    expect(fresh.number).not.toBe(certificate.number)
    expect(await world.findPublic(old)).toBeUndefined()
    expect(await world.findPublic(await world.tokenOf(person.number))).toMatchObject({
      ...{ name: 'Maria Betul', isRevoked: false },
    })
    expect(await world.registration(person.number)).toMatchObject({ state: 'certified', reason: undefined })
  })
})

describe('pdf', () => {
  it('is what the person gets, and in the trail', async () => {
    const { person, certificate } = await world.issueOne()
    const pdf = await world.desk.pdf(trainer, certificate.number)
    const address = `https://lopo.example/sertifikat/${await world.tokenOf(person.number)}`
    expect(Buffer.from(pdf!).toString()).toBe(`%PDF ${certificate.number} ${address}`)
    expect(await trailOf('training.certificate_pdf', certificate.number)).toMatchObject([
      { actorType: 'staff', actorId: trainer.id },
    ])
  })

  it('is none of one that is not there, withdrawn or erased', async () => {
    const { certificate } = await world.issueOne()
    await world.desk.revoke(trainer, certificate.number, 'salah nama')
    const erased = (await world.issueOne()).certificate
    await world.prisma.certificate.update({ where: { id: erased.id }, data: { printed: null } })
    for (const number of [certificate.number, erased.number, 'PL-2026-999999', '', '\u0000']) {
      expect(await world.desk.pdf(trainer, number)).toBeUndefined()
    }
    expect(world.drawn).toEqual([])
  })
})
