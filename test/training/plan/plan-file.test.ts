import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlaces } from '../../../src/language/places.ts'
import {
  type CoursePlan,
  educations,
  type Quota,
  questionKinds,
  selections,
} from '../../../src/training/course.ts'
import { readPlanFile, writePlanFile } from '../../../src/training/plan/plan-file.ts'

const table = (name: string) => readFileSync(`flows/language/${name}.csv`, 'utf8')
const places = createPlaces(table('kelurahan'), table('kelurahan-alias'), [])

const least = `
title: Menjahit dasar
subject: menjahit
office: nakertrans
place: Aula Kantor Lurah
contact: 0380-000000
seats: 16
selection: arrival
opens_at: 2026-01-05 08.00
closes_at: 2026-01-20 16:00
sessions:
  - { date: 2026-02-02, from: 08.00, to: 12.00 }
`

function planOf(yaml: string): CoursePlan {
  const read = readPlanFile(yaml, places)
  if (read.type === 'broken') throw new Error(read.problems.join('\n'))
  return read.plan
}

function problemsOf(yaml: string): readonly string[] {
  const read = readPlanFile(yaml, places)
  return read.type === 'broken' ? read.problems : []
}

describe('readPlanFile', () => {
  it('reads a short file, with the same defaults as the database', () => {
    expect(planOf(least)).toEqual({
      ...{ title: 'Menjahit dasar', subject: 'menjahit', office: 'nakertrans', description: '' },
      ...{ place: 'Aula Kantor Lurah', mapUrl: undefined, kelurahan: undefined, cost: 0, requirements: '' },
      ...{ contact: '0380-000000', minAge: undefined, maxAge: undefined, minEducation: undefined },
      ...{ domicile: [], seats: 16, quotas: [], selection: 'arrival', questions: [] },
      opensAt: new Date('2026-01-05T08:00+08:00'),
      closesAt: new Date('2026-01-20T16:00+08:00'),
      sessions: [
        {
          startsAt: new Date('2026-02-02T08:00+08:00'),
          endsAt: new Date('2026-02-02T12:00+08:00'),
          title: undefined,
          place: undefined,
        },
      ],
      ...{ exclusive: true, offerHours: 24, barDays: 0, minAttendance: 80 },
    })
    const schema = readFileSync('prisma/schema.prisma', 'utf8')
    const [course = ''] = /model Course \{.*?^\}/ms.exec(schema) ?? []
    for (const [field, value] of [
      ['exclusive', 'true'],
      ['offerHours', '24'],
      ['barDays', '0'],
      ['minAttendance', '80'],
      ['cost', '0'],
    ]) {
      expect(course).toMatch(new RegExp(`${field} +\\S+ +@default\\(${value}\\)`))
    }
  })

  it('reads everything that an officer may write', () => {
    const plan = planOf(`${least}
description: Untuk pemula.
map_url: https://maps.example/abc
kelurahan: Naikoten I
cost: Rp25.000
requirements: [KTP, "Ijazah: terakhir"]
min_age: 17
max_age: 40
min_education: smp
domicile: [Lasiana, kecamatan Oebobo, kel. Alak, 53.71.05, 53.71.01.1001]
quotas:
  - { by: kelurahan, values: [Lasiana, 5371041001], seats: 4 }
  - { by: kecamatan, values: [Kota Raja], seats: 8 }
  - { by: gender, values: [Perempuan], seats: 10 }
  - { by: desil, values: [1, 2], seats: 3 }
questions:
  - Punya mesin jahit?
  - { id: size, text: Ukuran baju?, kind: choice, choices: [S, M, L] }
  - { text: Alasan lain?, optional: ya }
exclusive: tidak
offer_hours: 12
bar_days: 90
min_attendance: 75
`)
    expect(plan).toMatchObject({
      ...{ description: 'Untuk pemula.', mapUrl: 'https://maps.example/abc', cost: 25_000 },
      ...{ kelurahan: '53.71.05.1004', requirements: 'KTP\nIjazah: terakhir', minAge: 17, maxAge: 40 },
      ...{ minEducation: 'smp', exclusive: false, offerHours: 12, barDays: 90, minAttendance: 75 },
    })
    expect(plan.domicile.map((code) => places.byCode(code)?.name ?? code)).toEqual([
      'Lasiana',
      '53.71.04',
      'Alak',
      '53.71.05',
      places.byCode('53.71.01.1001')?.name,
    ])
    expect(plan.quotas.map(({ by, values }) => [by, values.length])).toEqual([
      ['kelurahan', 2],
      ['kecamatan', 1],
      ['gender', 1],
      ['desil', 2],
    ])
    expect(plan.quotas[2]?.values).toEqual(['female'])
    expect(plan.questions).toEqual([
      { id: 'q1', text: 'Punya mesin jahit?', kind: 'text', choices: [], optional: false },
      { id: 'size', text: 'Ukuran baju?', kind: 'choice', choices: ['S', 'M', 'L'], optional: false },
      { id: 'q3', text: 'Alasan lain?', kind: 'text', choices: [], optional: true },
    ])
  })

  it('tells every wrong place at once, each with its line', () => {
    const problems = problemsOf(`title: ''
subject: menjahit
office: nakertrans
place: Aula
contact: Bu Contoh
seats: enam belas
selection: undian
opens_at: besok
closes_at: 2026-01-20 16.00
domicile: [Alak, Baun]
warna: merah
sessions:
  - { date: 2026-02-30, from: 08.00, to: 25.00 }
  - { date: 2026-02-03, from: 08.00 }
quotas:
  - { by: desil, values: [11], seats: 2 }
questions:
  - { text: Ukuran?, kind: gambar }
`)
    expect(problems.toSorted()).toEqual(
      [
        'line 1: title: is empty',
        'line 6: seats: is no whole number',
        'line 7: selection: is none of arrival, officer',
        'line 8: opens_at: is no moment such as 2026-12-01 08.00',
        'line 10: domicile.0: is a kelurahan and a kecamatan: write "kelurahan Alak" or "kecamatan Alak"',
        'line 10: domicile.1: "Baun" is no kelurahan or kecamatan of the city',
        'line 13: sessions.0.date: is no day such as 2026-12-01',
        'line 13: sessions.0.to: is no time such as 08.00',
        'line 14: sessions.1.to: is missing',
        'line 16: quotas.0.values.0: is no desil of 1 to 10',
        'line 18: questions.0.kind: is none of text, number, date, yes_no, choice',
        'Unrecognized key: "warna"',
      ].toSorted(),
    )
  })

  it.each([
    ['', 'title: is missing'],
    ['- satu', 'Invalid input: expected object, received array'],
    ['title: [a', 'line 1: '],
    ['title: a\ntitle: b', 'line 2: Map keys must be unique'],
    [least.replace(/sessions:\n.*/, 'sessions: []'), 'line 11: sessions: is empty'],
    [`${least}quotas: [{ by: gender, values: [semua], seats: 1 }]`, 'is neither female nor male'],
    [`${least}quotas: [{ by: kecamatan, values: [Lasiana], seats: 1 }]`, 'is no kecamatan of the city'],
    [`${least}cost: 2,5 juta`, 'is no amount in whole rupiah'],
  ])('says what is wrong with %j', (yaml, what) => {
    expect(problemsOf(yaml).join('\n')).toContain(what)
  })
})

