import { describe, expect, it } from 'vitest'
import { nikProblem, parseNik, parseNikTail } from '../../src/language/nik.ts'

describe('nikProblem', () => {
  it.each([
    ['539901170880001', 'nik.length'],
    ['53990117088000011', 'nik.length'],
    ['1111111111111111', 'nik.repeated'],
    ['1234567890123456', 'nik.repeated'],
    ['0099011708800001', 'nik.province'],
    ['5499011708800001', 'nik.province'],
    ['9899011708800001', 'nik.province'],
    ['5399010008800001', 'nik.date'],
    ['5399013208800001', 'nik.date'],
    ['5399014008800001', 'nik.date'],
    ['5399017208800001', 'nik.date'],
    ['5399011700800001', 'nik.date'],
    ['5399011713800001', 'nik.date'],
    ['5399013104800001', 'nik.date'],
    ['5399013002800001', 'nik.date'],
    ['5399012902010001', 'nik.date'],
    ['5399016902010001', 'nik.date'],
    ['5399011708800000', 'nik.serial'],
    ['539901170880000a', 'nik.unreadable'],
  ])('refuses %s for %s', (digits, expected) => {
    expect(nikProblem(digits)).toBe(expected)
  })

  it.each([
    '5399011708800001',
    '5399015708800001',
    '5399012902000001',
    '5399012902800001',
    '5399016902960001',
    '5399017101990001',
    '9199011708800001',
    '9799011708809999',
  ])('accepts %s', (digits) => {
    expect(nikProblem(digits)).toBeUndefined()
  })
})

describe('parseNik', () => {
  it.each([
    '5399011708800001',
    '5399 0117 0880 0001',
    '5399.0117.0880.0001',
    '5399-0117-0880-0001',
    'NIK: 5399011708800001',
    'nik saya 5399011708800001 pak',
    '５３９９０１１７０８８００００１',
    '5399\u00a00117\u200b08800001',
  ])('reads %s', (text) => {
    expect(parseNik(text)).toEqual({ type: 'value', value: '5399011708800001', label: '5399********0001' })
  })

  it('only offers letters that look like digits as a correction', () => {
    expect(parseNik('5399O117O88OOOOl')).toMatchObject({ value: '5399011708800001', confirm: true })
  })

  it('tells how many digits there were', () => {
    expect(parseNik('539901170880001')).toEqual({
      type: 'problem',
      problem: 'nik.length',
      details: { digits: 15 },
    })
  })

  it('never repeats the number in a problem', () => {
    expect(JSON.stringify(parseNik('5499011708800001'))).not.toMatch(/\d{6}/)
  })
})

describe('parseNikTail', () => {
  it('reads four digits', () => {
    expect(parseNikTail('0001')).toMatchObject({ type: 'value', value: '0001' })
    expect(parseNikTail('akhirnya 0 0 1 2')).toMatchObject({ value: '0012' })
    expect(parseNikTail('nol nol nol satu')).toMatchObject({ type: 'value', value: '0001' })
    expect(parseNikTail('kosong kosong kosong satu')).toMatchObject({ type: 'value', value: '0001' })
    expect(parseNikTail('empat angka itu 0012')).toMatchObject({ type: 'value', value: '0012' })
    expect(parseNikTail('OO12')).toMatchObject({ value: '0012', confirm: true })
  })

  it('refuses any other number of digits, a whole NIK included', () => {
    expect(parseNikTail('001')).toMatchObject({ problem: 'nik_tail.length', details: { digits: 3 } })
    expect(parseNikTail('5399011708800001')).toMatchObject({
      problem: 'nik_tail.length',
      details: { digits: 16 },
    })
    expect(parseNikTail('tidak tahu')).toMatchObject({ problem: 'nik_tail.unreadable' })
  })
})
