import { describe, expect, it } from 'vitest'
import { maskDigits, maskName, maskNik } from '../../src/language/mask.ts'

describe('maskDigits', () => {
  it.each([
    ['NIK 5399011708800001 ya', 'NIK # ya'],
    ['5399 0117 0880 0001', '#'],
    ['5399.0117-0880 / 0001', '#'],
    ['hp 0812-3456-7890', 'hp #'],
    ['５３９９０１１７０８８００００１', '#'],
    ['53\u200b99011708800001', '#'],
    ['harga 25000, 3 buah', 'harga 25000, 3 buah'],
    ['lahir 17-08-1980', 'lahir #'],
  ])('turns %j into %j', (text, masked) => {
    expect(maskDigits(text)).toBe(masked)
  })
})

describe('maskName', () => {
  it.each([
    ['WAWAN LISTIANI', 'W***N L******I'],
    ['Yo', 'Y*'],
    ['A B', '* *'],
    ['Ani', 'A*i'],
    ['', ''],
  ])('turns %j into %j', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})

describe('maskNik', () => {
  it('shows the first and last four digits of a NIK, and nothing of anything else', () => {
    expect(maskNik('5399011708800001')).toBe('5399********0001')
    expect(maskNik('539901')).toBe('######')
  })
})
