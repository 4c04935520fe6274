import { describe, expect, it } from 'vitest'
import { parseBirthDate } from '../../src/language/date.ts'

// Already the sixth in Kupang.
const now = new Date('2026-01-05T20:00:00Z')

describe('parseBirthDate', () => {
  it.each([
    ['17-08-1980', '1980-08-17'],
    ['17 agustus 1980', '1980-08-17'],
    ['6-1-2026', '2026-01-06'],
  ])('reads %j as %j', (text, value) => {
    expect(parseBirthDate(text, now)).toMatchObject({ type: 'value', value })
  })

  it.each([
    ['besok', 'date.unreadable'],
    ['hari ini', 'date.unreadable'],
    ['7-1-2026', 'birth_date.future'],
    ['1-1-2080', 'birth_date.future'],
    ['1-1-1905', 'birth_date.too_old'],
    ['31-02-1980', 'date.impossible'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseBirthDate(text, now)).toMatchObject({ type: 'problem', problem })
  })
})
