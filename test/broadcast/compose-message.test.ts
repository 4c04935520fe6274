import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chatLinks } from '../../src/app-chat-links.ts'
import { parseBroadcastWords } from '../../src/broadcast/broadcast-words.ts'
import { composePost } from '../../src/broadcast/compose-message.ts'
import { planOf } from './broadcast-world.ts'

const words = parseBroadcastWords(readFileSync('flows/content/siaran.yaml', 'utf8'))
const known = ['http://localhost/chat', 'https://t.me/lopo_contoh_bot', 'https://wa.me/6281200000000']
const links = (text: string) => chatLinks(known, text)

describe(composePost.name, () => {
  it('leads into the chats with the bot, with the words written there', () => {
    const { text, buttons } = composePost(planOf(), words, links)
    expect(text.split('\n')).toEqual([
      ...['Kelas menjahit dibuka di Kota Kupang.', ''],
      'Daftar (Telegram): https://t.me/lopo_contoh_bot?start=daftar-12',
      'Daftar (WhatsApp): https://wa.me/6281200000000?text=daftar%2012',
    ])
    expect(buttons).toEqual([])
  })

  it('names the bot where there is no button, and the words where no address is known', () => {
    expect(composePost(planOf({ buttons: [] }), words, links).text).toContain(
      'Tulis kepada kami (Telegram): https://t.me/lopo_contoh_bot?start=menu',
    )
    expect(composePost(planOf(), words, () => []).text).toContain('Daftar: tulis "daftar 12" kepada bot kota')
    expect(composePost(planOf({ buttons: [] }), words, () => []).text).toBe(
      'Kelas menjahit dibuka di Kota Kupang.',
    )
  })
})
