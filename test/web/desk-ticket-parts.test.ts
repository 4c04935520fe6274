import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ticketKinds } from '../../src/inquiry/ticket.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createSealedSearch } from '../../src/web/desk/sealed-search.ts'
import {
  answersFor,
  fillAnswer,
  parseCannedAnswers,
  unfilledPlaces,
} from '../../src/web/desk/tickets/canned-answers.ts'
import { readWish, wishPath } from '../../src/web/desk/tickets/list-wish.ts'
import { openingHours } from '../../src/web/desk/tickets/opening-hours.ts'
import { promiseText } from '../../src/web/desk/tickets/promise.ts'
import { longestText } from '../../src/web/desk/tickets/ticket-deps.ts'
import { deskNow } from '../support/memory-ticket-desk.ts'
import { readTicketWords } from '../support/ticket-world.ts'

const { texts, answers } = readTicketWords()
const minute = 60_000
const values = {
  ...{ nomor: '1204', kantor: 'Dinas Sosial Kota Kupang', nama_petugas: 'Maria Contoh' },
  ...{ jam_kerja: 'Senin sampai Jumat 07.30-16.00', janji: 'besok', salam: 'Selamat pagi' },
}
const one = (text: string) =>
  `answers: { satu: { title: Satu, office: semua, owner: Umum, review_by: 2027-01-01, text: ${JSON.stringify(text)} } }`

describe('the canned answers of the project', () => {
  it('are short, and leave no variable open once they are filled in', () => {
    for (const answer of answers) {
      const filled = fillAnswer(answer, values)
      expect(filled, answer.id).not.toMatch(/[{}]/)
      expect(filled.length, answer.id).toBeLessThan(longestText / 5)
    }
  })

  it('give each kind of ticket something to begin with', () => {
    for (const kind of ticketKinds)
      expect(answersFor(answers, { office: 'umum', kind }).length).toBeGreaterThan(5)
  })
})

describe('answersFor', () => {
  it('puts what is for the kind before what is for the office, and that before the rest', () => {
    const fitting = answersFor(answers, { office: 'dinsos', kind: 'proposal' })
    expect(fitting[0]?.id).toBe('usul')
    expect(fitting.map(({ id }) => id)).not.toContain('umkm')
    expect(fitting.map(({ id }) => id)).not.toContain('penipuan')
  })
})

describe('parseCannedAnswers', () => {
  it('refuses a variable that nobody fills in', () => {
    expect(() => parseCannedAnswers(one('Halo {{nik}}'))).toThrow('may only name')
  })

  it('fills in what was given as it is', () => {
    const [answer] = parseCannedAnswers(one('Halo {{nama_petugas}}'))
    expect(fillAnswer(answer!, { ...values, nama_petugas: '$& {{nomor}}' })).toBe('Halo $& {{nomor}}')
  })
})

describe('unfilledPlaces', () => {
  it('finds what an officer was to fill in, and nothing that is in brackets otherwise', () => {
    expect(unfilledPlaces(answers, 'Saya kabari [hari], lihat [1].')).toEqual(['[hari]'])
  })
})

describe('promiseText', () => {
  it.each([
    [0.5, '1 menit lagi'],
    [59, '59 menit lagi'],
    [119, '1 jam lagi'],
    [1439, '23 jam lagi'],
    [2880, '2 hari lagi'],
    [-5, 'lewat 5 menit'],
    [-60, 'lewat 1 jam'],
    [-1440, 'lewat 1 hari'],
  ])('says %d minutes as "%s"', (minutes, words) => {
    const promisedAt = new Date(deskNow.getTime() + minutes * minute)
    expect(promiseText(texts, { state: 'open', promisedAt }, deskNow)).toBe(words)
    expect(promiseText(texts, { state: 'closed', promisedAt }, deskNow)).toBe(texts.states.closed)
  })
})

describe('openingHours', () => {
  const day = { from: 450, to: 960 }

  it('says days that follow each other and are alike as one', () => {
    const week = new Map([1, 2, 4, 6, 0].map((weekday) => [weekday, day] as const))
    expect(openingHours(texts, { week })).toBe(
      'Senin sampai Selasa 07.30-16.00, Kamis 07.30-16.00, Sabtu sampai Minggu 07.30-16.00',
    )
    expect(openingHours(texts, { week: new Map() })).toBe(texts.hours.none)
  })
})

describe('wishPath', () => {
  const searches = createSealedSearch(createKeyring([newKeyEntry()]), 'tickets')
  it('is read as what it was made of, whatever was looked for', () => {
    const filter = fc.record({
      queue: fc.constantFrom('due', 'mine', 'waiting', 'closed'),
      office: fc.option(fc.constantFrom('umum', 'dinsos'), { nil: undefined }),
      kind: fc.option(fc.constantFrom(...ticketKinds), { nil: undefined }),
      search: fc.option(
        fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `a${text}b`),
        { nil: undefined },
      ),
      after: fc.option(fc.stringMatching(/^[\w.:-]{1,30}$/), { nil: undefined }),
    })
    fc.assert(
      fc.property(filter, (wish) => {
        const { search } = wish
        const sealed = search === undefined ? undefined : searches.seal('maria', search)
        const path = wishPath({ ...wish, sealed })
        const query = Object.fromEntries(new URL(path, 'http://desk.invalid').searchParams)
        expect(readWish(query, (word) => searches.open('maria', word))).toEqual({ ...wish, sealed })
        expect(readWish(query, (word) => searches.open('yosef', word)).search).toBeUndefined()
      }),
    )
  })
})
