import { proto } from '@whiskeysockets/baileys'
import { describe, expect, it } from 'vitest'
import { unwrap } from '../../src/channels/whatsapp-unwrap.ts'

const inner: proto.IMessage = { conversation: 'x' }
const photo: proto.IMessage = { imageMessage: { url: 'https://x' } }
/** As the library gives it: what came over the wire, decoded. */
const decoded = (content: proto.IMessage) =>
  proto.Message.decode(proto.Message.encode(proto.Message.fromObject(content)).finish())
const taken = (content: proto.IMessage) => {
  const { content: left, ...marks } = unwrap(decoded(content))
  return { ...marks, content: proto.Message.toObject(proto.Message.fromObject(left)) }
}
const plainCovers = [
  'ephemeralMessage',
  'documentWithCaptionMessage',
  'associatedChildMessage',
  'deviceSentMessage',
  'groupMentionedMessage',
  'botForwardedMessage',
] as const
const onceCovers = ['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'] as const

describe('unwrap', () => {
  it('leaves what has no cover as it is', () => {
    expect(taken(inner)).toEqual({ content: inner, isViewOnce: false, isEdited: false })
    expect(taken({})).toEqual({ content: {}, isViewOnce: false, isEdited: false })
  })

  it.each(plainCovers)('takes %s off', (cover) => {
    expect(taken({ [cover]: { message: inner } })).toEqual({
      content: inner,
      isViewOnce: false,
      isEdited: false,
    })
  })

  it.each(onceCovers)('takes %s off and says so, whatever is over and under it', (cover) => {
    const once = { [cover]: { message: photo } }
    const result = { content: photo, isViewOnce: true, isEdited: false }
    expect(taken(once)).toEqual(result)
    for (const plain of plainCovers) {
      expect(taken({ [plain]: { message: once } })).toEqual(result)
      expect(taken({ [cover]: { message: { [plain]: { message: photo } } } })).toEqual(result)
    }
  })

  it.each<[string, proto.IMessage]>([
    ['a photo', { imageMessage: { viewOnce: true } }],
    ['a video', { videoMessage: { viewOnce: true } }],
    ['a voice', { audioMessage: { viewOnce: true } }],
  ])('knows %s to be seen once by its own mark, also under a cover', (_what, content) => {
    expect(taken(content).isViewOnce).toBe(true)
    expect(taken({ ephemeralMessage: { message: content } }).isViewOnce).toBe(true)
  })

  it.each<[string, proto.IMessage]>([
    ['an edit by its cover', { editedMessage: { message: inner } }],
    ['an edit by its note', { protocolMessage: { type: 14, editedMessage: inner } }],
    ['an edit in cipher', { secretEncryptedMessage: { secretEncType: 2 } }],
  ])('knows %s, whatever is over it', (_what, edit) => {
    expect(taken(edit).isEdited).toBe(true)
    for (const cover of [...plainCovers, ...onceCovers]) {
      expect(taken({ [cover]: { message: edit } }).isEdited).toBe(true)
    }
  })

  it.each<[string, proto.IMessage]>([
    ['a message taken back', { protocolMessage: { type: 0 } }],
    ['a note of no type', { protocolMessage: {} }],
    ['an event that was changed in cipher', { secretEncryptedMessage: { secretEncType: 1 } }],
  ])('takes %s for no edit', (_what, content) => {
    expect(taken(content).isEdited).toBe(false)
  })

  it('takes off six covers, and no more', () => {
    const wrap = (covers: number): proto.IMessage =>
      covers === 0 ? inner : { ephemeralMessage: { message: wrap(covers - 1) } }
    expect(taken(wrap(6)).content).toEqual(inner)
    expect(taken(wrap(7)).content).toEqual({ ephemeralMessage: { message: inner } })
  })

  it('leaves a cover on that has nothing in it', () => {
    for (const cover of [...plainCovers, ...onceCovers]) {
      expect(taken({ [cover]: {} })).toEqual({ content: { [cover]: {} }, isViewOnce: false, isEdited: false })
    }
  })
})
