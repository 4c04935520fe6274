import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Course, CoursePlan, CourseQuestion } from '../../../src/training/course.ts'
import { checkPlan } from '../../../src/training/plan/check-plan.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { language } from '../../language/the-language.ts'
import { day, monday, on, planOf, sessionOn } from '../desk/desk-world.ts'

const { subjects } = parseTrainingWords(readFileSync('flows/content/pelatihan.yaml', 'utf8'))
const offices = new Map([['nakertrans', { title: 'Dinas Tenaga Kerja' }]])

function check(change: Partial<CoursePlan>, before?: Course) {
  return checkPlan(planOf(change), { subjects, offices, language, now: monday, before })
}

/** What is wrong, as `code field`. */
function codes(change: Partial<CoursePlan>, before?: Course) {
  return check(change, before).map(({ code, field }) => `${code} ${field}`)
}

function courseOf(change: Partial<Course> = {}): Course {
  const plan = planOf()
  return {
    ...plan,
    ...{ number: 1, state: 'registration', version: 0, createdAt: monday, createdBy: 'Ina' },
    ...{ startsAt: on(14, 9), endsAt: on(21, 12), announcedAt: monday },
    ...{ cancelReason: undefined, endedAt: undefined },
    sessions: plan.sessions.map((session, index) => ({ id: BigInt(index + 1), ...session })),
    ...change,
  }
}

const choice = (choices: readonly string[], text = 'Mesin apa yang ada di rumah?'): CourseQuestion => ({
  ...{ id: 'mesin', text, kind: 'choice', choices, optional: false },
})
const question = (text: string): CourseQuestion => ({
  ...{ id: 'q1', text, kind: 'text', choices: [], optional: false },
})

