import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unreadable } from '../../src/channels/channel.ts'
import { openTestApp, type Resident, seatResident, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const naughty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u200b\u200c\u200d\ufeff',
  '😀😀😀',
  '👍',
  '👩‍👩‍👧‍👦',
  'مرحبا بالعالم',
  '\u202emenu\u202c',
  'Z̷̨̛͔a̵l̴g̷o̵',
  'ﷺ'.repeat(50),
  'a'.repeat(10_000),
  '1 '.repeat(5_000),
  '\ud83d',
  '\ud83d\ud83d\ude00',
  '{{name}}',
  "'; DROP TABLE chat; --",
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '0x10',
  '1e3',
  'NaN',
  '-1',
  '१२३',
  '１',
  '1️⃣',
  '\n\n\n1\n\n',
  '\r\n',
  '/start',
  '/menu@lopo_bot',
  '*'.repeat(300),
  'https://example.org/?x=1',
  '5399010101800001',
]

const places = [[], ['2'], ['2', '1'], ['petugas'], ['cek bot'], ['1'], ['1', '1'], ['1', '3']]

async function seatAt(place: readonly string[]): Promise<Resident> {
  const resident = await seatResident(app, randomUUID())
  for (const text of ['menu', ...place]) await resident.say(text)
  return resident
}

/** Answered, nothing logged as an error, and the menu is still one word away. */
async function expectSound(resident: Resident, replies: readonly string[], note = ''): Promise<void> {
  const errors = app.logged.filter((line) => JSON.parse(line).level >= 50)
  expect(errors).toEqual([])
  expect(replies, note).not.toEqual([])
  for (const text of replies) expect(text.trim()).not.toBe('')
  expect((await resident.say('menu')).join('\n')).toContain('Ada yang bisa kami bantu')
}

describe('the whole way of a message', () => {
  it.each(places)('answers every naughty string at %j', async (...place) => {
    const resident = await seatAt(place)
    for (const text of naughty) {
      await expectSound(resident, await resident.say(text), JSON.stringify(text))
      for (const step of place) await resident.say(step)
    }
  })

  it('answers whatever is written, and stays sound', async () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.constantFrom(...naughty),
    )
    const talks = fc.record({
      place: fc.constantFrom(...places),
      texts: fc.array(anything, { minLength: 1, maxLength: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(talks, async ({ place, texts }) => {
        const resident = await seatAt(place)
        let replies: readonly string[] = []
        for (const text of texts) replies = await resident.say(text)
        await expectSound(resident, replies)
      }),
      { numRuns: 60 },
    )
  })

  it('answers a button of yesterday, and every kind that it cannot read', async () => {
    const resident = await seatAt(['2'])
    const hear = async (content: Parameters<typeof resident.channel.hand>[0]) => {
      const said: string[] = []
      resident.channel.onMessage(({ text }) => said.push(text))
      await resident.channel.hand(content)
      await app.conversation.idle()
      return said
    }
    for (const value of ['1.1', '0.99', '', 'x'.repeat(60), '999.1', '1']) {
      await expectSound(resident, await hear({ type: 'choice', value }))
    }
    for (const what of unreadable) await expectSound(resident, await hear({ type: 'unreadable', what }))
    await expectSound(resident, await hear({ type: 'location', latitude: -10.16, longitude: 123.6 }))
    const media = { id: randomUUID(), type: 'photo' as const, mime: 'image/jpeg' }
    await expectSound(resident, await hear({ type: 'media', media, caption: '' }))
  })
})
