import { describe, expect, it } from 'vitest'
import { hasIdentifier, withoutIdentifiers } from '../../src/language/identifier.ts'

// Of an area that no place has, so that it is nobody's.
const nik = '5399041708800001'

describe('withoutIdentifiers', () => {
  it('takes out what may be a NIK or KK number, together or in groups', () => {
    expect(withoutIdentifiers(`NIK ${nik}.`)).toBe('NIK #.')
    expect(withoutIdentifiers(`no 1 ${nik.replace(/(\d{4})(?=\d)/g, '$1 ')} ya`)).toBe('no 1 # ya')
    expect(withoutIdentifiers(nik.replace(/(\d{6})(?=\d)/g, '$1-'))).toBe('#')
    expect(withoutIdentifiers('00000000000000001234')).toBe('#')
  })

  it('leaves phone numbers, hours and dates', () => {
    for (const text of [
      'Hubungi 0812 3456 7890 atau 0380 833100',
      'Senin 08.00-12.00, Selasa 08.00-12.00',
      '5-1-2026 sampai 16-1-2026',
      '0812-3456-7890',
    ])
      expect(withoutIdentifiers(text)).toBe(text)
  })
})

describe('hasIdentifier', () => {
  it('sees through other digits', () => {
    expect(hasIdentifier(nik.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))))).toBe(
      true,
    )
    expect(hasIdentifier('tanggal 5-1-2026')).toBe(false)
  })
})
