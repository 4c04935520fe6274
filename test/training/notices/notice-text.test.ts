import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Course } from '../../../src/training/course.ts'
import type { DueNotice } from '../../../src/training/notices/notice.ts'
import { announcementText, fateOfNotice } from '../../../src/training/notices/notice-text.ts'
import { parseNoticeTexts, toldStates } from '../../../src/training/notices/notice-texts.ts'
import { type RegistrationState, registrationStates } from '../../../src/training/registration.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { at } from './notice-world.ts'

const contentOf = (name: string) => readFile(`flows/content/${name}.yaml`, 'utf8')
const texts = parseNoticeTexts(await contentOf('pelatihan-kabar'))
const words = { texts, words: parseTrainingWords(await contentOf('pelatihan')) }
const now = at('01 12:00')

/** A course with everything as long as the desk lets it be, but for the place. */
const course: Course = {
  ...{ number: 12, state: 'registration', title: 'Judul '.repeat(13).trim(), subject: 'menjahit' },
  ...{ office: 'nakertrans', description: '', place: 'Balai Latihan Kerja, Jalan Contoh nomor 17, Oesapa' },
  ...{ mapUrl: 'https://contoh.example/peta', kelurahan: undefined, cost: 0 },
  ...{
    contact: 'Ibu Rini di Dinas Tenaga Kerja, 0380 000000',
    requirements: 'KTP Kota Kupang\nIjazah terakhir\n'.repeat(18),
  },
  ...{ minAge: undefined, maxAge: undefined, minEducation: undefined, domicile: [], seats: 16, quotas: [] },
  ...{
    selection: 'officer',
    opensAt: at('01 08:00'),
    closesAt: at('03 17:00'),
    questions: [],
    exclusive: true,
  },
  ...{ offerHours: 24, barDays: 0, minAttendance: 80, startsAt: at('05 08:00'), endsAt: at('05 10:00') },
  ...{
    version: 1,
    createdAt: now,
    createdBy: 'Ama',
    announcedAt: now,
    cancelReason: 'Pengajar sakit',
    endedAt: undefined,
  },
  sessions: [
    { id: 1n, startsAt: at('05 08:00'), endsAt: at('05 10:00'), title: undefined, place: undefined },
  ],
}
const notice: DueNotice = {
  ...{
    id: 1n,
    kind: 'result',
    details: {},
    registration: 7,
    courseNumber: 12,
    chatId: 3n,
    state: 'accepted',
  },
  ...{
    reason: 'Nilai wawancara belum cukup',
    barredUntil: at('30 12:00'),
    isGivenUp: false,
    forWhom: 'other',
  },
  ...{ name: 'Maria Magdalena Contoh', isStopped: false, isTold: false },
}
const news = {
  office: 'Dinas Tenaga Kerja dan Transmigrasi',
  schedule: 'Kamis, 5 Maret 2026 pukul 08.00 sampai 10.00 WITA',
  requirements: ['• Usia 17 sampai 40 tahun', ...Array.from({ length: 20 }, () => '• KTP Kota Kupang')],
}
const tell = (more: Partial<DueNotice>, about: Partial<Course> = {}, time = now) => {
  const fate = fateOfNotice({ ...notice, ...more }, { ...course, ...about }, words, {
    now: time,
    placeInLine: 4,
  })
  return fate.type === 'tell' ? fate.text : undefined
}
const fateAt = (more: Partial<DueNotice>, about: Partial<Course> = {}, time = now) =>
  fateOfNotice({ ...notice, ...more }, { ...course, ...about }, words, { now: time }).type

const session = { session: at('05 08:00').toISOString() }
const old = { old_starts: 'Rabu, 4 Maret 2026 pukul 08.00 WITA', old_place: 'Aula Kantor Camat Kelapa Lima' }
const ending = { until: new Date(now.getTime() + 3_600_000).toISOString() }
const all: [what: string, text: string | undefined][] = [
  ...toldStates.map((state): [string, string | undefined] => [state, tell({ state })]),
  ['changed', tell({ kind: 'changed', details: old })],
  ['course_cancelled', tell({ kind: 'course_cancelled' }, { state: 'cancelled' })],
  ['lapsed', tell({ kind: 'lapsed', state: 'lapsed' })],
  ['offer_ending', tell({ kind: 'offer_ending', state: 'offered', details: ending })],
  ['reminder_3', tell({ kind: 'reminder_3', details: session }, {}, at('02 09:00'))],
  ['reminder_1', tell({ kind: 'reminder_1', details: session }, {}, at('04 09:00'))],
  ['reminder_0', tell({ kind: 'reminder_0', details: session }, {}, at('05 07:00'))],
  ['announcement', announcementText(course, news, words, now)],
]

