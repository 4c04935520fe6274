import { describe, expect, it } from 'vitest'
import { messageIdOf, readUpdate } from '../../src/channels/telegram-message.ts'
import { telegramUpdate } from '../../src/channels/telegram-update.ts'

const chat = { id: 7, type: 'private' }
const now = new Date('2026-01-02T03:04:05Z')

function read(update: Readonly<Record<string, unknown>>) {
  return readUpdate(telegramUpdate.parse({ update_id: 1, ...update }), '42', now)
}

function readMessage(content: Readonly<Record<string, unknown>>) {
  return read({ message: { message_id: 5, date: 1_700_000_000, chat, from: { id: 7 }, ...content } })
}

describe('readUpdate', () => {
  it('reads a text with its sender, id and time', () => {
    expect(readMessage({ text: 'cek bansos' })).toEqual({
      from: { channel: 'telegram', account: '42', id: '7' },
      externalId: 'm5',
      sentAt: new Date(1_700_000_000_000),
      content: { type: 'text', text: 'cek bansos' },
    })
  })

  it.each([
    ['/menu', 'menu'],
    ['/start', 'start'],
    ['/start umkm-3', 'start umkm-3'],
    ['/cekbot@LopoBot arg', 'cekbot arg'],
    ['/bantuan\nsaya', 'bantuan\nsaya'],
    ['/', '/'],
    ['/a/b', '/a/b'],
    ['17/08/1980', '17/08/1980'],
  ])('reads the command %j as %j', (text, word) => {
    expect(readMessage({ text })?.content).toEqual({ type: 'text', text: word })
  })

  it('reads a forwarded text as a text', () => {
    const origin = { type: 'hidden_user', sender_user_name: 'X', date: 1 }
    expect(readMessage({ text: 'halo', forward_origin: origin })?.content).toEqual({
      type: 'text',
      text: 'halo',
    })
  })

  it('wants the largest size of a photo', () => {
    const photo = [
      { file_id: 'small', file_size: 9 },
      { file_id: 'big', file_size: 10_485_760 },
    ]
    expect(readMessage({ photo, caption: 'kios' })?.content).toMatchObject({ fileId: 'big', caption: 'kios' })
  })

  it('wants a document under its name', () => {
    const document = { file_id: 'd', file_name: 'surat.pdf', file_size: 9 }
    expect(readMessage({ document })?.content).toMatchObject({ type: 'file', fileId: 'd', name: 'surat.pdf' })
  })

  it.each([
    [
      'photo',
      {
        photo: [
          { file_id: 'a', file_size: 9 },
          { file_id: 'b', file_size: 10_485_761 },
        ],
      },
    ],
    ['document', { document: { file_id: 'a', file_size: 10_485_761 } }],
  ])('does not want a %s over 10 MB', (_kind, content) => {
    expect(readMessage(content)?.content).toEqual({ type: 'unreadable', what: 'too_large' })
  })

  it('reads a location', () => {
    const location = { latitude: -10.17, longitude: 123.6, live_period: 60 }
    expect(readMessage({ location })?.content).toEqual({
      type: 'location',
      latitude: -10.17,
      longitude: 123.6,
    })
  })

  it.each([
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['sticker', 'sticker'],
    ['contact', 'contact'],
    ['poll', 'poll'],
    ['dice', 'other'],
    ['something_that_telegram_will_invent', 'other'],
  ])('tells a %s as %s', (field, what) => {
    expect(readMessage({ [field]: {} })?.content).toEqual({ type: 'unreadable', what })
  })

  it('tells an animation as a video, not as the document that comes with it', () => {
    const content = readMessage({ animation: {}, document: { file_id: 'd' } })?.content
    expect(content).toEqual({ type: 'unreadable', what: 'video' })
  })

  it('gives each edit of a message an id of its own', () => {
    const edited = { message_id: 5, date: 1_700_000_000, edit_date: 1_700_000_060, chat, text: 'baru' }
    expect(read({ edited_message: edited })).toMatchObject({
      externalId: 'e5.1700000060',
      sentAt: new Date(1_700_000_060_000),
      content: { type: 'unreadable', what: 'edited' },
    })
  })

  it('passes over a live location that moves', () => {
    const location = { latitude: 1, longitude: 2 }
    expect(read({ edited_message: { message_id: 5, date: 1, edit_date: 2, chat, location } })).toBeUndefined()
  })

  it('reads a pressed button and what must be answered', () => {
    expect(
      read({ callback_query: { id: '99', from: { id: 7 }, data: 'menu:1', message: { chat } } }),
    ).toEqual({
      from: { channel: 'telegram', account: '42', id: '7' },
      externalId: 'c99',
      sentAt: now,
      content: { type: 'choice', value: 'menu:1' },
      callbackQueryId: '99',
    })
  })

  it.each([
    ['a group', { message: { message_id: 5, date: 1, chat: { id: -1, type: 'supergroup' }, text: 'x' } }],
    [
      'a button in a group',
      {
        callback_query: { id: '9', from: { id: 7 }, data: 'x', message: { chat: { id: -1, type: 'group' } } },
      },
    ],
    ['a button without a chat', { callback_query: { id: '9', from: { id: 7 }, data: 'x' } }],
    ['another bot', { message: { message_id: 5, date: 1, chat, from: { id: 8, is_bot: true }, text: 'x' } }],
    ['a pin', { message: { message_id: 5, date: 1, chat, pinned_message: {} } }],
    ['a kind of update it did not ask for', { my_chat_member: {} }],
  ])('passes over %s', (_what, update) => {
    expect(read(update)).toBeUndefined()
  })
})

describe('messageIdOf', () => {
  it('knows the message of a text and of an edit, and none of a button', () => {
    expect(['m5', 'e5.1700000060', 'c99'].map(messageIdOf)).toEqual([5, 5, undefined])
  })
})
