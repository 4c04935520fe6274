import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { day, trainer } from '../attendance/class-world.ts'
import { afterCourse, type CertificateWorld, openCertificateWorld } from './certificate-world.ts'

let world: CertificateWorld
beforeAll(async () => {
  world = await openCertificateWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.now = afterCourse
  world.said.length = 0
})

const outcome = async (...asked: Parameters<CertificateWorld['sendAgain']>) =>
  (await world.sendAgain(...asked)).outcome

describe('sendCertificate', () => {
  it('sends it again into the chat that asks, with a file that stays', async () => {
    const { person, certificate } = await world.issueOne()
    await world.issue()
    const other = await world.chat(person.contactId, 'whatsapp')
    expect(await outcome(other, person.number)).toBe('sent')
    const [said] = world.saidIn(other.chatId)
    expect(said).toMatchObject({ purpose: 'reply', media: { mime: 'application/pdf' } })
    expect(said!.text).toContain(certificate.number)
    await world.media.purge(new Date(afterCourse.getTime() + 7_200_000))
    const file = await world.media.read(said!.media!.id)
    expect(file?.isOf({ ...other.address, channel: 'whatsapp' })).toBe(true)
    expect((await world.trail('registration.send_certificate')).at(-1)).toMatchObject({
      ...{ actorId: person.contactId, subject: String(person.number), outcome: 'sent' },
    })
  })

  it('sends nobody that of another, and tells them apart from none', async () => {
    const { person } = await world.issueOne()
    const stranger = await world.chat()
    expect(await outcome(stranger, person.number)).toBe('unknown')
    for (const number of [999_999, 5_371_010_101_900_001, 1.5, -1, 1e300]) {
      expect(await outcome(stranger, number)).toBe('unknown')
    }
    expect(world.said).toEqual([])
    const trail = await world.trail('registration.send_certificate')
    expect(trail.at(-1)).toMatchObject({ actorId: stranger.contactId, subject: null, outcome: 'unknown' })
  })

  it('says where none was issued, or one was withdrawn or erased', async () => {
    const course = await world.course({ state: 'finished' })
    const graduate = await world.graduate(course)
    expect(await outcome(graduate, graduate.number)).toBe('not_issued')
    const { person, certificate } = await world.issueOne()
    await world.desk.revoke(trainer, certificate.number, 'salah nama')
    expect(await outcome(person, person.number)).toBe('not_issued')
    const erased = await world.issueOne()
    await world.prisma.certificate.update({ where: { id: erased.certificate.id }, data: { printed: null } })
    expect(await outcome(erased.person, erased.person.number)).toBe('not_issued')
    expect(world.said).toEqual([])
  })

  it('sends five a day, however they are asked for', async () => {
    const { person } = await world.issueOne()
    for (let sent = 0; sent < 5; sent += 1) expect(await outcome(person, person.number)).toBe('sent')
    const other = await world.chat(person.contactId)
    expect(await outcome(other, person.number)).toBe('not_issued')
    expect(world.said).toHaveLength(5)
    world.clock.now = new Date(afterCourse.getTime() + day)
    expect(await outcome(person, person.number)).toBe('sent')
  })

  it('leaves nothing to send in the morning of one that was asked for at night', async () => {
    const { person } = await world.issueOne()
    world.clock.now = new Date('2026-03-10T23:00:00+08:00')
    expect(await outcome(person, person.number)).toBe('sent')
    world.clock.now = new Date('2026-03-11T07:05:00+08:00')
    await world.issue()
    expect(world.saidIn(person.chatId)).toHaveLength(1)
  })

  it('says nothing where the chat had its share of files', async () => {
    const { person } = await world.issueOne()
    const owner = `telegram:main:${person.address.id}`
    await world.prisma.mediaFile.create({
      data: { type: 'photo', mime: 'image/jpeg', size: 20 * 1024 * 1024, owner, createdAt: afterCourse },
    })
    expect(await outcome(person, person.number)).toBe('not_issued')
    expect(world.said).toEqual([])
  })
})
