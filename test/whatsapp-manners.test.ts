import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startLopo } from './support/lopo-process.ts'
import { typeLopo } from './support/typed-lopo.ts'
import { openWhatsAppHouse, type WhatsAppHouse } from './support/whatsapp-house.ts'
import { talkOnWhatsApp } from './support/whatsapp-talker.ts'

let house: WhatsAppHouse

beforeEach(async () => {
  house = await openWhatsAppHouse()
  await house.link()
})
afterEach(async () => {
  expect(house.server.errors).toEqual([])
  await house.end()
})

const patience = 30_000
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

const run = (args: readonly string[], stdin = '') => typeLopo(args, house.settings, stdin)

describe('a running bot on WhatsApp', () => {
  it('refuses by a sentence what it cannot take, and goes on', async () => {
    const bot = await house.start()
    const person = house.person(1)
    const talker = talkOnWhatsApp(person)
    await talker.say('halo', 'Cek status bantuan sosial')
    const hears = (words: string) =>
      person.waitForMessage(({ text }) => text?.includes(words) === true, patience)
    await person.say('a'.repeat(60_000))
    await hears('terlalu panjang')
    await person.sendDocument(Buffer.from('%PDF-1.7'), 'besar.pdf', 'application/pdf', {
      claimedSize: 104_857_600,
    })
    await hears('Paling besar 10 MB')
    await person.say('dari 1970', { at: new Date(0) })
    await hears('waktu')
    const before = person.inbox.length
    await person.say('dari masa depan', { at: ago(-3 * 24 * 60) })
    await person.waitFor(before + 1, patience)
    expect(person.inbox.at(-1)?.text).toContain('waktu')
    await person.voice()
    await hears('belum bisa mendengar')
    // Nothing is lost: all of it is in the inbox, handled.
    const { rows } = await house.database.pool.query(
      'SELECT count(*)::int AS came, count(handled_at)::int AS handled FROM inbox_message',
    )
    expect(rows[0]).toEqual({ came: 6, handled: 6 })
    await bot.end('SIGTERM')
  }, 120_000)

  it('answers what waited while it was off, with an apology once; what is days old goes to staff', async () => {
    const bot = await house.start()
    await bot.end('SIGTERM')
    await house.server.until(() => !house.account.isOnline(), 'it is off', patience)
    const [ana, budi] = [house.person(1), house.person(2)]
    await ana.say('menu', { at: ago(60) })
    await ana.say('petugas', { at: ago(59) })
    await budi.say('kapan bantuan cair?', { at: ago(3 * 24 * 60) })
    const again = await house.start()
    await ana.waitForMessage(({ text }) => text?.includes('Silakan tulis pesan') === true, patience)
    const answers = ana.inbox.map(({ text }) => text)
    expect(answers.filter((text) => text?.includes('baru kami terima'))).toHaveLength(1)
    await budi.waitForMessage(({ text }) => text?.includes('petugas') === true, patience)
    const listed = await run(['inquiries'])
    expect(listed.all).toMatch(/\tlate\b/)
    expect(listed.all).toContain('kapan bantuan cair?')
    await again.end('SIGTERM')
  }, 120_000)

  it('answers a phone that asks for a message again from the database, also in its next life', async () => {
    const bot = await house.start()
    const person = house.person(1)
    await talkOnWhatsApp(person).say('halo', 'Cek status bantuan sosial')
    const { id, text } = person.inbox.at(-1)!
    await house.server.until(() => house.account.outstanding() === 0, 'all is told', patience)
    await bot.end('SIGKILL')
    const again = await house.start()
    person.askAgain(id)
    await house.server.until(() => person.copiesOf(id) === 2, 'it came again', patience)
    expect(person.inbox.at(-1)).toMatchObject({ id, text })
    await again.end('SIGTERM')
  }, 120_000)

  it('sends what became due while WhatsApp was away, once it is back', async () => {
    const bot = await house.start()
    const person = house.person(1)
    const talker = talkOnWhatsApp(person)
    await talker.say('petugas', 'Silakan tulis pesan')
    const told = await talker.say('Tolong bantu saya', 'sudah kami catat')
    const number = /nomor (\d+)/.exec(told)?.[1] ?? ''
    await house.server.pause()
    const answered = await run(['inquiries', 'answer', number], 'Silakan datang ke kantor.')
    expect(answered.code).toBe(0)
    await house.server.resume()
    await person.waitForMessage(({ text }) => text?.includes('Silakan datang ke kantor.') === true, patience)
    expect(person.arrivals.length).toBe(person.inbox.length)
    const delivered = () =>
      house.database.pool.query('SELECT count(*)::int AS open FROM outbox_message WHERE delivered_at IS NULL')
    await expect.poll(async () => (await delivered()).rows[0].open, { timeout: patience }).toBe(0)
    await bot.end('SIGTERM')
  }, 120_000)

  it('stops one account whose rows are damaged, and serves the other', async () => {
    await house.database.pool.query(
      `UPDATE whatsapp_account SET creds = set_byte(creds, 40, get_byte(creds, 40) # 1) WHERE account = 'main'`,
    )
    const other = house.server.account({ phone: '6281539900002', lid: '539900000002', name: 'Lopo UMKM' })
    await house.link('umkm', other)
    const bot = startLopo(['start'], { ...house.settings, WHATSAPP_ACCOUNTS: 'main,umkm' })
    await house.server.until(() => other.isOnline(), 'the other is served', patience)
    const person = house.person(1)
    await person.say('halo', { to: other })
    await person.waitForMessage(({ text }) => text?.includes('Cek status bantuan sosial') === true, patience)
    const status = await typeLopo(['whatsapp', 'status'], {
      ...house.settings,
      WHATSAPP_ACCOUNTS: 'main,umkm',
    })
    expect(status.all).toMatch(/main: stopped \(unreadable\)/)
    expect(status.all).toMatch(/umkm: open/)
    expect(bot.output()).toContain('lopo whatsapp link')
    expect(house.account.logins()).toBe(0)
    await bot.end('SIGTERM')
  }, 120_000)
})
