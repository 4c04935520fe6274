import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBrowseWords } from '../../../src/training/browse/browse-words.ts'
import { matchCourses, type Sought } from '../../../src/training/browse/match-courses.ts'
import { readQuery } from '../../../src/training/browse/read-query.ts'
import { parseTrainingWords } from '../../../src/training/training-words.ts'
import { language } from '../../language/the-language.ts'
import { freshSentences } from './fresh-sentences.ts'
import { sentences } from './sentences.ts'

const content = (name: string) =>
  readFileSync(new URL(`../../../flows/content/${name}.yaml`, import.meta.url), 'utf8')
const deps = {
  words: parseTrainingWords(content('pelatihan')),
  texts: parseBrowseWords(content('pelatihan-tanya')),
  language,
}

/** Friday, 10.00 in Kupang. */
const now = new Date('2026-01-02T10:00:00+08:00')

function course(number: number, title: string, subject: string, where: string, ...days: string[]): Sought {
  const sessions = days.map((day) => ({ startsAt: new Date(`${day}T09:00:00+08:00`) }))
  return { number, title, subject, where: [where], startsAt: sessions[0]!.startsAt, sessions }
}

const open = [
  course(8, 'Kue kering dan roti', 'tata_boga', '53.71.03.1011', '2026-01-03'),
  course(7, 'Microsoft Office untuk pemula', 'komputer', '53.71.04.1013', '2026-01-07', '2026-01-08'),
  course(1, 'Menjahit dasar', 'menjahit', '53.71.03.1010', '2026-01-12', '2026-01-13'),
  course(5, 'Tata rias pengantin', 'tata_rias', '53.71.05.1004', '2026-01-12'),
  course(4, 'Barista pemula', 'barista', '53.71.04.1011', '2026-01-19', '2026-01-24'),
  course(3, 'Las listrik SMAW', 'las', '53.71.03.1010', '2026-02-02'),
  course(2, 'Menjahit lanjutan', 'menjahit', '53.71.04.1001', '2026-02-09'),
  course(6, 'Servis AC rumah tangga', 'pendingin', '53.71.04.1010', '2026-03-16'),
]
const over = [
  course(10, 'Barbershop angkatan 1', 'pangkas_rambut', '53.71.01.1008', '2025-12-15'),
  course(11, 'Barbershop angkatan 2', 'pangkas_rambut', '53.71.01.1008', '2026-01-10'),
  course(9, 'Tenun ikat Timor', 'tenun', '53.71.01.1008', '2026-01-20'),
]

function outcome(sentence: string, courses = { open, over }): string {
  const titles = [...open, ...over].map(({ title }) => title)
  const query = readQuery(deps, sentence, titles, now)
  const matched = matchCourses(query, courses)
  if (matched.type === 'one') {
    const { number } = matched.course
    return query.aspects.length === 0 ? `one ${number}` : `answer ${number} ${query.aspects.join()}`
  }
  return matched.type === 'some' ? `some ${matched.courses.map(({ number }) => number).join()}` : matched.type
}

describe('readQuery', () => {
  it.each([...sentences, ...freshSentences])('finds for %j: %s', (sentence, expected) => {
    expect(outcome(sentence)).toBe(expected)
  })
})

describe('matchCourses', () => {
  it('finds nothing where nothing is open and nothing closed is meant', () => {
    expect(outcome('kursus jahit', { open: [], over })).toBe('none')
    expect(outcome('', { open: [], over })).toBe('none')
    expect(outcome('kursus tenun', { open: [], over })).toBe('one 9')
  })

  it('puts those first that fit partly', () => {
    const titles = open.map(({ title }) => title)
    const matched = matchCourses(readQuery(deps, 'kursus las di liliba', titles, now), { open, over })
    expect(matched.type === 'others' && matched.courses.map(({ number }) => number)).toEqual([
      ...[3, 6],
      ...[8, 7, 1, 5, 4, 2],
    ])
  })
})

describe('readQuery on anything', () => {
  const titles = Array.from({ length: 300 }, (_, index) => `Kursus nomor${index} pembuatan produk${index}`)

  it('reads whatever is written', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(
        fc.constantFrom('kursus', 'las', '12', 'januari', 'di', 'oesapa', 'bukan', 'hari', '31', 'kapan'),
      ),
    )
    fc.assert(
      fc.property(anything, (said) => {
        const sentence = typeof said === 'string' ? said : said.join(' ')
        const { time } = readQuery(deps, sentence, titles.slice(0, 3), now)
        if (time?.type === 'days') expect(time.first <= time.last).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('stays quick on a long text and many courses', () => {
    for (const part of ['kursus ', 'xyz', 'abcdefgh ', '1 ', 'menjahitkan ', 'pembuatannya ']) {
      // What others do on the machine meanwhile does not count.
      const started = process.cpuUsage()
      readQuery(deps, part.repeat(4_000 / part.length), titles, now)
      expect(process.cpuUsage(started).user).toBeLessThan(1_000_000)
    }
  })
})
