import { proto, type WAMessage } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, maximumFileSize, readMessage } from '../../src/channels/whatsapp-message.ts'

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

const read = (content: proto.IMessage) => readMessage(message(content), now)?.content
const keyed = (key: Partial<WAMessage['key']>) =>
  readMessage(message({ conversation: 'x' }, { key: { ...message(null).key, ...key } }), now)
const unreadable = (what: string) => ({ type: 'unreadable', what })
const text = (words: string) => ({ type: 'text', text: words })

describe('readMessage', () => {
  it('reads a text with its sender, their other id, its own id and time', () => {
    expect(readMessage(message({ conversation: 'cek bansos' }), now)).toEqual({
      jid: lid,
      other: pn,
      externalId: '3AF0',
      sentAt: new Date(sent * 1_000),
      content: text('cek bansos'),
    })
  })

  it.each([
    ['the device', '6281200000001:14@s.whatsapp.net', pn],
    ['the agent', '6281200000001_1:14@s.whatsapp.net', pn],
    ['the old server name', '6281200000001@c.us', pn],
    ['a hosted business', '6281200000001:99@hosted', pn],
    ['a hosted business by LID', '184467440737095:99@hosted.lid', lid],
    ['the device of a LID', '184467440737095:3@lid', lid],
  ])('leaves %s out of an id', (_what, remoteJid, jid) => {
    expect(keyed({ remoteJid })?.jid).toBe(jid)
  })

  it('takes as the other id only one of the other kind', () => {
    expect(keyed({ remoteJid: pn, remoteJidAlt: '184467440737095:2@lid' })?.other).toBe(lid)
    expect(keyed({ remoteJidAlt: '99@lid' })?.other).toBeUndefined()
    expect(keyed({ remoteJidAlt: 'x@g.us' })?.other).toBeUndefined()
  })

  it.each<[string, Partial<WAMessage['key']>]>([
    ['a group', { remoteJid: '120363025399000001@g.us', participant: lid }],
    ['status', { remoteJid: 'status@broadcast', participant: lid }],
    ['a broadcast list', { remoteJid: '1700000000@broadcast', participant: lid }],
    ['a channel', { remoteJid: '120363025399000002@newsletter' }],
    ['Meta AI', { remoteJid: '867051314767696@bot' }],
    ['Meta AI by number', { remoteJid: '13135550002@c.us' }],
    ['WhatsApp itself', { remoteJid: '0@s.whatsapp.net' }],
    ['the server', { remoteJid: 'server@c.us' }],
    ['no one', { remoteJid: '' }],
    ['a server named like a property', { remoteJid: '1@constructor' }],
    ['ourselves', { fromMe: true }],
    ['a message without an id', { id: '' }],
    ['an id that cannot be kept', { id: 'A\u0000B' }],
    ['an endless id', { id: 'A'.repeat(129) }],
  ])('passes over %s in silence', (_what, key) => {
    expect(keyed(key)).toBeUndefined()
  })

  it.each<[string, proto.IMessage]>([
    ['a reaction', { reactionMessage: { text: '👍', key: { id: 'x' } } }],
    ['a reaction in cipher', { encReactionMessage: { encIv: new Uint8Array(1) } }],
    ['a message taken back', { protocolMessage: { type: 0, key: { id: 'x' } } }],
    ['a disappearing timer', { protocolMessage: { type: 3, ephemeralExpiration: 86_400 } }],
    ['a key share', { protocolMessage: { type: 6, appStateSyncKeyShare: {} } }],
    ['a history note', { protocolMessage: { type: 5 } }],
    ['a vote', { pollUpdateMessage: { pollCreationMessageKey: { id: 'x' } } }],
    ['an answer to an invitation', { encEventResponseMessage: { encIv: new Uint8Array(1) } }],
    ['a group key', { senderKeyDistributionMessage: { groupId: 'x' }, messageContextInfo: {} }],
    ['a pin', { pinInChatMessage: { type: 1 } }],
    ['a keep', { keepInChatMessage: { keepType: 1 } }],
    ['a call that was missed', { callLogMesssage: { isVideo: false } }],
    ['a call', { call: { callKey: new Uint8Array(1) } }],
    ['the note before an album', { albumMessage: { expectedImageCount: 2 } }],
    ['a comment', { commentMessage: { targetMessageKey: { id: 'x' } } }],
    ['an event that was changed', { secretEncryptedMessage: { secretEncType: 1 } }],
    ['a mention in a status', { statusMentionMessage: { message: { protocolMessage: { type: 25 } } } }],
    ['a place on the move', { liveLocationMessage: { ...{ degreesLatitude: 1 }, timeOffset: 30 } }],
    ['nothing at all', {}],
  ])('passes over %s in silence', (_what, content) => {
    expect(readMessage(message(content), now)).toBeUndefined()
  })

  it('passes over a note of the platform, which has no content', () => {
    expect(readMessage(message(null, { messageStubType: 40 }), now)).toBeUndefined()
  })

  it.each<[string, proto.IMessage, string]>([
    ['a plain text', { conversation: 'menu' }, 'menu'],
    [
      'a text with a link',
      { extendedTextMessage: { text: 'https://x.id', matchedText: 'x' } },
      'https://x.id',
    ],
    ['a disappearing text', { ephemeralMessage: { message: { conversation: 'rahasia' } } }, 'rahasia'],
    ['a text of another device', { deviceSentMessage: { message: { conversation: 'dua' } } }, 'dua'],
    ['an empty quote', { extendedTextMessage: { contextInfo: { stanzaId: 'x' } } }, ''],
    ['an empty text', { conversation: '' }, ''],
    ['a lone emoji', { extendedTextMessage: { text: '🙏' } }, '🙏'],
    [
      'a button',
      { buttonsResponseMessage: { selectedButtonId: '1.2', selectedDisplayText: 'Ya', type: 1 } },
      'Ya',
    ],
    [
      'a row',
      { listResponseMessage: { title: 'Oebobo', singleSelectReply: { selectedRowId: '1.2' } } },
      'Oebobo',
    ],
    [
      'a template button',
      { templateButtonReplyMessage: { selectedId: '1', selectedDisplayText: 'Menu' } },
      'Menu',
    ],
    [
      'a native button',
      { interactiveResponseMessage: { body: { text: 'Cek' }, nativeFlowResponseMessage: { name: 'x' } } },
      'Cek',
    ],
  ])('reads %s as text', (_what, content, words) => {
    expect(read(content)).toEqual(text(words))
  })

  it('hands a very long text over whole', () => {
    expect(read({ conversation: 'a'.repeat(60_000) })).toEqual(text('a'.repeat(60_000)))
  })

  it('makes texts such as the database keeps', () => {
    const broken = { ...message({}), message: { conversation: 'a\ud800b\u0000c' } }
    expect(readMessage(broken, now)?.content).toEqual(text('a\ufffdbc'))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (words) => {
        const content = readMessage({ ...message({}), message: { conversation: words } }, now)?.content
        if (content?.type !== 'text') throw new Error('no text')
        expect(content.text.isWellFormed()).toBe(true)
        expect(content.text).toBe(words.toWellFormed().replaceAll('\u0000', ''))
      }),
    )
  })

  it('wants a photo with its caption', () => {
    const imageMessage = { url: 'https://x', mimetype: 'image/jpeg', fileLength: 9, caption: 'kios' }
    expect(read({ imageMessage })).toMatchObject({
      type: 'file',
      name: undefined,
      caption: 'kios',
      message: { key: { id: '3AF0' }, message: { imageMessage: { url: 'https://x' } } },
    })
  })

  it('wants a document under its name, out of whatever it is wrapped in', () => {
    const documentMessage = { url: 'https://x', fileName: 'surat.pdf', fileLength: 9, caption: 'ini' }
    const covered = { documentWithCaptionMessage: { message: { documentMessage } } }
    expect(read({ ephemeralMessage: { message: covered } })).toMatchObject({
      type: 'file',
      name: 'surat.pdf',
      caption: 'ini',
      message: { message: { documentMessage: { url: 'https://x' } } },
    })
  })

  it('cuts the name of a file, never inside a character', () => {
    const fileName = `${'a'.repeat(199)}😀.pdf`
    const content = read({ documentMessage: { url: 'https://x', fileName } })
    expect(content).toMatchObject({ name: `${'a'.repeat(199)}\ufffd` })
  })

  it('wants the photos of an album one by one', () => {
    const associatedChildMessage = { message: { imageMessage: { url: 'https://x' } } }
    expect(read({ associatedChildMessage })).toMatchObject({ type: 'file' })
  })

  it('refuses a file that is too large by its own word, and none that is not', () => {
    expect(read({ documentMessage: { fileLength: maximumFileSize + 1 } })).toEqual(unreadable('too_large'))
    expect(read({ imageMessage: { fileLength: 104_857_600 } })).toEqual(unreadable('too_large'))
    expect(read({ documentMessage: { fileLength: maximumFileSize } })).toMatchObject({ type: 'file' })
    expect(read({ documentMessage: {} })).toMatchObject({ type: 'file' })
    // The largest number that the wire can carry.
    const endless = proto.Message.DocumentMessage.decode(Uint8Array.from([40, ...Array(9).fill(255), 1]))
    expect(String(endless.fileLength)).toBe('18446744073709551615')
    expect(read({ documentMessage: endless })).toEqual(unreadable('too_large'))
  })

  it('reads a place, and a shared one that moves where it began', () => {
    const place = { degreesLatitude: -10.17, degreesLongitude: 123.6 }
    const location = { type: 'location', latitude: -10.17, longitude: 123.6 }
    expect(read({ locationMessage: { ...place, name: 'Pasar' } })).toEqual(location)
    expect(read({ liveLocationMessage: { ...place, sequenceNumber: 1 } })).toEqual(location)
    expect(read({ ephemeralMessage: { message: { locationMessage: place } } })).toEqual(location)
    expect(read({ locationMessage: { degreesLatitude: 0, degreesLongitude: 0 } })).toMatchObject({
      latitude: 0,
    })
  })

  it('passes over the later places of one that moves', () => {
    const place = { degreesLatitude: -10.17, degreesLongitude: 123.6, timeOffset: 60 }
    expect(read({ liveLocationMessage: place })).toBeUndefined()
    expect(read({ ephemeralMessage: { message: { liveLocationMessage: place } } })).toBeUndefined()
    expect(read({ liveLocationMessage: { ...place, timeOffset: 0 } })).toMatchObject({ type: 'location' })
  })

  it('reads what is on record of a message as the library decodes the whole of it', () => {
    const bytes = proto.WebMessageInfo.encode({
      key: { remoteJid: lid, id: '3AF0', fromMe: false },
      messageTimestamp: sent,
      message: { conversation: 'menu' },
    }).finish()
    const { key, ...whole } = proto.WebMessageInfo.decode(bytes)
    expect(typeof whole.messageTimestamp).toBe('object')
    expect(readMessage({ ...whole, key: key ?? {} }, now)).toEqual({
      jid: lid,
      other: undefined,
      externalId: '3AF0',
      sentAt: new Date(sent * 1_000),
      content: text('menu'),
    })
  })

  it('knows every field that the library does, each to be read, answered or passed over', () => {
    const fields = Object.keys(proto.Message.prototype).filter((field) => field !== 'toJSON')
    expect(fields.length).toBeGreaterThan(90)
    const answers = fields.map(
      (field) => [field, read({ [field]: field === 'conversation' ? 'x' : {} })] as const,
    )
    const silent = answers.filter(([, answer]) => answer === undefined).map(([field]) => field)
    // What a person may have meant as a message is never passed over.
    for (const field of silent) expect(field).toMatch(passedOver)
    for (const [, answer] of answers) {
      expect(answer === undefined || ['text', 'file', 'unreadable'].includes(answer.type)).toBe(true)
    }
  })

  it.each([
    [{}],
    [{ degreesLatitude: 91, degreesLongitude: 1 }],
    [{ degreesLatitude: -91, degreesLongitude: 1 }],
    [{ degreesLatitude: 1, degreesLongitude: 180.5 }],
    [{ degreesLatitude: 1 }],
    [{ degreesLatitude: Number.NaN, degreesLongitude: 1 }],
    [{ degreesLatitude: 1, degreesLongitude: Number.POSITIVE_INFINITY }],
  ])('reads %j as no place', (locationMessage) => {
    expect(read({ locationMessage })).toEqual(unreadable('other'))
  })

  const photo = { imageMessage: { url: 'https://x', fileLength: 9 } }
  it.each<[string, proto.IMessage]>([
    ['voice', { audioMessage: { ptt: true } }],
    ['voice', { audioMessage: { ptt: false, mimetype: 'audio/mpeg' } }],
    ['video', { videoMessage: { seconds: 3 } }],
    ['video', { videoMessage: { gifPlayback: true } }],
    ['video', { ptvMessage: { seconds: 3 } }],
    ['sticker', { stickerMessage: { isAnimated: true } }],
    ['sticker', { lottieStickerMessage: { message: { stickerMessage: {} } } }],
    ['sticker', { stickerPackMessage: { name: 'x' } }],
    ['contact', { contactMessage: { displayName: 'Ana' } }],
    ['contact', { contactsArrayMessage: { displayName: 'Ana' } }],
    ['poll', { pollCreationMessage: { name: 'x' } }],
    ['poll', { pollCreationMessageV2: { name: 'x' } }],
    ['poll', { pollCreationMessageV3: { name: 'x' } }],
    ['poll', { pollCreationMessageV5: { name: 'x' } }],
    ['poll', { pollResultSnapshotMessage: { name: 'x' } }],
    ['poll', { pollCreationMessageV4: { message: { pollCreationMessage: { name: 'x' } } } }],
    ['view_once', { viewOnceMessage: { message: photo } }],
    ['view_once', { viewOnceMessageV2: { message: photo } }],
    ['view_once', { viewOnceMessageV2Extension: { message: { audioMessage: { ptt: true } } } }],
    ['view_once', { ephemeralMessage: { message: { viewOnceMessageV2: { message: photo } } } }],
    ['view_once', { imageMessage: { ...photo.imageMessage, viewOnce: true } }],
    ['view_once', { audioMessage: { ptt: true, viewOnce: true } }],
    ['edited', { protocolMessage: { type: 14, editedMessage: { conversation: 'x' } } }],
    ['edited', { editedMessage: { message: { protocolMessage: { type: 14 } } } }],
    ['edited', { ephemeralMessage: { message: { editedMessage: { message: { conversation: 'x' } } } } }],
    ['edited', { secretEncryptedMessage: { secretEncType: 2 } }],
    ['other', { eventMessage: { name: 'x' } }],
    ['other', { orderMessage: { orderId: 'x' } }],
    ['other', { productMessage: { businessOwnerJid: 'x' } }],
    ['other', { requestPaymentMessage: { amount1000: 1 } }],
    ['other', { groupInviteMessage: { groupName: 'x' } }],
    ['other', { templateMessage: { templateId: 'x' } }],
    ['other', { buttonsResponseMessage: { selectedButtonId: '1.2' } }],
    // A kind that is newer than the library.
    ['other', { messageContextInfo: { messageSecret: new Uint8Array(32) } }],
  ])('knows as %s what it cannot read', (what, content) => {
    expect(read(content)).toEqual(unreadable(what))
  })

  it('knows a photo to be seen once, which linked devices are not given', () => {
    const key = { ...message(null).key, isViewOnce: true }
    expect(readMessage(message(null, { key }), now)?.content).toEqual(unreadable('view_once'))
  })

  it('gives each edit an id of its own, and the same edit the same', () => {
    const edit = { protocolMessage: { type: 14, key: { id: '3AF0' } } }
    const idOf = (messageTimestamp: number) =>
      readMessage(message(edit, { messageTimestamp }), now)?.externalId
    expect(new Set(['3AF0', idOf(sent), idOf(sent + 1)]).size).toBe(3)
    expect(idOf(sent)).toBe(idOf(sent))
  })

  it('tells a message that could not be decrypted apart', () => {
    expect(readMessage(message(null, { messageStubType: 2 }), now)).toMatchObject({
      externalId: '3AF0',
      content: { type: 'undecryptable' },
    })
  })

  it('tells which message is quoted', () => {
    const quoting = (contextInfo: proto.IContextInfo) =>
      readMessage(message({ extendedTextMessage: { text: '1', contextInfo } }), now)
    expect(quoting({ stanzaId: '3EB0', quotedMessage: { conversation: 'x' } })?.quoted).toEqual({
      id: '3EB0',
    })
    expect(quoting({ expiration: 86_400 })).not.toHaveProperty('quoted')
  })

  const long = { toString: () => String(sent) }
  it.each<[string, unknown, Date]>([
    ['a number', sent, new Date(sent * 1_000)],
    ['a text', String(sent), new Date(sent * 1_000)],
    ['an object', long, new Date(sent * 1_000)],
    ['1970', 0, new Date(0)],
    ['before 1970', -5, new Date(0)],
    ['the year 2100', 4_102_444_800, new Date('2100-01-01T00:00:00Z')],
    ['the end of days', 1e15, new Date('9999-12-31T23:59:59Z')],
    ['no time', undefined, now],
    ['no number', Number.NaN, now],
    ['words', 'kemarin', now],
  ])('dates a message by %s', (_what, told, sentAt) => {
    const dated = message({ conversation: 'x' })
    Reflect.set(dated, 'messageTimestamp', told)
    expect(readMessage(dated, now)?.sentAt).toEqual(sentAt)
  })

  it('reads whatever may come without an error, and nothing endless', () => {
    let nested: proto.IMessage = { conversation: 'x' }
    for (let covers = 0; covers < 50; covers += 1) nested = { ephemeralMessage: { message: nested } }
    expect(readMessage({ ...message({}), message: nested }, now)?.content).toEqual(unreadable('other'))

    const tags = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.uint8Array({ maxLength: 12 })))
    fc.assert(
      fc.property(tags, (fields) => {
        const decoded = decodeFields(fields)
        if (decoded === undefined) return
        const arrival: Arrival | undefined = readMessage({ ...message({}), message: decoded }, now)
        if (arrival !== undefined) expect(arrival.jid).toBe(lid)
      }),
    )
  })

  it('makes of anything like a message nothing at all, or what this house can keep', () => {
    fc.assert(
      fc.property(messages, (given) => {
        const arrival = readMessage(given, now)
        const wire = decodedAgain(given)
        if (wire !== undefined) expect(readMessage(wire, now)?.content.type).toBe(arrival?.content.type)
        if (arrival === undefined) return
        expect(arrival.jid).toMatch(/^\d{1,20}@(?:lid|s\.whatsapp\.net)$/)
        expect(arrival.externalId).toMatch(/^[\x21-\x7e]+$/)
        expect(arrival.sentAt.getTime()).toBeGreaterThanOrEqual(0)
        expect(arrival.sentAt.getTime()).toBeLessThan(253_402_300_800_000)
        const words = JSON.stringify({ ...arrival.content, message: undefined })
        expect(words).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      { numRuns: 500 },
    )
  })
})

