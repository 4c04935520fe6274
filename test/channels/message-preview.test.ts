import { describe, expect, it } from 'vitest'
import { previewOnTelegram } from '../../src/channels/telegram-preview.ts'
import { previewOnWhatsApp } from '../../src/channels/whatsapp-preview.ts'

const poster = { id: 'a', type: 'photo', mime: 'image/jpeg', name: 'poster.jpg' } as const
const letter = { id: 'b', type: 'document', mime: 'application/pdf' } as const
const options = [
  { label: 'Daftar', value: 'daftar 12' },
  { label: 'Nanti', value: 'nanti' },
]

describe('previewOnTelegram', () => {
  it('shows a short text under its picture, with the buttons', () => {
    expect(previewOnTelegram({ text: 'Kabar', media: [poster], options })).toEqual({
      parts: [{ text: 'Kabar', media: 'poster.jpg' }],
      buttons: ['Daftar', 'Nanti'],
    })
  })

  it('shows what is too long for a caption after the picture', () => {
    const text = 'a'.repeat(1_100)
    expect(previewOnTelegram({ text, media: [letter], options })).toEqual({
      parts: [
        { text: '', media: 'document' },
        { text, media: undefined },
      ],
      buttons: ['Daftar', 'Nanti'],
    })
  })

  it('shows each picture of an album', () => {
    expect(previewOnTelegram({ text: 'Kabar', media: [poster, poster] }).parts).toEqual([
      { text: 'Kabar', media: 'poster.jpg' },
      { text: '', media: 'poster.jpg' },
    ])
  })
})

describe('previewOnWhatsApp', () => {
  it('shows no buttons', () => {
    expect(previewOnWhatsApp({ text: 'Kabar', media: [poster], options })).toEqual({
      parts: [{ text: 'Kabar', media: 'poster.jpg' }],
      buttons: [],
    })
    expect(previewOnWhatsApp({ text: 'Kabar' }).parts).toEqual([{ text: 'Kabar', media: undefined }])
  })
})
