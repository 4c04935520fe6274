import { describe, expect, it } from 'vitest'
import { parseBirthDate } from '../../src/language/date.ts'

// Already the sixth in Kupang.
const now = new Date('2026-01-05T20:00:00Z')

describe('parseBirthDate', () => {
  it.each([
    ['17-08-1980', '1980-08-17'],
    ['17 agustus 1980', '1980-08-17'],
    ['6-1-2026', '2026-01-06'],
    ['23-5-73', '1973-05-23'],
    ['23 mei 73', '1973-05-23'],
    ['23 mey 1973', '1973-05-23'],
    ['dua puluh tiga mei tujuh tiga', '1973-05-23'],
    ['23 mei sembilan belas tujuh puluh tiga', '1973-05-23'],
    ['tujuh belas agustus seribu sembilan ratus delapan puluh', '1980-08-17'],
    ['6-1-09', '2009-01-06'],
    ['1-1-30', '1930-01-01'],
  ])('reads %j as %j', (text, value) => {
    const parsed = parseBirthDate(text, now)
    expect(parsed).toMatchObject({ type: 'value', value })
    expect(parsed).not.toHaveProperty('confirm')
  })

  it.each([
    ['besok', 'date.unreadable'],
    ['hari ini', 'date.unreadable'],
    ['7-1-2026', 'birth_date.future'],
    ['1-1-2080', 'birth_date.future'],
    ['1-1-1905', 'birth_date.too_old'],
    ['1-2-15', 'birth_date.short_year'],
    ['31-02-1980', 'date.impossible'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseBirthDate(text, now)).toMatchObject({ type: 'problem', problem })
  })
})
