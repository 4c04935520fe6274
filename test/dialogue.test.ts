import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateDemo, smallDemo } from '../prisma/demo.ts'
import { newKeyEntry } from '../src/storage/keyring.ts'
import { type BotApiServer, startBotApiServer } from './support/bot-api-server.ts'
import { type LopoProcess, startLopo } from './support/lopo-process.ts'
import { type Talker, talkInTerminal, talkOnTelegram, talkOnWeb } from './support/talkers.ts'
import { readGround } from './support/test-app.ts'
import { createTestDatabase, type TestDatabase } from './support/test-database.ts'
import { linkAccount, whatsAppSettings } from './support/whatsapp-house.ts'
import { startWhatsAppServer, type WhatsAppServer } from './support/whatsapp-server.ts'
import { talkOnWhatsApp } from './support/whatsapp-talker.ts'

// The synthetic people of a first start.
const { language } = await readGround()
const [recipient] = generateDemo(smallDemo, language.places.all)
const [head] = recipient!.members
const written = (date: string) => date.split('-').reverse().join('-')

/** What a person says, and what the answer holds, its last words last. */
const dialogue: readonly (readonly [said: string, ...answered: string[]])[] = [
  ['halo', 'Ini bot', '1. Cek status bantuan sosial', '7. Pastikan ini bot asli'],
  ['2', 'Mau tahu tentang apa?', '1. Apa itu PKH', '7. Alamat dan jam kantor'],
  ['pkh itu apa', 'Program Keluarga Harapan', 'Berlaku per', '1. Tanya yang lain'],
  ['beta mo omong deng orang, bukan robot', 'Silakan tulis pesan'],
  ['Tolong bantu saya', 'sudah kami catat dengan nomor'],
  ['cek bot', 'Alamat resmi kami', 'tidak pernah meminta', '2. Menu utama'],
  [
    'beta pung nama ada masuk dapa bantuan ko sonde?',
    'Pilih cara memeriksa',
    '3. Di sini, tanpa NIK lengkap',
  ],
  ['3', 'Tanggal lahir'],
  [written(head!.birthDate), 'kelurahan apa'],
  [recipient!.kelurahan.name, 'Empat angka terakhir'],
  [head!.nik.slice(-4), 'menerima bantuan', 'PKH: YA', 'DATA CONTOH', 'bukan keputusan', '3. Menu utama'],
  ['berhenti', 'tidak akan mengirim kabar lagi', '1. Menu utama'],
]

/** Commands in the words that the bot itself names. */
const commands: typeof dialogue = [
  ['menu', '1. Cek status bantuan sosial', '7. Pastikan ini bot asli'],
  ['petugas', 'Silakan tulis pesan'],
]

/** News, for somebody who said that they want none. */
const news: typeof dialogue = [
  ['kabar', 'Kabar apa yang Bapak/Ibu mau terima', '6. Menu utama'],
  ['umkm', 'pernah meminta kami tidak mengirim kabar', '2. Tidak'],
]

let database: TestDatabase
let telegram: BotApiServer
let whatsapp: WhatsAppServer
let lopo: LopoProcess
let settings: Record<string, string>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-dialogue-'))
  database = await createTestDatabase()
  telegram = await startBotApiServer()
  whatsapp = await startWhatsAppServer()
  const key = newKeyEntry()
  settings = {
    LOPO_DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOPO_KEYS: key,
    PORT: '0',
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ...whatsAppSettings(whatsapp),
  }
  const account = whatsapp.account({ phone: '6281539900001', lid: '539900000001', name: 'Lopo' })
  await linkAccount(database, key, account)
  lopo = startLopo(['start'], settings)
  await lopo.until(/Telegram: on/)
}, 120_000)
afterAll(async () => {
  expect(await lopo.end('SIGTERM')).toBe(0)
  await telegram.close()
  expect([whatsapp.errors, whatsapp.unknown]).toEqual([[], []])
  await whatsapp.close()
  await database.close()
  await rm(folder, { recursive: true })
})

async function talk(person: Talker, lines = dialogue): Promise<void> {
  for (const [said, ...answered] of lines) {
    const answer = await person.say(said, answered.at(-1) ?? '')
    for (const words of answered) expect(answer).toContain(words)
  }
  await person.leave()
}

describe('the same dialogue', () => {
  it('passes on Telegram', () => talk(talkOnTelegram(telegram, 5_399_001)))

  it.each(['lid', 'pn'] as const)('passes on WhatsApp, with a person addressed by %s', async (addressing) => {
    const number = addressing === 'lid' ? 1 : 2
    const person = whatsapp.person({
      phone: `628153991000${number}`,
      lid: `53991000000${number}`,
      name: 'Warga',
    })
    const talker = talkOnWhatsApp({ ...person, say: (text) => person.say(text, { addressing }) })
    await talk(talker, [...dialogue, ...news, ...commands])
  })

  it('passes in the web chat', async () => {
    const url = /Web chat: (http:\S+)\/chat/.exec(lopo.output())?.[1] ?? ''
    await talk(await talkOnWeb(url))
  })

  it('passes in the terminal', async () => {
    const answers = await talkInTerminal(
      dialogue.map(([said]) => said),
      settings,
    )
    for (const [index, [, ...answered]] of dialogue.entries()) {
      for (const words of answered) expect(answers[index]).toContain(words)
    }
  })
})