describe('checkPlan', () => {
  it('finds nothing wrong with a sound plan', () => {
    expect(check({})).toEqual([])
    expect(
      check({
        mapUrl: 'https://maps.app.goo.gl/abc',
        domicile: ['53.71.03', '53.71.01.1001'],
        quotas: [
          { by: 'gender', values: ['female'], seats: 2 },
          { by: 'desil', values: ['1', '2', '10'], seats: 1 },
          { by: 'kecamatan', values: ['53.71.03'], seats: 1 },
          { by: 'kelurahan', values: ['53.71.03.1001'], seats: 1 },
        ],
        questions: [
          choice(['Mesin jahit', 'Mesin obras', 'Belum ada']),
          { ...question('Ukuran baju?'), id: 'b' },
        ],
      }),
    ).toEqual([])
  })

  it('tells everything at once', () => {
    const found = codes({
      ...{ title: '', place: '', contact: '', subject: 'nyanyi', office: 'x', kelurahan: '53.71.03.1002' },
      ...{ cost: -1, seats: 0, offerHours: 0, barDays: 731, minAttendance: 101, domicile: ['53.72'] },
      ...{ minAge: 9, maxAge: 100, mapUrl: 'http://peta.id', sessions: [] },
    })
    expect(found.toSorted()).toEqual(
      [
        ...['title title', 'place place', 'contact contact', 'subject subject', 'office office'],
        ...['kelurahan kelurahan', 'cost cost', 'seats seats', 'domicile domicile', 'sessions sessions'],
        ...['ages minAge', 'ages maxAge', 'map_url mapUrl'],
        ...['selection offerHours', 'selection barDays', 'selection minAttendance'],
      ].toSorted(),
    )
  })

  it('knows how long a text may be', () => {
    const long = 'a'.repeat(601)
    expect(
      codes({
        ...{ title: long.slice(0, 81), place: long.slice(0, 121), contact: long.slice(0, 121) },
        ...{ description: long, requirements: long, questions: [question('a'.repeat(201))] },
        sessions: [{ ...sessionOn(14), title: long.slice(0, 81) }],
      }).filter((each) => each.startsWith('too_long')),
    ).toHaveLength(7)
    expect(codes({ title: 'a'.repeat(80), requirements: 'a'.repeat(600) })).toEqual([])
  })

  it('refuses an inherited name as a subject, and links that lead astray', () => {
    expect(codes({ subject: 'constructor' })).toEqual(['subject subject'])
    for (const mapUrl of ['javascript:alert(1)', 'https://a:b@peta.id', 'https://localhost', 'peta'])
      expect(codes({ mapUrl })).toEqual(['map_url mapUrl'])
  })

  it('refuses figures that are none', () => {
    expect(codes({ seats: Number.NaN, cost: 0.5, minAge: 50, maxAge: 20 })).toEqual([
      ...['cost cost', 'age_range maxAge', 'seats seats'],
    ])
  })

  it('refuses quotas that cannot be kept', () => {
    const found = check({
      seats: 4,
      quotas: [
        { by: 'gender', values: ['female'], seats: 5 },
        { by: 'gender', values: ['female', 'other'], seats: 0 },
        { by: 'kecamatan', values: [], seats: 1 },
        { by: 'desil', values: ['11'], seats: 1 },
      ],
    })
    expect(found.map(({ code, field, details }) => [code, field, details])).toEqual([
      ['quota_above_seats', 'quotas.0', { seats: 5, most: 4 }],
      ['quota', 'quotas.1', { why: 'seats' }],
      ['quota', 'quotas.1', { why: 'unknown', value: 'other' }],
      ['quota', 'quotas.1', { why: 'twice', value: 'female' }],
      ['quota', 'quotas.2', { why: 'empty' }],
      ['quota', 'quotas.3', { why: 'unknown', value: '11' }],
    ])
  })

  it('refuses dates in the past and a window that ends before it begins, or after the course began', () => {
    expect(codes({ opensAt: on(-1, 8) })).toEqual(['past opensAt'])
    expect(codes({ opensAt: on(0, 7) })).toEqual([])
    expect(codes({ opensAt: on(-2, 8), closesAt: on(0, 8) })).toEqual(['past opensAt', 'past closesAt'])
    expect(codes({ opensAt: on(3, 8), closesAt: on(3, 8) })).toEqual(['window closesAt'])
    expect(codes({ closesAt: on(14, 10) })).toEqual(['window_after_start closesAt'])
    expect(codes({ closesAt: on(14, 9) })).toEqual([])
    expect(
      codes({ sessions: [sessionOn(0, 7), sessionOn(14)], closesAt: on(0, 7), opensAt: on(0, 6) }),
    ).toEqual([...['past closesAt', 'past sessions.0']])
    expect(codes({ opensAt: new Date(Number.NaN), closesAt: on(365 * 300, 8) })).toEqual([
      ...['window opensAt', 'window closesAt'],
    ])
  })

  it('lets stand what stood before in a course that is out, and in no draft', () => {
    const old = { opensAt: on(-9, 8), closesAt: on(-2, 8), sessions: [sessionOn(-1), sessionOn(7)] }
    const before = {
      ...old,
      sessions: courseOf().sessions.map((each, n) => ({ ...each, ...old.sessions[n] })),
    }
    expect(codes(old, courseOf(before))).toEqual([])
    expect(codes({ ...old, closesAt: on(-1, 8) }, courseOf(before))).toEqual(['past closesAt'])
    expect(codes({ ...old, sessions: [sessionOn(-1, 8), sessionOn(7)] }, courseOf(before))).toEqual([
      'past sessions.0',
    ])
    expect(codes(old, courseOf({ ...before, state: 'draft' }))).toEqual(['past closesAt', 'past sessions.0'])
  })

  it('refuses sessions that are no sessions, or overlap, and writes out which', () => {
    expect(codes({ sessions: [sessionOn(14, 9, 9), sessionOn(15, 9, 24)] })).toEqual([
      ...['session_times sessions.0', 'session_times sessions.1'],
    ])
    expect(codes({ sessions: [{ ...sessionOn(14), endsAt: new Date(Number.NaN) }] })).toEqual([
      'session_times sessions.0',
    ])
    expect(codes({ sessions: Array.from({ length: 61 }, (_, n) => sessionOn(14 + n)) })).toEqual([
      'sessions sessions',
    ])
    const [problem, ...more] = check({ sessions: [sessionOn(14, 11), sessionOn(14, 9), sessionOn(14, 14)] })
    expect(more).toEqual([])
    expect(problem).toEqual({
      code: 'session_overlap',
      field: 'sessions.0',
      details: {
        one: 'Senin, 19 Januari 2026 pukul 09.00 WITA',
        other: 'Senin, 19 Januari 2026 pukul 11.00 WITA',
      },
    })
  })

  it('finds every session that lies within a long one', () => {
    const found = codes({ sessions: [sessionOn(14, 8, 20), sessionOn(14, 9, 10), sessionOn(14, 18, 19)] })
    expect(found).toEqual(['session_overlap sessions.1', 'session_overlap sessions.2'])
  })

  it('gives a year of another age no chance', () => {
    expect(
      codes({ sessions: [{ ...sessionOn(14), startsAt: new Date(monday.getTime() + 9_000 * day) }] }),
    ).toEqual(['session_times sessions.0'])
  })
})

