import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPublicPosts } from '../src/services/public-posts.ts'
import { createTelegram } from '../src/services/telegram.ts'
import type { Officer } from '../src/staff/officer.ts'
import { type BotApiServer, startBotApiServer } from './support/bot-api-server.ts'
import { openTestApp, seatResident, type TestApp } from './support/test-app.ts'
import { march, richPlan } from './web/desk/trainings/plans.ts'

const admin: Officer = { id: 'id-admin', name: 'Ani Contoh', roles: ['admin'] }
const second: Officer = { id: 'id-second', name: 'Petrus Contoh', roles: ['penyetuju'] }
const place = '@kabar_kupang_contoh'

let telegram: BotApiServer
let app: TestApp
let number: number
beforeAll(async () => {
  telegram = await startBotApiServer()
  telegram.world.chats.openChannel(-1_005_399_000_001, place.slice(1)).channel.isBotAdmin = true
  app = await openTestApp({
    ...{ LOPO_NOW: '2026-03-06T09:00:00+08:00', TELEGRAM_TOKEN: telegram.token },
    ...{ TELEGRAM_API_ROOT: telegram.apiRoot, TELEGRAM_PUBLIC_CHANNEL: place },
  })
  const { courses } = app.trainings
  const made = await courses.create(admin, { ...richPlan, opensAt: march(7, '08:00') })
  if (made.type !== 'done') throw new Error(JSON.stringify(made))
  number = made.number
  await courses.move(admin, number, 'announced')
}, 60_000)
afterAll(async () => {
  await app.close()
  await telegram.close()
})

describe('createBroadcasts', () => {
  it('begins a broadcast with what a course is, sound as it stands', async () => {
    const plan = await app.broadcasts.draftFrom(admin, { type: 'course', number })
    expect(plan).toMatchObject({
      buttons: [{ words: `daftar ${number}` }],
      audience: { topics: ['training', 'training/menjahit'] },
      source: { type: 'course', number },
      expiresAt: richPlan.closesAt,
    })
    expect(plan?.text).toContain('Menjahit dasar')
    expect(plan?.text).toContain('Balai Contoh')
    expect(plan?.text).not.toContain('{{')
    expect(await app.broadcasts.check(plan!)).toEqual([])
    expect(await app.broadcasts.draftFrom(admin, { type: 'course', number: number + 1 })).toBeUndefined()
  })

  it('makes the digest of the week once, for an officer to approve', async () => {
    const made = await app.broadcasting.composeDigest('pelatihan', app.now())
    const view = await app.broadcasts.read(admin, made!)
    expect(view?.broadcast).toMatchObject({
      state: 'proposed',
      createdBy: undefined,
      audience: { topics: ['training'] },
    })
    expect(view?.broadcast.text).toContain(`daftar ${number}`)
    expect(await app.broadcasting.composeDigest('pelatihan', app.now())).toBeUndefined()
  })

  it('shows a message as the channels send it, with buttons that are words', async () => {
    const plan = await app.broadcasts.draftFrom(admin, { type: 'course', number })
    const [onTelegram, onWhatsApp] = app.broadcasts.preview(plan!)
    expect(onTelegram).toMatchObject({ channel: 'telegram', buttons: [plan!.buttons[0]!.label] })
    expect(onWhatsApp?.parts.map(({ text }) => text).join()).toContain(`daftar ${number}`)
  })

  it('knows every topic that one can subscribe to, and how fast channels are', async () => {
    expect([...app.newsTopics().keys()]).toEqual(
      expect.arrayContaining(['training', 'training/menjahit', 'assistance', 'umkm']),
    )
    expect(await app.paces()).toEqual([
      { channel: 'telegram', perSecond: 30, perDay: undefined, usedToday: 0 },
    ])
  })

  it('shows a broadcast to an officer in a chat, by the code', async () => {
    const plan = await app.broadcasts.draftFrom(admin, { type: 'course', number })
    const made = await app.broadcasts.create(admin, plan!)
    if (made.type !== 'done') throw new Error(JSON.stringify(made))
    const code = await app.broadcasts.testCode(admin, made.number)
    const chat = await seatResident(app)
    await chat.say('menu')
    const shown = (await chat.say(`uji ${code?.code}`)).join('\n')
    expect(shown).toContain('Menjahit dasar')
    expect(shown).toContain('berhenti')
  })
})

describe('startPublicPosts', () => {
  it('posts at the public place what a second person approved, once', async () => {
    const plan = await app.broadcasts.draftFrom(admin, { type: 'course', number })
    const made = await app.broadcasts.create(admin, { ...plan!, posts: ['telegram'] })
    if (made.type !== 'done') throw new Error(JSON.stringify(made))
    expect(await app.broadcasts.propose(admin, made.number, 0)).toEqual({ type: 'done' })
    expect(await app.broadcasts.approve(second, made.number, 0)).toEqual({ type: 'done' })
    await app.broadcasting.tend(app.now())
    const channel = createTelegram(app, () => undefined)!
    const end = startPublicPosts(app, channel, 'telegram')
    const inbox = () => telegram.world.chats.find(place).inbox
    await telegram.until(() => inbox().length > 0, 'the post')
    await end()
    expect(inbox()).toHaveLength(1)
    expect(inbox()[0]?.text).toContain('Menjahit dasar')
    expect((await app.broadcasts.read(admin, made.number))?.posts).toMatchObject([{ state: 'sent' }])
  })
})
