import { describe, expect, it } from 'vitest'
import { readClock, readWhole } from '../../../../src/web/desk/trainings/read-figures.ts'

describe(readClock.name, () => {
  it.each([
    ['8', '08.00'],
    ['8.00', '08.00'],
    ['08:00', '08.00'],
    ['8.30', '08.30'],
    ['23.59', '23.59'],
    ['0', '00.00'],
    ['08.00 WITA', '08.00'],
  ])('reads "%s"', (text, clock) => {
    expect(readClock(text)).toBe(clock)
  })

  it.each(['', '24', '8.60', '8.5', 'pagi', '08.00-09.00', '-1', '8 sore'])('refuses "%s"', (text) => {
    expect(readClock(text)).toBeUndefined()
  })
})

describe(readWhole.name, () => {
  it.each([
    ['16', 16],
    ['0', 0],
    ['25.000', 25_000],
    ['Rp25.000', 25_000],
    ['rp 1.500.000', 1_500_000],
  ])('reads "%s"', (text, value) => {
    expect(readWhole(text)).toBe(value)
  })

  it.each(['', 'enam belas', '1,5', '2.50', '-3', '1e3', '12345678901'])('refuses "%s"', (text) => {
    expect(readWhole(text)).toBeUndefined()
  })
})
