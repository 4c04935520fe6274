import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseByQuote } from '../../src/channels/whatsapp-quote.ts'

const question = {
  text: [
    'Mau apa, Bapak/Ibu?',
    '1. Cek bansos',
    '2. Pelatihan kérja',
    '12. Tanya 2. kali',
    'lagi. Lihat yang berikutnya',
    'lanjut. Kembali ke isian tadi',
    '0. Bicara dengan petugas',
  ].join('\n'),
  options: [
    { label: 'Cek bansos', value: '4.1' },
    { label: 'Pelatihan kérja', value: '4.2' },
    { label: 'Tanya 2. kali', value: '4.12' },
    { label: 'Lagi', value: '4.more' },
    { label: 'Kembali ke isian tadi', value: '4.resume' },
    { label: 'Bicara dengan petugas', value: '4.0' },
  ],
}
const choose = (said: string) => chooseByQuote(said, question)?.value

describe('chooseByQuote', () => {
  it.each([
    ['1', '4.1'],
    [' 1. ', '4.1'],
    ['(2)', '4.2'],
    ['01', '4.1'],
    ['12', '4.12'],
    ['0', '4.0'],
    ['2️⃣', '4.2'],
    ['２', '4.2'],
    ['1 👍', '4.1'],
  ])('takes %j for the number that is printed', (said, value) => {
    expect(choose(said)).toBe(value)
  })

  it.each([
    ['cek bansos', '4.1'],
    ['CEK  BANSOS!', '4.1'],
    ['pelatihan kerja', '4.2'],
    ['tanya 2 kali', '4.12'],
    ['lagi', '4.more'],
    ['Lanjut', '4.resume'],
    ['kembali ke isian tadi', '4.resume'],
  ])('takes %j for the label or word', (said, value) => {
    expect(choose(said)).toBe(value)
  })

  it.each(['3', '-', '', '🙏', '?', '1 2', '1234', 'bansos', 'lihat yang berikutnya', 'satu dua tiga'])(
    'takes %j for no choice',
    (said) => {
      expect(choose(said)).toBeUndefined()
    },
  )

  it.each([
    'saya mau cek bansos',
    'cek bansos dan pelatihan kerja',
    'nomor 1 atau 2 ya?',
    'Terima kasih banyak, Bapak/Ibu.',
    'tanya 12 kali',
    '1 kali',
    '1,5',
    '1e1',
    '1.\n2.',
  ])('takes the sentence %j for no choice', (said) => {
    expect(choose(said)).toBeUndefined()
  })

  it('takes a label with an emoji in it with or without', () => {
    const trades = {
      text: 'Usaha apa?\n1. 🧵 Menjahit\n2. 🍲 Kuliner & kué',
      options: [
        { label: '🧵 Menjahit', value: '7.1' },
        { label: '🍲 Kuliner & kué', value: '7.2' },
      ],
    }
    for (const said of ['menjahit', '🧵 MENJAHIT', 'Menjahit 🙏', '1']) {
      expect(chooseByQuote(said, trades)?.value).toBe('7.1')
    }
    for (const said of ['kuliner kue', 'Kuliner & KUE\u0301', '2.'])
      expect(chooseByQuote(said, trades)?.value).toBe('7.2')
    for (const said of ['🧵', 'kuliner', '3']) expect(chooseByQuote(said, trades)).toBeUndefined()
  })

  it('chooses nothing that was not offered, whatever is said', () => {
    const said = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^\d{1,4}$/),
    )
    fc.assert(
      fc.property(said, (words) => {
        const chosen = chooseByQuote(words, question)
        if (chosen !== undefined) expect(question.options).toContain(chosen)
      }),
    )
  })

  it('tells equal labels apart by their numbers, and by nothing else', () => {
    const twins = {
      text: 'Pilih:\n3. Menjahit\n4. Menjahit',
      options: [
        { label: 'Menjahit', value: '9.3' },
        { label: 'Menjahit', value: '9.4' },
      ],
    }
    expect(chooseByQuote('3', twins)?.value).toBe('9.3')
    expect(chooseByQuote('4', twins)?.value).toBe('9.4')
    expect(chooseByQuote('menjahit', twins)).toBeUndefined()
  })

  it('takes a figure for a label where no such number is printed', () => {
    const sizes = {
      text: 'Berapa gram?\n1. 250\n2. 500\n3. 2',
      options: [
        { label: '250', value: '5.1' },
        { label: '500', value: '5.2' },
        { label: '2', value: '5.3' },
      ],
    }
    expect(['500', '2', '4'].map((said) => chooseByQuote(said, sizes)?.value)).toEqual([
      '5.2',
      '5.2',
      undefined,
    ])
  })

  it('takes no sign for another', () => {
    const stars = { text: 'Pilih:\n1. ★', options: [{ label: '★', value: '6.1' }] }
    expect(chooseByQuote('🙏', stars)).toBeUndefined()
  })

  it('chooses nothing from a message that offers nothing, be there numbers in it', () => {
    expect(chooseByQuote('1', { text: '1. Bawa KTP\n2. Bawa KK' })).toBeUndefined()
  })

  it('finds every option of a list by its number, whatever the labels', () => {
    const label = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /[a-z]/i.test(text.trim()))
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 1, maxLength: 12 }), (labels) => {
        const options = labels.map((text, index) => ({ label: text, value: `1.${index + 1}` }))
        const text = ['Pilih:', ...labels.map((name, index) => `${index + 1}. ${name}`)].join('\n')
        for (const [index, option] of options.entries()) {
          expect(chooseByQuote(String(index + 1), { text, options })).toBe(option)
        }
      }),
    )
  })
})
