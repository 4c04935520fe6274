import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DemoSize, demoClaimCodes, fullDemo, generateDemo, smallDemo } from '../../prisma/demo.ts'
import { demoCsv } from '../../prisma/demo-csv.ts'
import { parseClaimCode } from '../../src/language/claim-code.ts'
import { nikProblem } from '../../src/language/nik.ts'
import { createPlaces } from '../../src/language/places.ts'
import { createAssistanceWorld } from '../support/assistance-world.ts'

const places = createPlaces(
  readFileSync('flows/language/kelurahan.csv', 'utf8'),
  readFileSync('flows/language/kelurahan-alias.csv', 'utf8'),
  [],
).all
const make = (size: DemoSize, seed?: number) => [...generateDemo(size, places, seed)]

describe('generateDemo', () => {
  it.each([
    ['small', smallDemo],
    ['full', fullDemo],
  ])('makes exactly as many as asked for: %s', (_, size) => {
    const households = make(size)
    const persons = households.flatMap(({ members }) => members)
    const pkh = households.filter(({ programmes }) => programmes.has('pkh'))
    const { shops, ...people } = size
    expect(shops).toBeGreaterThan(0)
    expect({ households: households.length, persons: persons.length, pkh: pkh.length }).toEqual(people)
    expect(new Set(households.map(({ kelurahan }) => kelurahan.code)).size).toBe(51)
    expect(new Set(persons.map(({ nik }) => nik)).size).toBe(size.persons)
  })

  it('makes only synthetic people, whose NIKs keep the rules and whose details find one person', () => {
    const details = new Set<string>()
    for (const { members, kelurahan } of make(fullDemo)) {
      for (const { nik, name, birthDate } of members) {
        if (!nik.startsWith('5399') || nikProblem(nik) !== undefined || !name.startsWith('Warga Contoh ')) {
          expect.fail(`${name} is not as they must be`)
        }
        details.add(`${birthDate}|${kelurahan.code}|${nik.slice(-4)}`)
      }
    }
    expect(details.size).toBe(fullDemo.persons)
  })

  it('makes the same people for the same seed, and others for another', () => {
    expect(make(smallDemo, 7)).toEqual(make(smallDemo, 7))
    expect(make(smallDemo, 7)).not.toEqual(make(smallDemo, 8))
  })

  it('gives the first household aid and the second none', () => {
    const [first, second] = make(smallDemo)
    expect([first?.programmes.has('pkh'), second?.programmes.size]).toEqual([true, 0])
  })
})

describe('demoClaimCodes', () => {
  it('are codes that a resident can type', () => {
    for (const code of demoClaimCodes)
      expect(parseClaimCode(code)).toMatchObject({ type: 'value', value: code })
  })
})

describe('demoCsv', () => {
  it.each([
    ['keluarga', smallDemo.households],
    ['individu', smallDemo.persons],
  ] as const)('writes a P3KE sheet that the importer takes whole: %s', async (sheet, rows) => {
    const world = await createAssistanceWorld()
    try {
      const file = await world.file('p3ke.csv', [...demoCsv(sheet, generateDemo(smallDemo, places))].join(''))
      const request = { file, kind: 'p3ke', title: 'P3KE', asOf: '2023-02-01', by: 'petugas' }
      const outcome = await world.importer()(request)
      expect(outcome).toMatchObject({
        type: 'imported',
        report: { rows, accepted: rows, quarantined: 0, warnings: [] },
      })
    } finally {
      await world.close()
    }
  })
})
