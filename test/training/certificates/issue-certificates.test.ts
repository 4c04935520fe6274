import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createIssueCertificates } from '../../../src/training/certificates/issue-certificates.ts'
import { trainer } from '../attendance/class-world.ts'
import { afterCourse, type CertificateWorld, openCertificateWorld } from './certificate-world.ts'

let world: CertificateWorld
beforeAll(async () => {
  world = await openCertificateWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  world.clock.now = afterCourse
  await world.prisma.certificate.deleteMany()
  world.said.length = 0
  world.drawn.length = 0
})

const outbox = (chatId: bigint) => world.prisma.outboxMessage.count({ where: { chatId } })
const files = () => world.prisma.mediaFile.findMany({ orderBy: { createdAt: 'asc' } })
const kept = async () => (await files()).filter(({ keptAt }) => keptAt !== null).length

describe('createIssueCertificates', () => {
  it('sends each with its file, once, and says which it is', async () => {
    const before = await kept()
    const { person, certificate } = await world.issueOne('Maria Contoh')
    expect(await world.issue()).toBe(1)
    expect(await world.issue()).toBe(0)
    const [said, ...more] = world.saidIn(person.chatId)
    expect([said?.purpose, more]).toEqual(['notice', []])
    for (const part of ['Maria Contoh', 'Menjahit dasar', certificate.number])
      expect(said!.text).toContain(part)
    expect(said!.media).toMatchObject({
      mime: 'application/pdf',
      name: `sertifikat-${certificate.number}.pdf`,
    })
    const file = await world.media.read(said!.media!.id)
    const address = `https://lopo.example/sertifikat/${await world.tokenOf(person.number)}`
    expect(new TextDecoder().decode(file!.bytes)).toBe(`%PDF ${certificate.number} ${address}`)
    expect(file!.isOf({ ...person.address, channel: 'telegram' })).toBe(true)
    expect(await kept()).toBe(before + 1)
    expect((await world.certificateOf(person.number)).sentAt).toEqual(afterCourse)
    expect((await world.trail('training.certificate_send')).at(-1)).toMatchObject({
      ...{ actorType: 'system', subject: certificate.number },
    })
  })

  it('takes all that wait, however many', async () => {
    const course = await world.course({ state: 'finished' })
    const chat = await world.chat()
    const numbers: number[] = []
    for (let each = 0; each < 60; each += 1) {
      numbers.push((await world.graduate(course, `Warga ${each} Contoh`, chat)).number)
    }
    await world.desk.issue(trainer, course.number, numbers)
    expect(await world.issue()).toBe(60)
    expect(new Set(world.saidIn(chat.chatId).map(({ text }) => text)).size).toBe(60)
  }, 60_000)

  it.each([
    ['drawing', { draw: () => Promise.reject(new Error('killed')) }],
    [
      'keeping the file',
      { files: { save: () => Promise.reject(new Error('killed')), keep: async () => undefined } },
    ],
  ])('sends once when it is broken off while %s', async (_, broken) => {
    const { person } = await world.issueOne()
    await expect(createIssueCertificates({ ...world.deps, ...broken })()).rejects.toThrow('1 certificates')
    expect(await outbox(person.chatId)).toBe(0)
    expect(await world.issue()).toBe(1)
    expect(await outbox(person.chatId)).toBe(1)
  })

  it('sends once when it is broken off after the file was kept, or after the message was put out', async () => {
    const killed = () => Promise.reject(new Error('killed'))
    const { files, voice } = world.deps
    const broken = [
      { files: { save: files.save, keep: killed } },
      { voice: { ...voice, tellMany: killed } },
      { audit: { record: killed } },
    ]
    const { person } = await world.issueOne()
    const before = await world.prisma.mediaFile.count()
    for (const each of broken) {
      await expect(createIssueCertificates({ ...world.deps, ...each })()).rejects.toThrow()
      expect(await outbox(person.chatId)).toBe(0)
      expect((await world.certificateOf(person.number)).sentAt).toBeNull()
    }
    expect(await world.issue()).toBe(1)
    expect(await outbox(person.chatId)).toBe(1)
    // What the broken ones left goes with the next purge, what was sent stays.
    expect(await world.prisma.mediaFile.count()).toBe(before + 4)
    await world.media.purge(new Date(afterCourse.getTime() + 3_600_001))
    const sent = world.saidIn(person.chatId).at(-1)!.media!.id
    expect(await world.prisma.mediaFile.count({ where: { erasedAt: null, id: sent } })).toBe(1)
    expect(await world.media.read(sent)).toBeDefined()
  })

  it('sends once when two work at the same time', async () => {
    const course = await world.course({ state: 'finished' })
    const people = []
    for (let each = 0; each < 8; each += 1) people.push(await world.graduate(course))
    await world.desk.issue(
      trainer,
      course.number,
      people.map(({ number }) => number),
    )
    const counts = await Promise.all([world.issue(), world.issue(), world.issue()])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8)
    for (const { chatId } of people) expect(await outbox(chatId)).toBe(1)
  })

  it('sends none that is revoked while it is being drawn', async () => {
    const { person, certificate } = await world.issueOne()
    const draw = async () => {
      await world.desk.revoke(trainer, certificate.number, 'salah nama')
      return new Uint8Array()
    }
    expect(await createIssueCertificates({ ...world.deps, draw })()).toBe(0)
    expect(await outbox(person.chatId)).toBe(0)
  })

  it('is silent in the quiet hours, and goes on when they end', async () => {
    const { person } = await world.issueOne()
    for (const quiet of ['2026-03-10T21:00:00+08:00', '2026-03-11T06:59:59+08:00']) {
      world.clock.now = new Date(quiet)
      expect(await world.issue()).toBe(0)
    }
    expect(world.drawn).toEqual([])
    world.clock.now = new Date('2026-03-11T07:05:00+08:00')
    expect(await world.issue()).toBe(1)
    expect(await outbox(person.chatId)).toBe(1)
  })

  it('passes over a chat that is gone or that blocked the bot, without trying', async () => {
    const gone = await world.issueOne()
    const stopped = await world.issueOne()
    const there = await world.issueOne()
    await world.prisma.chat.delete({ where: { id: gone.person.chatId } })
    await world.prisma.chat.update({ where: { id: stopped.person.chatId }, data: { state: 'stopped' } })
    expect(await world.issue()).toBe(1)
    expect(world.drawn.map(({ printed }) => printed.number)).toEqual([there.certificate.number])
    expect((await world.certificateOf(gone.person.number)).sentAt).toBeNull()
    // Whoever comes back gets it.
    await world.prisma.chat.update({ where: { id: stopped.person.chatId }, data: { state: 'active' } })
    expect(await world.issue()).toBe(1)
    expect(await outbox(stopped.person.chatId)).toBe(1)
  })

  it('passes over one that was erased', async () => {
    const { person } = await world.issueOne()
    await world.prisma.certificate.updateMany({ data: { printed: null } })
    expect(await world.issue()).toBe(0)
    expect(await outbox(person.chatId)).toBe(0)
  })

  it('keeps none back for one that fails, and leaves one whose chat had its share of files', async () => {
    const bad = await world.issueOne('Rusak Contoh')
    const full = await world.issueOne('Penuh Contoh')
    const good = await world.issueOne('Maria Contoh')
    const { draw, files } = world.deps
    const issue = createIssueCertificates({
      ...world.deps,
      draw: (printed, address) =>
        printed.name === 'Rusak Contoh' ? Promise.reject(new Error('no ink')) : draw(printed, address),
      files: {
        ...files,
        save: async (file, owner) =>
          owner.id === full.person.address.id ? 'too_much' : files.save(file, owner),
      },
    })
    await expect(issue()).rejects.toThrow('1 certificates were not sent')
    expect(await outbox(good.person.chatId)).toBe(1)
    expect([await outbox(bad.person.chatId), await outbox(full.person.chatId)]).toEqual([0, 0])
    expect(await world.issue()).toBe(2)
  })
})
