import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTendNotices } from '../../../src/training/notices/tend-notices.ts'
import type { RegistrationState } from '../../../src/training/registration.ts'
import { at, type NoticeWorld, openNoticeWorld } from './notice-world.ts'

let world: NoticeWorld
beforeAll(async () => {
  world = await openNoticeWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = at('01 12:00')
  for (const table of ['course', 'subscription', 'opt_out', 'outbox_message'])
    await world.database.pool.query(`DELETE FROM ${table}`)
})

const starts = at('05 08:00')
const kindsOf = async (number: number) => (await world.notices(number)).map(({ kind }) => kind)

describe('createTendNotices, reminding', () => {
  it('reminds three days before, the day before and on the morning, each once', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    for (const time of [
      '02 08:59',
      '02 09:00',
      '02 09:05',
      '03 20:59',
      '04 08:59',
      '04 09:00',
      '05 06:59',
      '05 07:00',
      '05 07:55',
    ])
      await world.tendAt(at(time))
    expect(await kindsOf(number)).toEqual(['reminder_3', 'reminder_1', 'reminder_0'])
    const told = await world.toldIn(chatId)
    expect(told).toHaveLength(3)
    for (const text of told) {
      expect(text).toContain('Menjahit dasar')
      expect(text).toContain('Kamis, 5 Maret 2026 pukul 08.00 WITA')
      expect(text).toContain('Balai Latihan, Oesapa')
      expect(text).not.toContain('Maria')
    }
    expect(told.map((text) => /besok|hari ini/i.exec(text)?.[0].toLowerCase())).toEqual([
      undefined,
      'besok',
      'hari ini',
    ])
  })

  it('tells each once with two processes tending at once', async () => {
    const course = await world.openCourse([starts])
    const people = []
    for (let nth = 0; nth < 30; nth += 1) people.push(await world.register(course))
    const counts = await Promise.all([1, 2, 3].map(() => world.tendAt(at('04 10:00'))))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30)
    for (const { chatId } of people) expect(await world.toldIn(chatId)).toHaveLength(1)
    expect(await world.tendAt(at('04 10:01'))).toBe(0)
  })

  it('skips what was due while nothing ran', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    await world.tendAt(at('03 21:00'))
    await world.tendAt(at('04 21:00'))
    expect(await world.toldIn(chatId)).toEqual([])
    expect(await world.tendAt(at('05 07:59'))).toBe(1)
    expect(await kindsOf(number)).toEqual(['reminder_0'])
    expect(await world.tendAt(at('05 08:00'))).toBe(0)
  })

  it('passes over a reminder that was put down and could not be told in its time', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    const failing = createTendNotices({
      ...world.deps,
      due: { ...world.deps.due, take: () => Promise.reject(new Error('down')) },
    })
    await expect(failing(at('04 20:00'))).rejects.toThrow('could not be tended')
    expect(await kindsOf(number)).toEqual(['reminder_1'])
    await world.tendAt(at('05 07:10'))
    expect(await kindsOf(number)).toEqual(['reminder_1', 'reminder_0'])
    expect((await world.notices(number)).every(({ toldAt }) => toldAt !== null)).toBe(true)
    const told = await world.toldIn(chatId)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/hari ini/i)
  })

  it('leaves out who was accepted after the time of the reminder began, until the next one', async () => {
    const course = await world.openCourse([starts])
    const inTime = await world.register(course, { acceptedAt: at('02 09:00') })
    const late = await world.register(course, { acceptedAt: at('02 09:00:00.001') })
    expect(await world.tendAt(at('02 12:00'))).toBe(1)
    expect(await kindsOf(inTime.number)).toEqual(['reminder_3'])
    expect(await world.tendAt(at('04 12:00'))).toBe(2)
    expect(await kindsOf(late.number)).toEqual(['reminder_1'])
  })

  it('reminds only those who have a seat, of courses that are going on', async () => {
    const course = await world.openCourse([starts])
    const states = [
      'registered',
      'reserve',
      'offered',
      'accepted',
      'attending',
      'withdrawn',
      'absent',
    ] as const
    const people = new Map<RegistrationState, number>()
    for (const state of states) people.set(state, (await world.register(course, { state })).number)
    for (const state of ['draft', 'finished', 'cancelled'] as const)
      await world.register(await world.openCourse([starts], { state }))
    expect(await world.tendAt(at('04 12:00'))).toBe(2)
    for (const state of states) {
      const expected = state === 'accepted' || state === 'attending' ? ['reminder_1'] : []
      expect(await kindsOf(people.get(state)!)).toEqual(expected)
    }
  })

  it('reminds of a later session only the day before, and not of one in the same days', async () => {
    const course = await world.openCourse([starts, at('06 08:00'), at('12 08:00')], { state: 'running' })
    const { number, chatId } = await world.register(course, { state: 'attending' })
    for (const time of ['05 09:00', '09 12:00', '11 09:00', '12 07:30']) await world.tendAt(at(time))
    expect(await kindsOf(number)).toEqual(['reminder_1'])
    expect((await world.toldIn(chatId))[0]).toContain('Kamis, 12 Maret 2026 pukul 08.00 WITA')
  })

  it('reminds anew of a session that was moved, and takes back what was not told of its old time', async () => {
    const course = await world.openCourse([starts])
    const { number, chatId } = await world.register(course)
    await world.tendAt(at('02 10:00'))
    const failing = createTendNotices({ ...world.deps, due: { ...world.deps.due, take: async () => [] } })
    await failing(at('04 09:00'))
    expect(await kindsOf(number)).toEqual(['reminder_3', 'reminder_1'])
    await world.moveSession(course, at('09 13:00'))
    await world.tendAt(at('04 09:05'))
    expect(await kindsOf(number)).toEqual(['reminder_3'])
    for (const time of ['06 09:00', '08 09:00', '09 07:00']) await world.tendAt(at(time))
    const told = await world.toldIn(chatId)
    expect(told).toHaveLength(4)
    expect(told.slice(1).every((text) => text.includes('Senin, 9 Maret 2026 pukul 13.00 WITA'))).toBe(true)
  })

  it('leaves out who wants to hear nothing unasked', async () => {
    const { chatId, contactId, number } = await world.register(await world.openCourse([starts]))
    await world.prisma.optOut.create({ data: { contactId, chatId } })
    expect(await world.tendAt(at('04 12:00'))).toBe(0)
    await world.decide(number, 'rejected', 'Berkas belum lengkap')
    expect(await world.tendAt(at('04 12:01'))).toBe(1)
  })

  it('tells where the session is when that is another place than the course', async () => {
    const course = await world.openCourse([starts], { mapUrl: 'https://contoh.example/peta' })
    const { chatId } = await world.register(course)
    await world.tendAt(at('02 12:00'))
    await world.prisma.courseSession.updateMany({ data: { place: 'Kantor Lurah Oebobo' } })
    await world.tendAt(at('04 12:00'))
    const [first, second] = await world.toldIn(chatId)
    expect(first).toContain('https://contoh.example/peta')
    expect(second).toContain('Kantor Lurah Oebobo')
    expect(second).not.toContain('https://')
  })
})

