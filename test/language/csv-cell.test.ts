import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../src/language/csv-cell.ts'

describe('csvCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+62', "'+62"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['\nx', `"'\nx"`],
    ['  =x', "'  =x"],
    ['＝x', "'＝x"],
    ['=a,"b"', `"'=a,""b"""`],
    ['a=b', 'a=b'],
    ['', ''],
  ])('writes %j as %j', (text, cell) => expect(csvCell(text)).toBe(cell))

  it('never begins as a formula does, and keeps every letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n ",;ab') }), (text) => {
        const cell = csvCell(text)
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
        expect(read).not.toMatch(/^[=+\-@\t\r]/)
        expect(read.startsWith("'") ? read.slice(1) : read).toBe(text)
      }),
    )
  })
})
