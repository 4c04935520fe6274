import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Media } from '../../src/channels/channel.ts'
import { messageIdOf, partOf, planMessage } from '../../src/channels/whatsapp-parts.ts'

const photo: Media = { id: 'p', type: 'photo', mime: 'image/jpeg' }
const letter: Media = { id: 'd', type: 'document', mime: 'application/pdf', name: 'surat.pdf' }
const menu = 'Mau apa?\n1. Cek bansos\n0. Bicara dengan petugas'

describe('planMessage', () => {
  it('sends a menu as its text and nothing else', () => {
    const options = [
      { label: 'Cek bansos', value: '1.1' },
      { label: 'Bicara dengan petugas', value: '1.0' },
    ]
    expect(planMessage({ text: menu, options })).toEqual([{ type: 'text', text: menu }])
  })

  it.each([
    'W***N L******I: PKH',
    '5399********0001',
    'https://contoh.id/a_b_c/_d_?x=~1~',
    'Harga *promo* _hari ini_ ~20.000~ ```kode```',
  ])('leaves %j as it is', (text) => {
    expect(planMessage({ text })).toEqual([{ type: 'text', text }])
  })

  it('puts a text under the only file', () => {
    expect(planMessage({ text: 'Abon ikan', media: [photo] })).toEqual([
      { type: 'file', media: photo, caption: 'Abon ikan' },
    ])
    expect(planMessage({ text: ' ', media: [letter] })).toEqual([
      { type: 'file', media: letter, caption: '' },
    ])
  })

  it('puts a text that is too long for a caption after the file', () => {
    const text = 'a'.repeat(1_025)
    expect(planMessage({ text, media: [photo] })).toEqual([
      { type: 'file', media: photo, caption: '' },
      { type: 'text', text },
    ])
    expect(planMessage({ text: 'a'.repeat(1_024), media: [photo] })).toHaveLength(1)
  })

  it('puts a text after several files', () => {
    expect(planMessage({ text: 'Dua', media: [photo, letter] })).toEqual([
      { type: 'file', media: photo, caption: '' },
      { type: 'file', media: letter, caption: '' },
      { type: 'text', text: 'Dua' },
    ])
  })

  it('cuts a text that WhatsApp would not take', () => {
    const parts = planMessage({ text: `${'a'.repeat(65_536)} b` })
    expect(parts.map((part) => part.type === 'text' && part.text.length)).toEqual([65_536, 1])
  })

  it('sends only whole characters', () => {
    expect(planMessage({ text: 'a\ud800b\u0000c' })).toEqual([{ type: 'text', text: 'a\ufffdbc' }])
  })

  it('has no part for a message without anything in it', () => {
    expect(planMessage({ text: ' \n ' })).toEqual([])
  })
})

const tokens = fc.stringMatching(/^[0-9a-f]{16}$/)
const counts = fc.integer({ min: 0, max: 255 })

describe('messageIdOf', () => {
  it('names the last part 00, and the ones before by how many follow', () => {
    expect(messageIdOf('0123456789abcdef', 0)).toBe('3EB00123456789ABCDEF00')
    expect(messageIdOf('0123456789abcdef', 255)).toBe('3EB00123456789ABCDEFFF')
  })

  it('looks like an id of WhatsApp Web', () => {
    fc.assert(
      fc.property(tokens, counts, (token, left) => {
        // As the library tells them: getDevice.
        expect(messageIdOf(token, left)).toMatch(/^3E.{20}$/)
      }),
    )
  })
})

describe('partOf', () => {
  /** An id of ours with a letter more, less or other somewhere. */
  const nearly = fc
    .tuple(tokens, counts, fc.nat({ max: 22 }), fc.nat({ max: 1 }), fc.string({ maxLength: 2 }))
    .map(([token, left, at, taken, put]) => {
      const id = messageIdOf(token, left)
      return id.slice(0, at) + put + id.slice(at + taken)
    })

  it('takes an id for ours only when it is exactly what we would have made', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string(), fc.stringMatching(/^3EB0[0-9A-F]{14,20}$/)), (id) => {
        const place = partOf(id)
        if (place !== undefined) expect(messageIdOf(place.token, place.partsLeft)).toBe(id)
        else expect(id).not.toMatch(/^3EB0[0-9A-F]{18}$/)
      }),
      { numRuns: 500 },
    )
  })

  it('finds the part again', () => {
    fc.assert(
      fc.property(tokens, counts, (token, partsLeft) => {
        expect(partOf(messageIdOf(token, partsLeft))).toEqual({ token, partsLeft })
      }),
    )
  })

  it.each([
    '',
    '3AF0123456789ABCDEF001',
    '3EB00123456789ABCDEF',
    '3EB00123456789ABCDEF0000',
    '3EB0XYZ',
    '3eb00123456789abcdef00',
    'A3EB00123456789ABCDEF00',
    '3EB00123456789ABCDEF00\n',
    ' 3EB00123456789ABCDEF00',
    '3EB0０123456789ABCDEF00',
  ])('knows %j as none of ours', (id) => {
    expect(partOf(id)).toBeUndefined()
  })
})
