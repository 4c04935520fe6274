import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnswerKind, answerKinds, parseProblems } from '../../src/language/parsed.ts'
import { language, now } from './the-language.ts'

function parse(kind: AnswerKind, text: string) {
  return language.parse(kind, text, { now })
}

function outcome(kind: AnswerKind, text: string): unknown {
  const parsed = parse(kind, text)
  if (parsed.type === 'problem') return parsed.problem
  if (parsed.type === 'ambiguous') return parsed.candidates.map(({ value }) => value)
  return parsed.confirm === true ? [parsed.value, 'confirm'] : parsed.value
}

describe('parse', () => {
  it.each([
    ['17-08-1980', '1980-08-17'],
    ['17/8/1980', '1980-08-17'],
    ['17.08.1980', '1980-08-17'],
    ['17 08 1980', '1980-08-17'],
    ['17 agustus 1980', '1980-08-17'],
    ['17 agt 1980', '1980-08-17'],
    ['17Agustus1980', '1980-08-17'],
    ['tgl 17 agustuss 1980', '1980-08-17'],
    ['17081980', '1980-08-17'],
    ['1980-08-17', '1980-08-17'],
    ['19800817', '1980-08-17'],
    ['20011990', '1990-01-20'],
    ['tujuh belas agustus 1980', '1980-08-17'],
    ['17 agustus seribu sembilan ratus delapan puluh', '1980-08-17'],
    ['Senin, 17 Agustus 1980', '1980-08-17'],
    ['17/8/80', ['1980-08-17', 'confirm']],
    ['17 agt 80', ['1980-08-17', 'confirm']],
    ['5-2-24', ['2024-02-05', 'confirm']],
    ['besok', '2026-03-06'],
    ['lusa', '2026-03-07'],
    ['kemarin', '2026-03-04'],
    ['ini hari', '2026-03-05'],
    ['29-02-2000', '2000-02-29'],
    ['29-02-1900', 'date.impossible'],
    ['31-04-1980', 'date.impossible'],
    ['08/17/1980', 'date.impossible'],
    ['32-01-1980', 'date.impossible'],
    ['00-01-1980', 'date.impossible'],
    ['17 agustus', 'date.unreadable'],
    ['tidak tahu', 'date.unreadable'],
    ['', 'date.unreadable'],
  ])('reads the date %j', (text, expected) => {
    expect(outcome('date', text)).toEqual(expected)
  })

  it('counts relative dates in the time of Kupang', () => {
    const lateEvening = new Date('2026-03-05T17:30:00Z')
    expect(language.parse('date', 'besok', { now: lateEvening })).toMatchObject({ value: '2026-03-07' })
  })

  it('says a date back in words', () => {
    expect(parse('date', '17-8-1980')).toMatchObject({ label: '17 Agustus 1980' })
  })

  it.each([
    ['0812-3456-7890', '+6281234567890'],
    ['+62 812 3456 7890', '+6281234567890'],
    ['6281234567890', '+6281234567890'],
    ['81234567890', '+6281234567890'],
    ['wa saya 081234567890', '+6281234567890'],
    ['0380-833100', 'phone.not_mobile'],
    ['12345', 'phone.unreadable'],
    ['081234567890123456', 'phone.unreadable'],
    ['tidak ada', 'phone.unreadable'],
  ])('reads the phone %j', (text, expected) => {
    expect(outcome('phone', text)).toEqual(expected)
  })

  it.each([
    ['25rb', 25_000],
    ['25 rb', 25_000],
    ['25ribu', 25_000],
    ['25k', 25_000],
    ['25.000', 25_000],
    ['25,000', 25_000],
    ['Rp 25.000,-', 25_000],
    ['Rp25.000,00', 25_000],
    ['rp. 25000', 25_000],
    ['harganya 25rb per bungkus', 25_000],
    ['2jt', 2_000_000],
    ['1,5 jt', 1_500_000],
    ['1.5jt', 1_500_000],
    ['1 jt 500 rb', 1_500_000],
    ['1.500.000', 1_500_000],
    ['setengah juta', 500_000],
    ['satu setengah juta', 1_500_000],
    ['dua puluh lima ribu', 25_000],
    ['seratus dua puluh ribu', 120_000],
    ['seribu lima ratus', 1_500],
    ['lima blas ribu', 15_000],
    ['20-30rb', [20_000, 30_000]],
    ['20rb - 30rb', [20_000, 30_000]],
    ['25', [25, 'confirm']],
    ['25jt', [25_000_000, 'confirm']],
    ['20jt', 20_000_000],
    ['500', 500],
    ['0', 'price.not_positive'],
    ['-5000', 'price.not_positive'],
    ['gratis', 'price.not_positive'],
    ['1,5', 'price.unreadable'],
    ['mahal', 'price.unreadable'],
  ])('reads the price %j', (text, expected) => {
    expect(outcome('price', text)).toEqual(expected)
  })

  it.each([
    ['3', 3],
    ['3 orang', 3],
    ['ada tiga', 3],
    ['dua puluh lima', 25],
    ['1,5', 1.5],
    ['1.250', 1250],
    ['sonde tau', 'number.unreadable'],
  ])('reads the number %j', (text, expected) => {
    expect(outcome('number', text)).toEqual(expected)
  })

  it.each([
    ...[
      'ya',
      'Iya',
      'iyaa',
      'io',
      'yo',
      'betul',
      'ya betul',
      'benar pak',
      '👍',
      'ok',
      'mau',
      'ya saya setuju',
    ].map((text): [string, unknown] => [text, true]),
    ...[
      'tidak',
      'tdk',
      'sonde',
      'son',
      'bukan',
      'tidak mau',
      'balom pernah',
      'belum benar',
      'sonde betul',
      '👎',
      'gak usah',
    ].map((text): [string, unknown] => [text, false]),
    ...['', 'mungkin', 'ya tidak', 'cek bansos', 'saya mau jual kue', 'batalkan pelatihan saya'].map(
      (text): [string, unknown] => [text, 'yes_no.unreadable'],
    ),
  ])('reads the yes or no %j', (text, expected) => {
    expect(outcome('yes_no', text)).toEqual(expected)
  })

  it('keeps a text as it was written, without what cannot be seen', () => {
    expect(outcome('text', '  Kue “Bagea”\u0000\u202e ')).toBe('Kue “Bagea”')
    expect(outcome('text', ' \u200b\n')).toBe('text.empty')
  })

  it('gives a known outcome for any text and kind', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789 .-/aojik') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...answerKinds), anything, (kind, text) => {
        const parsed = parse(kind, text)
        if (parsed.type === 'problem') expect(parseProblems).toContain(parsed.problem)
        if (parsed.type === 'ambiguous') expect(parsed.candidates.length).toBeLessThanOrEqual(5)
        if (parsed.type === 'value' && kind === 'date') expect(parsed.value).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        if (parsed.type === 'value' && kind === 'price') expect(parsed.value).toBeGreaterThan(0)
        if (parsed.type === 'value' && kind === 'number') expect(parsed.value).not.toBeNaN()
      }),
      { numRuns: 1_000 },
    )
  })

  it('stays quick on ten thousand characters of any kind', () => {
    for (const kind of answerKinds) {
      for (const awkward of ['1', '1 ', 'i', 'a ', '-', '1.', 'dua ', 'oebobo ', 'ABCD-']) {
        const started = performance.now()
        parse(kind, awkward.repeat(10_000 / awkward.length))
        expect(performance.now() - started).toBeLessThan(500)
      }
    }
  })
})
