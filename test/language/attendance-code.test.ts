import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClassCode } from '../../src/language/attendance-code.ts'

function outcome(text: string): unknown {
  const parsed = parseClassCode(text)
  if (parsed.type === 'ambiguous') return parsed.candidates.map(({ value }) => value)
  return parsed.type === 'problem' ? [parsed.problem, parsed.details.digits] : parsed.value
}

describe('parseClassCode', () => {
  it.each([
    ['123456', '123456'],
    ['012345', '012345'],
    ['123 456', '123456'],
    ['hadir 123 456', '123456'],
    ['HADIR123456', '123456'],
    ['absen:123456', '123456'],
    ['absen 123-456 pak', '123456'],
    ['1 2 3 4 5 6', '123456'],
    ['12 34 56', '123456'],
    ['kodenya 123456.', '123456'],
    ['hadir pelatihan 12 kode 123456', '123456'],
    ['absen 12 123456', '123456'],
    ['beta su datang, kode 123456 do', '123456'],
    ['１２３４５６', '123456'],
    ['123\u200b456', '123456'],
    ['123456 123456', '123456'],
    ['satu dua tiga empat lima enam', '123456'],
    ['nol nol tiga ampat lima anam', '003456'],
  ])('reads %j as %j', (text, code) => {
    expect(outcome(text)).toBe(code)
  })

  it('offers both of two codes', () => {
    expect(outcome('123456 bukan, eh 654321')).toEqual(['123456', '654321'])
  })

  it.each([
    ['12345', 5],
    ['1234567', 7],
    ['hadir 123 4567', 7],
    ['0812 3456 7890', 12],
    ['0812 345678', 10],
    ['05-03-2026', 8],
    ['satu dua tiga', 3],
  ])('tells that %j has %i digits', (text, digits) => {
    expect(outcome(text)).toEqual(['class_code.length', digits])
  })

  it.each(['', 'hadir', 'beta su ada di kelas', 'kodenya apa'])('finds no code in %j', (text) => {
    expect(outcome(text)).toEqual(['class_code.unreadable', undefined])
  })

  it('finds any six digits that stand alone among words', () => {
    const word = fc.constantFrom('hadir', 'absen', 'kode:', 'pak', 'beta su datang,')
    const code = fc.stringMatching(/^\d{6}$/)
    fc.assert(
      fc.property(word, code, word, (before, six, after) => {
        expect(outcome(`${before} ${six} ${after}`)).toBe(six)
      }),
    )
  })
})
