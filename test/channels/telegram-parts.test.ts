import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Media } from '../../src/channels/channel.ts'
import { splitText } from '../../src/channels/split-text.ts'
import { planMessage } from '../../src/channels/telegram-parts.ts'

function media(count: number, type: Media['type']): readonly Media[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${type}${index}`, type, mime: 'image/jpeg' }))
}

const options = [{ label: 'Ya', value: 'y' }]

describe('splitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitText('satu dua', 8)).toEqual(['satu dua'])
  })

  it.each([
    ['between paragraphs', 'aa bb\n\ncc dd\nee', 9, ['aa bb', 'cc dd\nee']],
    ['between lines', 'aa bb cc\ndd ee', 10, ['aa bb cc', 'dd ee']],
    ['between words', 'aaa bbb ccc', 8, ['aaa bbb', 'ccc']],
    ['inside a word that is too long', 'aaaaaaaaaa', 4, ['aaaa', 'aaaa', 'aa']],
    ['just at the limit', 'aaaa bbbb', 4, ['aaaa', 'bbbb']],
    ['not inside a character', 'a😀😀', 2, ['a', '😀', '😀']],
  ])('cuts %s', (_where, text, limit, pieces) => {
    expect(splitText(text, limit)).toEqual(pieces)
  })

  it('keeps every letter in order, every piece within the limit, and none blank', () => {
    const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '\n', '\n\n', '😀'))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (words, limit) => {
        const text = words.join('')
        const pieces = splitText(text, limit)
        const bare = (given: string) => given.replace(/\s/gu, '')
        expect(bare(pieces.join(''))).toBe(bare(text))
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit)
          expect(piece.trim()).not.toBe('')
          expect(piece.isWellFormed()).toBe(true)
        }
      }),
    )
  })
})

describe('planMessage', () => {
  it('puts the buttons under the last piece of a long text', () => {
    const parts = planMessage({ text: 'a'.repeat(4_097), options })
    expect(parts.map((part) => part.type === 'text' && [part.text.length, part.keyboard.length])).toEqual([
      [4_096, 0],
      [1, 1],
    ])
  })

  it('puts two short options side by side and a long one alone', () => {
    const labels = ['Ya', 'Tidak', 'Bicara dengan petugas', 'Menu', 'Kembali ke awal lagi', 'Satu', 'Dua']
    const [part] = planMessage({ text: 'x', options: labels.map((label) => ({ label, value: label })) })
    const rows = part?.type === 'text' ? part.keyboard.map((row) => row.map(({ text }) => text)) : []
    expect(rows).toEqual([
      ['Ya', 'Tidak'],
      ['Bicara dengan petugas'],
      ['Menu'],
      ['Kembali ke awal lagi'],
      ['Satu', 'Dua'],
    ])
  })

  it('makes a text that fits the caption of the file, with the buttons', () => {
    expect(planMessage({ text: 'a'.repeat(1_024), media: media(1, 'photo'), options })).toMatchObject([
      { type: 'file', caption: 'a'.repeat(1_024), keyboard: [[{ callback_data: 'y' }]] },
    ])
  })

  it('sends a text that is too long for a caption after the file', () => {
    expect(planMessage({ text: 'a'.repeat(1_025), media: media(1, 'photo'), options })).toMatchObject([
      { type: 'file', caption: '', keyboard: [] },
      { type: 'text', text: 'a'.repeat(1_025), keyboard: [[{ callback_data: 'y' }]] },
    ])
  })

  it('captions an album, but sends the text after it when there are buttons', () => {
    const photos = media(3, 'photo')
    expect(planMessage({ text: 'kios', media: photos })).toEqual([
      { type: 'album', media: photos, caption: 'kios' },
    ])
    expect(planMessage({ text: 'kios', media: photos, options }).map(({ type }) => type)).toEqual([
      'album',
      'text',
    ])
  })

  it('parts photos from documents, and albums at ten', () => {
    const parts = planMessage({ text: 'x', media: [...media(11, 'photo'), ...media(2, 'document')] })
    expect(parts.map((part) => (part.type === 'album' ? part.media.length : part.type))).toEqual([
      10,
      'file',
      2,
      'text',
    ])
  })

  it('has nothing to send for a message without text and files', () => {
    expect(planMessage({ text: ' \n\u0000' })).toEqual([])
  })

  it('leaves out what Telegram would refuse: NUL and halves of characters', () => {
    expect(planMessage({ text: 'a\u0000b\ud83d' })).toMatchObject([{ text: 'ab\ufffd' }])
  })
})