const orNothing = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const texts = orNothing(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\u0000', '\ud800', '🙏', 'x'.repeat(60_000))),
)
const marks = orNothing(fc.boolean())
const numbers = orNothing(fc.oneof(fc.double(), fc.integer()))
const seconds = fc.oneof(numbers, fc.string(), fc.constant(undefined), fc.constant({ toString: () => '17' }))
const jids = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(lid, pn, '1:2@lid') },
  fc.oneof(fc.constantFrom('1@g.us', 'status@broadcast', ''), fc.string()),
)
const some = <T>(shape: { [Field in keyof T]: fc.Arbitrary<T[Field]> }) =>
  orNothing(fc.record(shape, { requiredKeys: [] }))

/** Contents with a few of the fields, null or there, within covers or not. */
const contents = fc.letrec<{ content: proto.IMessage; cover: proto.Message.IFutureProofMessage | null }>(
  (tie) => {
    const field = <T>(name: keyof proto.IMessage, value: fc.Arbitrary<T>) =>
      value.map((made): proto.IMessage => ({ [name]: made }))
    const place = some({ degreesLatitude: numbers, degreesLongitude: numbers })
    const plain = fc.oneof(
      field('conversation', texts),
      field('extendedTextMessage', some({ text: texts, contextInfo: some({ stanzaId: texts }) })),
      field('listResponseMessage', some({ title: texts })),
      field('imageMessage', some({ caption: texts, fileLength: orNothing(fc.nat()), viewOnce: marks })),
      field('documentMessage', some({ fileName: texts, title: texts, caption: texts })),
      field('locationMessage', place),
      field('liveLocationMessage', place),
      field('audioMessage', some({ viewOnce: marks })),
      field('contactsArrayMessage', some({ contacts: fc.constant([]) })),
      field('reactionMessage', some({ text: texts })),
      field(
        'protocolMessage',
        some({ type: orNothing(fc.constantFrom(0, 3, 14)), editedMessage: tie('content') }),
      ),
    )
    const covers = [
      'ephemeralMessage',
      'viewOnceMessageV2',
      'documentWithCaptionMessage',
      'editedMessage',
    ] as const
    const covered = fc.oneof(...covers.map((cover) => field(cover, tie('cover'))))
    return {
      cover: orNothing(fc.record({ message: orNothing(tie('content')) }, { requiredKeys: [] })),
      content: fc
        .array(fc.oneof({ weight: 3, arbitrary: plain }, covered), { maxLength: 2 })
        .map((fields) => Object.assign({}, ...fields)),
    }
  },
).content

