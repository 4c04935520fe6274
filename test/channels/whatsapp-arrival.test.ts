import * as baileys from '@whiskeysockets/baileys'
import { proto, type WAMessage } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeArrival, encodeArrival } from '../../src/channels/whatsapp-arrival.ts'
import { readMessage } from '../../src/channels/whatsapp-message.ts'

const lid = '184467440737095@lid'
const pn = '6281200000001@s.whatsapp.net'
const now = new Date('2026-01-02T03:04:05Z')
const sent = 1_700_000_000

/** A message as the library gives it: what came over the wire, decoded. */
function message(content: proto.IMessage | null, change: Partial<WAMessage> = {}): WAMessage {
  return {
    key: { remoteJid: lid, remoteJidAlt: pn, id: '3AF0', fromMe: false },
    messageTimestamp: sent,
    message:
      content && proto.Message.decode(proto.Message.encode(proto.Message.fromObject(content)).finish()),
    ...change,
  }
}

const keep = (given: WAMessage) => decodeArrival(baileys, encodeArrival(baileys, given))
const quote = { stanzaId: '3EB00123456789ABCDEF00', quotedMessage: { conversation: 'Mau apa?' } }
const photo = {
  url: 'https://mmg.whatsapp.net/x',
  directPath: '/x',
  mimetype: 'image/jpeg',
  mediaKey: Uint8Array.from({ length: 32 }, (_, at) => (at * 37) % 256),
  fileEncSha256: new Uint8Array(32).fill(255),
  fileLength: 9_007_199,
  caption: 'kios 🧵 "Ina"\n\u2028',
}

describe('decodeArrival', () => {
  it.each<[string, WAMessage]>([
    ['a photo', message({ imageMessage: photo })],
    ['a photo that disappears', message({ ephemeralMessage: { message: { imageMessage: photo } } })],
    [
      'a document with words',
      message({
        documentWithCaptionMessage: { message: { documentMessage: { ...photo, fileName: 'a.pdf' } } },
      }),
    ],
    ['a photo of an album', message({ associatedChildMessage: { message: { imageMessage: photo } } })],
    ['a text', message({ conversation: 'menu 🙏' })],
    ['a quote', message({ extendedTextMessage: { text: '2', contextInfo: quote } })],
    ['a place', message({ locationMessage: { degreesLatitude: -10.17, degreesLongitude: 123.6 } })],
    ['an edit', message({ protocolMessage: { type: 14, key: { id: '3AF0' } } })],
    ['a voice', message({ audioMessage: { ptt: true } })],
    ['what may be seen once', message({ viewOnceMessageV2: { message: { imageMessage: photo } } })],
    [
      'what may be seen once, and is not given to linked devices',
      message(null, { key: { remoteJid: lid, id: '3AF0', fromMe: false, isViewOnce: true } }),
    ],
    [
      'a kind that is newer than the library',
      message({ messageContextInfo: { messageSecret: photo.mediaKey } }),
    ],
    [
      'a message by phone number',
      message({ conversation: 'x' }, { key: { remoteJid: pn, remoteJidAlt: lid, id: 'A' } }),
    ],
    ['a message with one id', message({ conversation: 'x' }, { key: { remoteJid: lid, id: 'A' } })],
    ['a message of 1970', message({ conversation: 'x' }, { messageTimestamp: 0 })],
    ['a message of the end of days', message({ conversation: 'x' }, { messageTimestamp: 1e15 })],
    ['a message without a time', message({ conversation: 'x' }, { messageTimestamp: null })],
    ['a message with no number for a time', message({ conversation: 'x' }, { messageTimestamp: Number.NaN })],
  ])('gives back %s, to be read the same', (_what, given) => {
    const read = readMessage(given, now)
    const again = readMessage(keep(given), now)
    expect(read).toBeDefined()
    expect(plain(again)).toEqual(plain(read))
  })

  it('gives back every byte that a file is fetched and opened by', () => {
    const { imageMessage } = keep(message({ imageMessage: photo })).message ?? {}
    expect(imageMessage).toMatchObject({
      url: photo.url,
      directPath: photo.directPath,
      caption: photo.caption,
    })
    for (const field of ['mediaKey', 'fileEncSha256'] as const) {
      expect([...(imageMessage?.[field] ?? [])]).toEqual([...photo[field]])
    }
    expect(String(imageMessage?.fileLength)).toBe('9007199')
  })

  it('keeps the time that the library tells as an object of its own', () => {
    const bytes = proto.WebMessageInfo.encode({ key: { id: 'x' }, messageTimestamp: sent }).finish()
    const { messageTimestamp = null } = proto.WebMessageInfo.decode(bytes)
    expect(typeof messageTimestamp).toBe('object')
    expect(keep(message({ conversation: 'x' }, { messageTimestamp })).messageTimestamp).toBe(sent)
  })

  it('takes nothing for no other id', () => {
    const given = message({ conversation: 'x' })
    Reflect.set(given.key, 'remoteJidAlt', null)
    expect(keep(given).key).toEqual({ remoteJid: lid, id: '3AF0' })
  })

  it('gives back any text, any id and any time', () => {
    const ids = fc.stringMatching(/^[\x21-\x7e]{1,128}$/)
    const words = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(ids, words, fc.nat(), (id, conversation, messageTimestamp) => {
        const given = message({ conversation }, { key: { remoteJid: lid, id }, messageTimestamp })
        expect(plain(readMessage(keep(given), now))).toEqual(plain(readMessage(given, now)))
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['half of it', '{"key":{"id":"3AF0"'],
    ['other JSON', '{"key":{"id":"3AF0"},"at":1}'],
    ['a number for an id', JSON.stringify({ key: { id: 1, remoteJid: lid }, at: 1, message: '' })],
    ['no base64', JSON.stringify({ key: { id: 'x', remoteJid: lid }, at: 1, message: '!' })],
    ['a message cut short', JSON.stringify({ key: { id: 'x', remoteJid: lid }, at: 1, message: 'GgU=' })],
  ])('throws on %s', (_what, kept) => {
    expect(() => decodeArrival(baileys, Buffer.from(kept))).toThrow()
  })

  it('throws nothing but errors, whatever the journal holds', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => decodeArrival(baileys, bytes)).toThrow(Error)
      }),
    )
  })
})

/** An arrival as values that can be compared: the library's objects differ in what they are made of, not in what they say. */
function plain(arrival: ReturnType<typeof readMessage>) {
  if (arrival?.content.type !== 'file') return arrival
  const { message: file, ...content } = arrival.content
  const bytes = proto.Message.encode(proto.Message.fromObject(file.message ?? {})).finish()
  return { ...arrival, content: { ...content, file: Buffer.from(bytes).toString('hex') } }
}