describe('fateOfNotice and announcementText', () => {
  for (const [what, text = ''] of all) {
    it(`name the course and say the rest within one short message: ${what}`, () => {
      expect(text).toContain(course.title)
      expect(text).not.toMatch(/\{\{|undefined/)
      expect(text.length).toBeLessThanOrEqual(440)
      if (what !== 'announcement') expect(text).toContain('Maria Magdalena Contoh')
    })
  }

  it('tell that an offer ends only while it waits for an answer', () => {
    expect(tell({ kind: 'offer_ending', state: 'offered', details: ending })).toContain('WITA')
    expect(fateAt({ kind: 'offer_ending', state: 'accepted', details: ending })).toBe('pass')
    const past = { until: now.toISOString() }
    expect(fateAt({ kind: 'offer_ending', state: 'offered', details: past })).toBe('pass')
  })

  it('tell whoever registered themself no name', () => {
    const text = tell({ forWhom: 'self' })
    expect(text).toContain(texts.self)
    expect(text).not.toContain('Maria')
  })

  it('leave out lines of which nothing is known, and links that fill a message', () => {
    const lines = (text: string | undefined) => text?.split('\n').length ?? 0
    const whole = tell({})
    expect(lines(tell({}, { mapUrl: undefined }))).toBe(lines(whole) - 1)
    expect(lines(tell({}, { requirements: '' }))).toBe(lines(whole) - 1)
    expect(lines(tell({}, { mapUrl: `https://contoh.example/${'x'.repeat(400)}` }))).toBe(lines(whole) - 1)
    expect(lines(tell({ state: 'rejected', reason: undefined }))).toBe(lines(tell({ state: 'rejected' })) - 1)
    expect(lines(tell({ state: 'rejected', reason: '' }))).toBe(lines(tell({ state: 'rejected' })) - 1)
  })

  it('cut what is asked of people between words, and say so', () => {
    expect(tell({})).toMatch(/(KTP|Kota|Kupang|Ijazah|terakhir)…$/m)
    expect(tell({}, { requirements: 'KTP\nIjazah' })).toContain('KTP; Ijazah\n')
  })

  it('offer the waiting list only while one can register', () => {
    const lapsed = { kind: 'lapsed', state: 'lapsed' } as const
    expect(tell(lapsed)).toContain('daftar 12')
    expect(tell(lapsed, {}, at('03 17:00'))).not.toContain('daftar 12')
  })

  it('tell decisions of all states that have words, and pass over the others', () => {
    const silent: readonly RegistrationState[] = ['registered', 'offered', 'certified', 'lapsed', 'cancelled']
    for (const state of registrationStates) {
      expect([state, fateAt({ state })]).toEqual([state, silent.includes(state) ? 'pass' : 'tell'])
    }
    expect(tell({ state: 'attending' })).toBe(tell({ state: 'accepted' }))
    expect(fateAt({ isTold: true })).toBe('pass')
  })

  it('pass over what makes no sense once the course is over', () => {
    for (const state of ['finished', 'cancelled'] as const) {
      for (const open of ['screened', 'interview', 'reserve', 'accepted', 'attending'] as const)
        expect(fateAt({ state: open }, { state })).toBe('pass')
      for (const last of ['rejected', 'passed', 'not_passed', 'withdrawn', 'absent'] as const)
        expect(fateAt({ state: last }, { state })).toBe('tell')
      expect(fateAt({ kind: 'changed' }, { state })).toBe('pass')
      expect(fateAt({ kind: 'lapsed', state: 'lapsed' }, { state })).toBe('pass')
    }
    expect(fateAt({ kind: 'changed' }, { state: 'running' }, at('05 10:00'))).toBe('pass')
    expect(fateAt({ kind: 'changed', state: 'rejected' })).toBe('pass')
    expect(fateAt({ kind: 'changed', state: 'reserve' })).toBe('tell')
    expect(fateAt({ kind: 'course_cancelled' })).toBe('pass')
    expect(fateAt({ kind: 'lapsed', state: 'accepted' })).toBe('pass')
  })

  it('pass over reminders out of their time, and take back those of a session that is not there', () => {
    const reminder = { kind: 'reminder_1', details: session } as const
    expect(fateAt(reminder, {}, at('04 20:59'))).toBe('tell')
    expect(fateAt(reminder, {}, at('04 21:00'))).toBe('pass')
    expect(fateAt(reminder, {}, at('05 07:00'))).toBe('pass')
    expect(fateAt({ ...reminder, state: 'reserve' }, {}, at('04 12:00'))).toBe('pass')
    expect(fateAt({ ...reminder, isStopped: true }, {}, at('04 12:00'))).toBe('pass')
    expect(fateAt(reminder, { state: 'cancelled' }, at('04 12:00'))).toBe('pass')
    expect(fateAt(reminder, { sessions: [] }, at('04 12:00'))).toBe('withdraw')
  })

  it('pass over what was given up or erased', () => {
    expect(fateAt({ isGivenUp: true })).toBe('pass')
    expect(fateAt({ chatId: undefined })).toBe('pass')
  })

  it('say of a course that is not free what it costs', () => {
    expect(announcementText({ ...course, cost: 25_000 }, news, words, now)).toContain('Rp25.000')
    expect(announcementText(course, news, words, now)).toContain(words.words.free)
  })

  it('say of a course on which one cannot register yet from when on one can', () => {
    const opensAt = at('02 08:00')
    const text = announcementText({ ...course, state: 'announced', opensAt }, news, words, now)
    expect(text).toContain('Senin, 2 Maret 2026 pukul 08.00 WITA')
    expect(text).toContain('daftar 12')
    expect(announcementText(course, news, words, now)).not.toContain('Minggu, 1 Maret')
  })
})

describe('parseNoticeTexts', () => {
  it('reports every problem at once, with its place', async () => {
    const broken = (await contentOf('pelatihan-kabar'))
      .replace('at: 9', 'at: 22')
      .replace('dibatalkan oleh petugas.', '{{old_place}} {{nomor}}')
      .replace('Selamat belajar!', 'Selamat belajar! {{reason}}')
      .replace('Pelatihan baru: {{title}}', 'Pelatihan baru untuk {{who}}: {{title}}')
    const problems = [
      'reminders: `at`',
      'results.withdrawn: {{old_place}}',
      'results.withdrawn: {{nomor}}',
      'reminder_0: {{reason}}',
      'announcement: {{who}}',
    ]
    for (const problem of problems)
      expect(() => parseNoticeTexts(broken, 'kabar.yaml')).toThrow(`kabar.yaml: ${problem}`)
  })

  it('needs words for every state that is told', async () => {
    const broken = (await contentOf('pelatihan-kabar')).replace('  absent: |', '  absen: |')
    expect(() => parseNoticeTexts(broken)).toThrow(/results/)
  })
})
