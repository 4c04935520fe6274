import { randomBytes } from 'node:crypto'
import { decryptPollVote, downloadMediaMessage, proto, type WAMessage } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlainClient } from './plain-client.ts'
import { startTestWorld, type TestWorld } from './test-world.ts'

let world: TestWorld
let client: PlainClient

beforeEach(async () => {
  world = await startTestWorld()
  client = await world.connectPaired()
})
afterEach(async () => {
  await world.end()
  expect(world.server.errors).toEqual([])
  expect(world.server.unknown).toEqual([])
})

const got = async (id: string): Promise<WAMessage> =>
  client.until(
    () => client.messages.find(({ message }) => message.key.id === id)?.message,
    `the client got ${id}`,
  )

describe('a person’s phone', () => {
  it('sends a photo and a document that arrive as they were', async () => {
    const [picture, paper] = [randomBytes(70_000), randomBytes(4_000)]
    const photo = await got(await world.ana.sendPhoto(picture, 'rumah saya'))
    expect(photo.message?.imageMessage?.caption).toBe('rumah saya')
    expect(await downloadMediaMessage(photo, 'buffer', {})).toEqual(picture)
    const document = await got(await world.ana.sendDocument(paper, 'kk.pdf', 'application/pdf'))
    expect(document.message?.documentMessage).toMatchObject({
      fileName: 'kk.pdf',
      mimetype: 'application/pdf',
    })
    expect(await downloadMediaMessage(document, 'buffer', {})).toEqual(paper)
  })

  it('opens the photo and the document that a client sends', async () => {
    const { ana } = world
    const [picture, paper] = [randomBytes(70_000), randomBytes(4_000)]
    await client.socket.sendMessage(ana.lid, { image: picture, caption: 'poster', jpegThumbnail: 'eA==' })
    const photo = await ana.next()
    expect(photo.text).toBe('poster')
    expect(await photo.download()).toEqual(picture)
    await client.socket.sendMessage(ana.lid, {
      document: paper,
      fileName: 'a.pdf',
      mimetype: 'application/pdf',
    })
    expect(await (await ana.next()).download()).toEqual(paper)
  })

  it('can lie about the size of a file', async () => {
    const hundredMegabytes = 100 * 1024 * 1024
    const id = await world.ana.sendDocument(Buffer.from('small'), 'besar.zip', 'application/zip', {
      claimedSize: hundredMegabytes,
    })
    expect(Number((await got(id)).message?.documentMessage?.fileLength)).toBe(hundredMegabytes)
  })

  it('has files whose transfer can be made to fail', async () => {
    const { ana, server } = world
    const photo = await got(await ana.sendPhoto(randomBytes(100)))
    server.media.fail('download', { status: 410 }, 1)
    await expect(downloadMediaMessage(photo, 'buffer', {})).rejects.toThrow()
    expect(await downloadMediaMessage(photo, 'buffer', {})).toHaveLength(100)
    const lift = server.media.fail('upload', { status: 503 })
    await expect(client.socket.sendMessage(ana.lid, { image: randomBytes(9) })).rejects.toThrow()
    lift()
  })

  it('keeps the order of what it sends, slow files too', async () => {
    const { ana } = world
    const ids = await Promise.all([
      ana.say('satu'),
      ana.sendPhoto(randomBytes(300_000)),
      ana.say('tiga'),
      ana.voice(),
      ana.say('lima'),
    ])
    await client.until(() => client.messages.length === ids.length, 'all messages')
    expect(client.messages.map(({ message }) => message.key.id)).toEqual(ids)
  })

  it('sends every other kind of content', async () => {
    const { ana } = world
    const text = await ana.say('halo')
    const answer = await client.socket.sendMessage(ana.lid, { text: '1. Menu' })
    await ana.next()
    const content = async (id: string) => (await got(id)).message
    expect(await content(await ana.say('1', { quoting: answer!.key.id! }))).toMatchObject({
      extendedTextMessage: { text: '1', contextInfo: { stanzaId: answer?.key.id } },
    })
    expect(await content(await ana.location(-10.16, 123.6))).toMatchObject({
      locationMessage: { degreesLatitude: -10.16 },
    })
    expect(await content(await ana.sticker())).toHaveProperty('stickerMessage.directPath')
    expect(await content(await ana.voice())).toMatchObject({ audioMessage: { ptt: true } })
    expect(await content(await ana.sendVideo(Buffer.from('v')))).toHaveProperty('videoMessage.directPath')
    expect(await content(await ana.contact('Budi', '6281539900102'))).toHaveProperty('contactMessage.vcard')
    expect(await content(await ana.sendViewOnce(Buffer.from('x')))).toHaveProperty(
      'viewOnceMessageV2.message.imageMessage',
    )
    expect(await content(await ana.react(text, '👍'))).toMatchObject({ reactionMessage: { text: '👍' } })
    expect(await content(await ana.edit(text, 'hai'))).toMatchObject({
      protocolMessage: { type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT, key: { id: text } },
    })
    expect(await content(await ana.revoke(text))).toMatchObject({
      protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE },
    })
    expect(await content(await ana.pressButton('menu/1', 'Cek bansos'))).toMatchObject({
      buttonsResponseMessage: { selectedButtonId: 'menu/1' },
    })
    expect(await content(await ana.pickRow('menu/2', 'UMKM'))).toMatchObject({
      listResponseMessage: { title: 'UMKM' },
    })
    expect((await got(ana.sendHiddenViewOnce())).key).toMatchObject({ isViewOnce: true })
  })

  it('votes in a poll', async () => {
    const { account, ana } = world
    const sent = await client.socket.sendMessage(ana.lid, {
      poll: { name: 'Menu?', values: ['Bansos', 'UMKM'] },
    })
    const poll = await ana.next()
    expect(poll.text).toBe('Menu?')
    const vote = await got(await ana.vote(poll, ['UMKM']))
    const { selectedOptions } = decryptPollVote(vote.message!.pollUpdateMessage!.vote!, {
      pollCreatorJid: account.lid,
      pollMsgId: sent!.key.id!,
      pollEncKey: poll.proto.messageContextInfo!.messageSecret!,
      voterJid: ana.pn,
    })
    expect(selectedOptions).toHaveLength(1)
  })

  it('writes in a group and posts a status, which carry those addresses', async () => {
    const { account, ana, server } = world
    const inGroup = await got(await ana.sayInGroup('halo semua'))
    expect(inGroup.key).toMatchObject({ remoteJid: '120363025399000001@g.us', participant: ana.lid })
    const status = await got(await ana.postStatus('jualan'))
    expect(status.key).toMatchObject({ remoteJid: 'status@broadcast', participant: ana.lid })
    account.newsletterPost('berita')
    await client.until(
      () => client.messages.some(({ message }) => message.key.remoteJid?.endsWith('@newsletter')),
      'the post',
    )
    await server.until(() => account.outstanding() === 0, 'all was answered for')
  })

  it('has an owner who writes by hand, which the client sees as its own', async () => {
    const { account, ana } = world
    await account.sayTo(ana, 'dari HP')
    const { message } = await client.until(() => client.messages[0], 'the copy')
    expect(message).toMatchObject({
      key: { fromMe: true, remoteJid: ana.lid },
      message: { conversation: 'dari HP' },
    })
  })

  it('tells nothing of its delivery when it is switched off, and on demand', async () => {
    const { ana } = world
    ana.setDelivery({ automatic: false })
    const sent = await client.socket.sendMessage(ana.lid, { text: 'sampai?' })
    const { id } = await ana.next()
    expect(world.server.count('out', 'receipt')).toBe(0)
    ana.confirmDelivery(sent!.key.id!)
    await client.until(() => client.statuses.get(id) === 3, 'delivered')
    ana.setDelivery({ automatic: true, milliseconds: 30 })
    const late = await client.socket.sendMessage(ana.lid, { text: 'nanti' })
    await client.until(() => client.statuses.get(late!.key.id!) === 3, 'delivered late')
  })
})
