import { describe, expect, it } from 'vitest'
import { formatDate, formatMoment, formatNumber, formatRupiah } from '../../src/language/format.ts'

describe('formatRupiah', () => {
  it('writes no space and dots between thousands', () => {
    expect(formatRupiah(25_000)).toBe('Rp25.000')
    expect(formatRupiah(1_500_000)).toBe('Rp1.500.000')
    expect(formatRupiah(500)).toBe('Rp500')
  })
})

describe('formatNumber', () => {
  it('writes decimals after a comma', () => {
    expect(formatNumber(19_615)).toBe('19.615')
    expect(formatNumber(1.5)).toBe('1,5')
    expect(formatNumber(-1234.567)).toBe('-1.234,57')
  })
})

describe('formatDate', () => {
  it('names the month', () => {
    expect(formatDate('1980-08-17')).toBe('17 Agustus 1980')
    expect(formatDate('2026-03-05')).toBe('5 Maret 2026')
  })
})

describe('formatMoment', () => {
  it('gives the time of Kupang', () => {
    expect(formatMoment(new Date('2026-03-05T01:30:00Z'))).toBe('Kamis, 5 Maret 2026 pukul 09.30 WITA')
    expect(formatMoment(new Date('2026-03-04T16:00:00Z'))).toBe('Kamis, 5 Maret 2026 pukul 00.00 WITA')
  })
})