const messages: fc.Arbitrary<WAMessage> = fc
  .record(
    {
      remoteJid: jids,
      remoteJidAlt: jids,
      id: fc.oneof({ weight: 4, arbitrary: fc.constant('3AF0') }, orNothing(fc.string())),
      fromMe: fc.constantFrom(true, false, false, null),
      isViewOnce: fc.constantFrom(true, false, false, false),
      messageTimestamp: seconds,
      messageStubType: fc.constantFrom(undefined, null, 40, 40, 2),
      message: orNothing(contents),
    },
    { requiredKeys: ['remoteJid', 'id', 'messageTimestamp', 'messageStubType', 'message'] },
  )
  .map(({ messageTimestamp, messageStubType, message: content, ...key }) => {
    const given = { key, message: content }
    Reflect.set(given, 'messageTimestamp', messageTimestamp)
    Reflect.set(given, 'messageStubType', messageStubType)
    return given
  })

/** The same message after a way over the wire; undefined where that changes it: texts that are none, and bad numbers. */
function decodedAgain(given: WAMessage): WAMessage | undefined {
  if (!given.message) return undefined
  const whole = proto.Message.fromObject(given.message)
  return { ...given, message: proto.Message.decode(proto.Message.encode(whole).finish()) }
}

const passedOver =
  /^(?:enc|status|groupStatusMention|messageHistory|call|bcall)|(?:reaction|protocol|Distribution|pollUpdate|InChat|album|placeholder|comment|SyncRmr|deviceSent|secretEncrypted|limitSharing)/i

/** A message of any fields, each holding any bytes; undefined when the library itself cannot read them. */
function decodeFields(fields: readonly (readonly [number, Uint8Array])[]): proto.IMessage | undefined {
  const bytes = fields.flatMap(([field, value]) => {
    const tag = (field << 3) | 2
    return [...(tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7]), value.length, ...value]
  })
  try {
    return proto.Message.decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}
