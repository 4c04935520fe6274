import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChannelWorld, startChannelWorld } from '../support/whatsapp-channel.ts'

let world: ChannelWorld

beforeEach(async () => {
  world = await startChannelWorld()
})
afterEach(async () => {
  expect([world.server.errors, world.server.unknown]).toEqual([[], []])
  await world.end()
})

const place = '120363000000000001'
const broadcast = (number: number) => ({
  token: number.toString(16).padStart(16, '0'),
  purpose: 'broadcast' as const,
})

describe('createWhatsAppChannel, broadcasting', () => {
  it('takes one broadcast at a time, and tells its pace and today’s budget', async () => {
    const channel = world.open({
      pace: {
        replyGap: { least: 0, most: 0 },
        unaskedGap: { least: 1_000, most: 3_000 },
        ...{ unaskedADay: 60, warmUpDays: 14 },
      },
    })
    expect(channel.bulk).toEqual({ atOnce: 1 })
    expect(await channel.forecast()).toEqual({ perSecond: 0.5, perDay: 10, usedToday: 0 })
  })

  it('refuses a broadcast before it leaves while WhatsApp restricts the account, and says until when', async () => {
    const channel = await world.openReady()
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    world.server.refuseSends(463, { times: 1 })
    world.account.setTimelock(new Date(Date.now() + 3_600_000))
    await world.until(() => world.warnings.includes('restricted'), 'staff are told')
    const left = world.server.count('in', 'message')
    const failure = await channel.send(to, { text: 'x' }, '1', broadcast(1)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'too_fast', retryable: true })
    expect(failure).toHaveProperty('retryAfter')
    expect(world.server.count('in', 'message')).toBe(left)
  })

  it('says of a person to whom WhatsApp refuses a broadcast that it is restricted, and asks whether all are', async () => {
    const channel = await world.openReady()
    const to = { channel: 'whatsapp' as const, account: 'main', id: world.ana.lid }
    const asked = world.server.count('in', 'iq w:mex')
    world.server.refuseSends(463, { times: 1 })
    await expect(channel.send(to, { text: 'x' }, '1', broadcast(1))).rejects.toMatchObject({
      kind: 'restricted',
      retryable: false,
    })
    await world.until(() => world.server.count('in', 'iq w:mex') > asked, 'WhatsApp is asked')
  })
})

describe('createWhatsAppChannel, posting', () => {
  it('posts a text once, however often it is tried', async () => {
    const { jid, posts } = world.account.newsletter(place)
    const channel = await world.openReady()
    const receipt = await channel.post(jid, { text: 'Pelatihan baru' }, broadcast(1))
    expect(receipt).toEqual({ externalId: '3EB0000000000000000100' })
    await channel.post(jid, { text: 'Pelatihan baru' }, broadcast(1))
    await channel.post(jid, { text: 'Yang lain' }, broadcast(2))
    expect(posts.map(({ id, text }) => [id, text])).toEqual([
      [receipt.externalId, 'Pelatihan baru'],
      ['3EB0000000000000000200', 'Yang lain'],
    ])
  })

  it('posts a picture and a document as they are', async () => {
    const { jid, posts } = world.account.newsletter(place)
    const channel = await world.openReady()
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(5_000, 7)])
    const letter = Buffer.from('%PDF-1.7 jadwal')
    world.files.set('a', { mime: 'image/jpeg', bytes: new Uint8Array(photo) })
    world.files.set('b', { mime: 'application/pdf', bytes: new Uint8Array(letter), name: 'jadwal.pdf' })
    const poster = { id: 'a', type: 'photo' as const, mime: 'image/jpeg' }
    const schedule = { id: 'b', type: 'document' as const, mime: 'application/pdf' }
    await channel.post(jid, { text: 'Kabar', media: [poster] }, broadcast(1))
    await channel.post(jid, { text: 'Jadwal', media: [schedule] }, broadcast(2))
    expect(posts.map(({ text }) => text)).toEqual(['Kabar', 'Jadwal'])
    expect(posts.map((post) => post.file())).toEqual([photo, letter])
  })

  it('tells a place that is none, one that is not there, and one where another account is the admin', async () => {
    const other = world.server.account({ phone: '6281539900002', lid: '539900000002', name: 'Lain' })
    const { jid, posts } = other.newsletter('120363000000000002')
    const channel = await world.openReady()
    for (const [index, at] of [world.ana.lid, '120363000000000009@newsletter', jid].entries()) {
      await expect(channel.post(at, { text: 'x' }, broadcast(index + 1))).rejects.toMatchObject({
        kind: 'refused',
        retryable: false,
      })
    }
    expect(posts).toEqual([])
    expect(world.ana.inbox).toEqual([])
  })

  it('keeps a post back while WhatsApp restricts the account, and while there is no connection', async () => {
    const { jid, posts } = world.account.newsletter(place)
    const channel = await world.openReady()
    world.account.tellCapping({ capping_status: 'FIRST_WARNING', total_quota: 10, used_quota: 9 })
    await world.until(() => world.warnings.includes('capped'), 'staff are told')
    await expect(channel.post(jid, { text: 'x' }, broadcast(1))).rejects.toMatchObject({ kind: 'too_fast' })
    await channel.stop()
    await expect(channel.post(jid, { text: 'x' }, broadcast(1))).rejects.toMatchObject({
      kind: 'unavailable',
    })
    expect(posts).toEqual([])
  })
})