describe('createTendNotices, telling', () => {
  it('tells nothing in the quiet hours, and after them what is due', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    world.clock.now = at('01 20:00')
    await world.decide(number, 'accepted')
    for (const time of ['01 21:00', '01 23:59', '02 00:00', '02 06:59:59.999'])
      expect(await world.tendAt(at(time))).toBe(0)
    expect(await world.toldIn(chatId)).toEqual([])
    expect(await world.tendAt(at('02 07:00'))).toBe(1)
    expect(await world.toldIn(chatId)).toHaveLength(1)
  })

  it('tells nothing before it is due', async () => {
    const { number } = await world.register(await world.openCourse([starts]))
    const notice = { registration: number, kind: 'result', key: 'x', dueAt: at('01 14:00') } as const
    await world.prisma.$transaction((transaction) => world.deps.notices.put(transaction, [notice]))
    expect(await world.tendAt(at('01 13:59:59.999'))).toBe(0)
    expect(await world.tendAt(at('01 14:00'))).toBe(1)
  })

  it('tells once, or not at all, when the process ends between marking and committing', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    await world.decide(number, 'accepted')
    const voice = {
      ...world.voice,
      async tellMany(...given: Parameters<typeof world.voice.tellMany>) {
        await world.voice.tellMany(...given)
        throw new Error('killed')
      },
    }
    await expect(createTendNotices({ ...world.deps, voice })(at('01 13:00'))).rejects.toThrow(
      'could not be tended',
    )
    expect(await world.toldIn(chatId)).toEqual([])
    expect((await world.notices(number))[0]?.toldAt).toBeNull()
    await world.tendAt(at('01 13:01'))
    await world.tendAt(at('01 13:02'))
    expect(await world.toldIn(chatId)).toHaveLength(1)
  })

  it('tells how it stands when it is told, and that once', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    world.clock.now = at('01 21:30')
    await world.decide(number, 'accepted')
    await world.decide(number, 'rejected', 'Usia melebihi batas')
    expect(await world.tendAt(at('02 07:00'))).toBe(1)
    const [text] = await world.toldIn(chatId)
    expect(text).toContain('Usia melebihi batas')
    expect(text).toContain('Ibu Rini, 0380 000000')
    world.clock.now = at('02 08:00')
    await world.decide(number, 'accepted')
    expect(await world.tendAt(at('02 08:01'))).toBe(1)
  })

  it('passes over the other word on a decision that was told meanwhile', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    await world.decide(number, 'accepted')
    const late = { registration: number, kind: 'result', key: 'late', dueAt: at('01 13:00') } as const
    await world.prisma.$transaction((transaction) => world.deps.notices.put(transaction, [late]))
    await world.tendAt(at('01 12:30'))
    await world.tendAt(at('01 13:00'))
    expect(await world.toldIn(chatId)).toHaveLength(1)
  })

  it('tells somebody on the waiting list their place in it', async () => {
    const course = await world.openCourse([starts])
    await world.register(course, { state: 'reserve' })
    const best = await world.register(course)
    const last = await world.register(course)
    await world.decide(last.number, 'reserve')
    await world.decide(best.number, 'reserve')
    await world.prisma.registration.update({ where: { id: BigInt(best.number) }, data: { score: 90 } })
    await world.tendAt(at('01 13:00'))
    expect((await world.toldIn(best.chatId))[0]).toMatch(/Urutan: 1$/m)
    expect((await world.toldIn(last.chatId))[0]).toMatch(/Urutan: 3$/m)
  })

  it('tells whoever registered another their name, and nobody their own', async () => {
    const course = await world.openCourse([starts])
    const self = await world.register(course, { name: 'Yosef Contoh' })
    const other = await world.register(course, { name: 'Mama Contoh', forWhom: 'other' })
    for (const { number } of [self, other]) await world.decide(number, 'accepted')
    await world.prisma.registration.update({
      where: { id: BigInt(other.number) },
      data: { state: 'accepted' },
    })
    await world.tendAt(at('01 13:00'))
    expect((await world.toldIn(other.chatId))[0]).toContain('Mama Contoh')
    expect((await world.toldIn(self.chatId))[0]).not.toContain('Yosef')
  })

  it('tells also whom it cannot call by name any more', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]), { forWhom: 'other' })
    await world.prisma.registration.updateMany({ data: { details: Buffer.from('damaged') } })
    await world.decide(number, 'accepted')
    expect(await world.tendAt(at('01 13:00'))).toBe(1)
    expect((await world.toldIn(chatId))[0]).toContain('peserta yang didaftarkan')
  })

  it('passes over what was given up, and what is erased, once and for all', async () => {
    const course = await world.openCourse([starts])
    const gone = await world.register(course)
    const erased = await world.register(course)
    for (const { number } of [gone, erased]) await world.decide(number, 'accepted')
    await world.prisma.$transaction((transaction) =>
      world.deps.store.move(
        transaction,
        gone.number,
        'withdrawn',
        { type: 'resident', contactId: gone.contactId },
        at('01 12:10'),
      ),
    )
    await world.prisma.registration.update({
      where: { id: BigInt(erased.number) },
      data: { chatId: null, details: null },
    })
    expect(await world.tendAt(at('01 13:00'))).toBe(0)
    for (const { number } of [gone, erased])
      expect((await world.notices(number))[0]?.toldAt).toEqual(at('01 13:00'))
  })

  it('tells of a seat that an officer took back', async () => {
    const { number, chatId } = await world.register(await world.openCourse([starts]))
    await world.decide(number, 'withdrawn', 'Sudah ikut pelatihan lain')
    expect(await world.tendAt(at('01 13:00'))).toBe(1)
    expect((await world.toldIn(chatId))[0]).toContain('Sudah ikut pelatihan lain')
  })

  it('tells that a course is cancelled, and nothing else of it', async () => {
    const course = await world.openCourse([starts])
    const { number, chatId } = await world.register(course)
    await world.decide(number, 'accepted')
    await world.prisma.course.update({
      where: { id: BigInt(course) },
      data: { state: 'cancelled', cancelReason: 'Pengajar berhalangan' },
    })
    const more = (kind: 'changed' | 'course_cancelled' | 'lapsed') =>
      ({ registration: number, kind, key: kind, dueAt: world.clock.now }) as const
    await world.prisma.$transaction((transaction) =>
      world.deps.notices.put(transaction, [more('changed'), more('course_cancelled'), more('lapsed')]),
    )
    expect(await world.tendAt(at('01 13:00'))).toBe(1)
    const told = await world.toldIn(chatId)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('Pengajar berhalangan')
  })

  it('tells of a change what is now, once for several', async () => {
    const course = await world.openCourse([starts])
    const { number, chatId } = await world.register(course)
    const change = (key: string, details: Record<string, string>) =>
      ({ registration: number, kind: 'changed', key, details, dueAt: at('01 12:00') }) as const
    const put = (...changes: ReturnType<typeof change>[]) =>
      world.prisma.$transaction((transaction) => world.deps.notices.put(transaction, changes))
    await put(change('1', { old_place: 'Aula Lama' }), change('2', { old_place: 'Aula Sementara' }))
    await world.tendAt(at('01 13:00'))
    await put(change('3', { old_starts: 'Rabu, 4 Maret 2026 pukul 08.00 WITA' }), change('4', {}))
    await world.tendAt(at('01 14:00'))
    await put(change('5', {}))
    await world.tendAt(at('01 15:00'))
    const [place, time, whole, ...others] = await world.toldIn(chatId)
    expect(others).toEqual([])
    expect(place).toContain('Aula Lama')
    expect(place).toContain('Balai Latihan')
    expect(place).not.toContain('5 Maret')
    expect(time).toContain('Rabu, 4 Maret 2026')
    expect(time).toContain('Kamis, 5 Maret 2026')
    expect(time).not.toContain('Balai Latihan')
    expect(whole).toContain('Kamis, 5 Maret 2026')
    expect(whole).toContain('Balai Latihan')
  })

  it('leaves what another process holds to it, and tells the rest', async () => {
    const course = await world.openCourse([starts])
    const held = await world.register(course)
    const free = await world.register(course)
    for (const { number } of [held, free]) await world.decide(number, 'accepted')
    await world.prisma.$transaction(async (transaction) => {
      expect(await world.deps.due.take(transaction, at('01 13:00'), 1)).toHaveLength(1)
      expect(await world.tendAt(at('01 13:00'))).toBe(1)
      expect(await world.toldIn(free.chatId)).toHaveLength(1)
    })
    expect(await world.tendAt(at('01 13:01'))).toBe(1)
    expect(await world.toldIn(held.chatId)).toHaveLength(1)
  })

  it('tells more than fit into one batch, and leaves a line in the trail that names nobody', async () => {
    const course = await world.openCourse([starts])
    const { contactId, chatId, number } = await world.register(course)
    await world.database.pool.query(
      `INSERT INTO registration (course_id, contact_id, chat_id, for_whom, kelurahan, education, consent_version, consent_at,
         state, state_at, accepted_at)
       SELECT course_id, contact_id, chat_id, for_whom, kelurahan, education, consent_version, consent_at, state, state_at, accepted_at
       FROM registration, generate_series(1, 2100) WHERE id = $1`,
      [number],
    )
    expect(await world.tendAt(at('04 10:00'))).toBe(2101)
    expect(await world.toldIn(chatId)).toHaveLength(2101)
    const lines = await world.prisma.auditEntry.findMany({
      where: { action: 'training.tell', at: at('04 10:00') },
    })
    expect(lines.map(({ details }) => details)).toContainEqual({ told: 1000, passed_over: 0 })
    expect(
      JSON.stringify(lines, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(contactId)
  })
})
