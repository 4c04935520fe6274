import { describe, expect, it } from 'vitest'
import { parseBirth } from '../../src/language/birth.ts'

// Already the sixth in Kupang.
const now = new Date('2026-01-05T20:00:00Z')

function outcome(text: string): unknown {
  const parsed = parseBirth(text, now)
  if (parsed.type === 'problem') return parsed.problem
  if (parsed.type === 'ambiguous') return 'ambiguous'
  return parsed.confirm === true ? [parsed.value, 'confirm'] : parsed.value
}

describe('parseBirth', () => {
  it.each([
    ['17-08-1998', '1998-08-17'],
    ['17 agt 1998', '1998-08-17'],
    ['23-5-73', '1973-05-23'],
    ['lahir 6 januari 2009', '2009-01-06'],
    ['6-1-2026', '2026-01-06'],
  ])('reads the date %j as %j', (text, expected) => {
    expect(outcome(text)).toBe(expected)
  })

  it.each([
    ['1998', '1998'],
    ['thn 98', '1998'],
    ['thn 1998', '1998'],
    ['th.1998', '1998'],
    ['Lahir tahun 1998', '1998'],
    ['lahir 1998 pak', '1998'],
    ['kelahiran 98', '1998'],
    ['beta lahir taon 1998', '1998'],
    ['tahun 05', '2005'],
    ['saya lahir di Kupang tahun 1998', '1998'],
    ['mei 1998', '1998'],
    ['lahir bulan mei 1998', '1998'],
    ['sembilan belas sembilan puluh delapan', '1998'],
    ['tahun seribu sembilan ratus sembilan puluh delapan', '1998'],
    ['dua ribu lima', '2005'],
    ['2026', '2026'],
  ])('reads the year of %j', (text, expected) => {
    expect(outcome(text)).toBe(expected)
  })

  it.each([
    ['98', '1998'],
    ["'98", '1998'],
    ['05', '2005'],
    ['28', '1928'],
  ])('asks back what two figures alone mean: %j', (text, year) => {
    expect(outcome(text)).toEqual([year, 'confirm'])
  })

  it.each([
    ['2027', 'birth_date.future'],
    ['7-1-2026', 'birth_date.future'],
    ['2100', 'birth_date.future'],
    ['2500', 'birth_date.future'],
    ['1905', 'birth_date.too_old'],
    ['1880', 'birth_date.too_old'],
    ['thn 15', 'birth_date.short_year'],
    ['1-2-15', 'birth_date.short_year'],
    ['31-02-1998', 'date.impossible'],
    ['umur 28', 'birth.unreadable'],
    ['28 tahun', 'birth.unreadable'],
    ['28thn', 'birth.unreadable'],
    ['usia saya 28', 'birth.unreadable'],
    ['5', 'birth.unreadable'],
    ['199', 'birth.unreadable'],
    ['19988', 'birth.unreadable'],
    ['1998 atau 1999', 'birth.unreadable'],
    ['17 agustus', 'birth.unreadable'],
    ['besok', 'birth.unreadable'],
    ['sonde tau', 'birth.unreadable'],
    ['tahun', 'birth.unreadable'],
    ['', 'birth.unreadable'],
  ])('refuses %j: %s', (text, expected) => {
    expect(outcome(text)).toBe(expected)
  })

  it('counts the year in the time of Kupang', () => {
    const newYear = new Date('2026-12-31T17:00:00Z')
    expect(parseBirth('2027', newYear)).toMatchObject({ type: 'value', value: '2027' })
  })

  it('says it back in words', () => {
    expect(parseBirth('thn 98', now)).toMatchObject({ label: '1998' })
    expect(parseBirth('17-8-98', now)).toMatchObject({ label: '17 Agustus 1998' })
  })
})