const words = fc.stringMatching(/^[A-Za-z0-9:#'"?,.{}[\]&*!|> -]{1,30}$/).map((text) => text.trim() || 'x')
const code = fc.constantFrom(...places.all.map((one) => one.code))
const district = fc.constantFrom(...new Set(places.all.map((one) => one.code.slice(0, 8))))
const minute = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((at) => new Date(Date.UTC(2026, 0, 1) + at * 60_000))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const quota: fc.Arbitrary<Quota> = fc
  .oneof(
    fc.tuple(fc.constant('kelurahan' as const), fc.array(code, { minLength: 1, maxLength: 3 })),
    fc.tuple(fc.constant('kecamatan' as const), fc.array(district, { minLength: 1, maxLength: 3 })),
    fc.tuple(fc.constant('gender' as const), fc.constantFrom(['female'], ['male'])),
    fc.tuple(fc.constant('desil' as const), fc.constantFrom(['1'], ['2', '10'])),
  )
  .chain(([by, values]) => fc.nat(20).map((seats) => ({ by, values, seats })))
const plans: fc.Arbitrary<CoursePlan> = fc.record({
  ...{ title: words, subject: words, office: words, description: words, place: words },
  ...{ mapUrl: maybe(words), kelurahan: maybe(code), cost: fc.nat(9_999_999), contact: words },
  requirements: fc.array(words, { maxLength: 3 }).map((list) => list.join('\n')),
  ...{ minAge: maybe(fc.nat(99)), maxAge: maybe(fc.nat(99)) },
  minEducation: maybe(fc.constantFrom(...educations)),
  domicile: fc.array(fc.oneof(code, district), { maxLength: 3 }),
  ...{ seats: fc.nat(99), quotas: fc.array(quota, { maxLength: 3 }) },
  selection: fc.constantFrom(...selections),
  ...{ opensAt: minute(0, 99_999), closesAt: minute(0, 99_999) },
  sessions: fc.array(
    fc.integer({ min: 0, max: 300 }).chain((day) =>
      fc.record({
        startsAt: minute(day * 1440 - 480, day * 1440 + 100),
        endsAt: minute(day * 1440 + 101, day * 1440 + 959),
        ...{ title: maybe(words), place: maybe(words) },
      }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  questions: fc.array(
    fc.record({
      id: fc.stringMatching(/^[a-z0-9_]{1,30}$/),
      text: words,
      kind: fc.constantFrom(...questionKinds),
      choices: fc.array(words, { maxLength: 3 }),
      optional: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  ...{ exclusive: fc.boolean(), offerHours: fc.nat(99), barDays: fc.nat(99), minAttendance: fc.nat(100) },
})

describe('writePlanFile', () => {
  it('writes what reads back as the same plan', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(planOf(writePlanFile(plan, places))).toEqual(plan)
      }),
    )
  })

  it('names areas so that nobody takes a kelurahan for a kecamatan', () => {
    const plan = { ...planOf(least), domicile: ['53.71.04', '53.71.04.1001', '53.71.03.1001'] }
    const file = writePlanFile(plan, places)
    expect(file).toContain('kecamatan Oebobo')
    expect(planOf(file).domicile).toEqual(plan.domicile)
  })
})
