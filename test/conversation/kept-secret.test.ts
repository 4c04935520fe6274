import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import type { Officer } from '../../src/staff/officer.ts'
import { openTestGround, seatResident } from '../support/test-app.ts'

const officer: Officer = { id: 'id-ina', name: 'Ina', roles: ['admin'] }
const clock = { now: new Date('2026-01-05T01:00:00Z') }
const minutes = (count: number) => {
  clock.now = new Date(clock.now.getTime() + count * 60_000)
}

let app: App
let logged: string[]
beforeAll(async () => {
  const ground = await openTestGround()
  logged = ground.logged
  app = await buildApp({ ...ground, clock: () => clock.now })
})
afterAll(() => app.close())

let keys = 0

/** A person with a ticket who stands at a secret question of the status check. */
async function seat(step: 'birth_date' | 'nik_tail') {
  const person = await seatResident(app)
  await person.say('petugas')
  await person.say('kapan bantuan saya cair?')
  const chatId = (await app.conversation.chatAt(person.channel.address))!
  const { id } = await app.storage.database.prisma.ticket.findFirstOrThrow({ where: { chatId } })
  const number = Number(id)
  const stand = async () => {
    const hash = app.house().flows.flows.get('bansos')!.hash
    const values = step === 'birth_date' ? {} : { birth_date: '1980-08-17', kelurahan: '53.71.03.1011' }
    const { session } = await app.storage.database.prisma.chat.findUniqueOrThrow({ where: { id: chatId } })
    const at = { ...JSON.parse(app.storage.keyring.open(session!)), flow: 'bansos', step, hash, values }
    const sealed = app.storage.keyring.seal(JSON.stringify({ ...at, pending: null, kept: null }))
    await app.storage.database.prisma.chat.update({ where: { id: chatId }, data: { session: sealed } })
  }
  const view = async () => (await app.tickets.read(officer, number))!
  const answer = async () => {
    const seen = (await view()).entries.at(-1)!.id
    keys += 1
    const done = await app.tickets.answer(officer, number, { text: 'Minggu ini.', seen, key: `k${keys}` })
    expect(done.type).toBe('done')
  }
  const written = async () =>
    (await view()).entries.flatMap(({ type, text }) => (type === 'resident' ? [text] : [])).slice(1)
  const transcript = async () => (await app.conversation.lines(chatId, 50)).map(({ text }) => text).join('\n')
  return { ...person, number, stand, answer, written, transcript }
}

const secrets = [
  ['birth_date', '17 agustus 1980', /17|agustus|1980/],
  ['birth_date', 'sa lahir 17-08-1980 pak', /17-08|1980/],
  ['nik_tail', '0011', /0011/],
] as const

describe('the answer to a secret question that was left for an officer', () => {
  it.each(secrets)('at %s, %j, reaches neither the officer nor the transcript', async (step, text, clear) => {
    const { say, stand, answer, written, transcript } = await seat(step)
    await stand()
    await answer()
    await say(text)
    await say('terima kasih pak')
    expect(await written()).toEqual(['••••', 'terima kasih pak'])
    expect(await transcript()).not.toMatch(clear)
    expect(await transcript()).toContain('terima kasih pak')
  })

  it.each(secrets)('at %s, %j, is in no ticket once the officer is silent', async (step, text, clear) => {
    const { say, stand, answer, written, transcript } = await seat(step)
    await stand()
    await answer()
    minutes(40)
    expect((await say(text)).at(-1)).toContain('lanjut')
    expect(await written()).toEqual([])
    expect(await transcript()).not.toMatch(clear)
    await say('saya tunggu sejak tahun lalu')
    expect(await written()).toEqual(['saya tunggu sejak tahun lalu'])
  })

  it.each(secrets)(
    'at %s, %j, is in no transcript when the bot asks whether all is solved',
    async (step, text, clear) => {
      const { say, stand, number, transcript } = await seat(step)
      await stand()
      expect((await app.tickets.askSolved(officer, number)).type).toBe('done')
      await say(text)
      expect(await transcript()).not.toMatch(clear)
    },
  )

  it.each(secrets)('at %s, %j, is in none when time has the bot ask', async (step, text, clear) => {
    const { say, stand, answer, number, transcript } = await seat(step)
    await answer()
    minutes(72 * 60)
    await stand()
    // A form that was open all the time is dropped; this one was begun just now.
    await app.storage.database.pool.query('UPDATE chat SET last_message_at = $1', [clock.now])
    expect(await app.tendTickets(clock.now)).toBeGreaterThan(0)
    expect((await app.tickets.read(officer, number))?.ticket.state).toBe('confirming')
    await say(text)
    expect(await transcript()).not.toMatch(clear)
  })

  it('takes the figures, and not the words, out of a message that says more', async () => {
    const { say, stand, answer, written } = await seat('nik_tail')
    await stand()
    await answer()
    await say('saya sudah ajukan dari tahun 2023 tapi belum pernah dapat')
    expect(await written()).toEqual(['saya sudah ajukan dari tahun # tapi belum pernah dapat'])
  })

  it('is never logged', () => {
    expect(logged.join('\n')).not.toMatch(/agustus|0011/)
  })
})