describe('checkQuestions', () => {
  const of = (...questions: readonly CourseQuestion[]) =>
    check({ questions }).map(({ code, field, details }) => [code, field, details])

  it('refuses questions that cannot be asked', () => {
    expect(of(question(''), { ...question('Ukuran?'), id: 'Q 2' })).toEqual([
      ['question', 'questions.0', { why: 'empty' }],
      ['question', 'questions.1', { why: 'id' }],
    ])
    expect(of(question('Satu?'), question('Dua?'))).toEqual([['question', 'questions.1', { why: 'id' }]])
    expect(of({ ...question('Kelamin?'), id: 'gender' })).toEqual([
      ['question', 'questions.0', { why: 'id' }],
    ])
    expect(of(choice(['Ya saja']))).toEqual([
      ['question', 'questions.0', { why: 'choices', least: 2, most: 8 }],
    ])
    expect(of(...Array.from({ length: 11 }, (_, n) => ({ ...question('Apa?'), id: `q${n}` })))).toEqual([
      ['question', 'questions', { why: 'many', most: 10 }],
    ])
  })

  it('refuses choices that cannot be told apart by typing', () => {
    const wrong = (details: object) => [['question_label', 'questions.0', details]]
    expect(of(choice(['Pagi', 'pagi!']))).toEqual(wrong({ one: 'Pagi', other: 'pagi!' }))
    expect(of(choice(['Senin', 'Senen', 'Rabu']))).toEqual(wrong({ one: 'Senin', other: 'Senen' }))
    expect(of(choice(['Belum', '2']))).toEqual(wrong({ one: '2' }))
    expect(of(choice(['', 'Belum']))).toEqual(wrong({ one: '' }))
    expect(of(choice(['Mesin jahit', 'x'.repeat(41)]))).toEqual([['too_long', 'questions.0', { most: 40 }]])
  })

  it('refuses to ask for what a bot must not know', () => {
    for (const text of [
      'Berapa NIK Anda?',
      'Tulis n.i.k. sesuai KTP',
      'Nomor KK?',
      'Kirim PIN ATM',
      'Kode OTP berapa?',
      'Ketik kata sandi e-mail',
      'Password Anda?',
      'Nomor rekening untuk uang transport?',
      'Nomor KTP?',
      'Seperti 5371041708800001?',
    ])
      expect(of(question(text)), text).toEqual([['question_secret', 'questions.0', {}]])
    expect(of(choice(['Nomor rekening', 'Tidak ada']))).toEqual([['question_secret', 'questions.0', {}]])
    for (const text of ['Apakah sudah punya KTP?', 'Pernah ikut teknik mesin?', 'Ukuran sepatu?'])
      expect(of(question(text)), text).toEqual([])
  })
})
