import { proto } from '@whiskeysockets/baileys'
import type { Phone } from './phone.ts'
import type { World } from './world.ts'
import { type Draft, quotation, recipientOf, type WritingOptions, write } from './writing.ts'

/** A file whose message lies about its size, in bytes. */
export interface FileOptions extends WritingOptions {
  readonly claimedSize?: number
}

/** What a person can send; every act answers the message's id once it is on its way. */
export interface Sending {
  say(text: string, options?: WritingOptions): Promise<string>
  /** Any other content, as fields of `proto.Message`. */
  sendMessage(message: proto.IMessage, options?: WritingOptions): Promise<string>
  sendPhoto(bytes: Uint8Array, caption?: string, options?: FileOptions): Promise<string>
  sendDocument(
    bytes: Uint8Array,
    name: string,
    mimetype: string,
    options?: FileOptions & { readonly caption?: string },
  ): Promise<string>
  sendVideo(bytes: Uint8Array, caption?: string, options?: FileOptions): Promise<string>
  voice(bytes?: Uint8Array, options?: FileOptions): Promise<string>
  sticker(options?: WritingOptions): Promise<string>
  location(latitude: number, longitude: number, options?: WritingOptions): Promise<string>
  contact(name: string, phone: string, options?: WritingOptions): Promise<string>
  /** A photo to be seen once, with its bytes. */
  sendViewOnce(bytes: Uint8Array, options?: WritingOptions): Promise<string>
  edit(id: string, text: string, options?: WritingOptions): Promise<string>
  /** Takes back a message of one's own. */
  revoke(id: string, options?: WritingOptions): Promise<string>
  /** An empty emoji takes the reaction back. */
  react(id: string, emoji: string, options?: WritingOptions): Promise<string>
  /** Answers a message with buttons, as old clients do. */
  pressButton(buttonId: string, label: string, options?: WritingOptions): Promise<string>
  /** Answers a list message, as old clients do. */
  pickRow(rowId: string, title: string, options?: WritingOptions): Promise<string>
}

/** What the phone of a person can send. */
export function createSending(world: World, phone: Phone): Sending {
  const send = (message: proto.IMessage, options: WritingOptions = {}) =>
    write(world, phone, message, options)
  const account = (options: WritingOptions = {}) => recipientOf(world, options.to)
  const quote = (options: WritingOptions = {}) => quotation(phone, account(options), options.quoting)
  const keyOf = (id: string, options?: WritingOptions) => ({
    remoteJid: account(options).phone.lid,
    fromMe: phone.sent.has(id),
    id,
  })
  const say = (text: string, options: WritingOptions = {}) =>
    options.quoting === undefined
      ? send({ conversation: text }, options)
      : send({ extendedTextMessage: { text, ...quote(options) } }, options)
  return {
    say,
    sendMessage: send,
    ...createFiles(world, phone, quote),
    location: (degreesLatitude, degreesLongitude, options) =>
      send({ locationMessage: { degreesLatitude, degreesLongitude, ...quote(options) } }, options),
    contact: (displayName, number, options) =>
      send(
        { contactMessage: { displayName, vcard: vcard(displayName, number), ...quote(options) } },
        options,
      ),
    edit(id, text, options) {
      const editedMessage = { conversation: text }
      const type = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT
      const timestampMs = options?.at?.getTime() ?? world.now()
      return send({ protocolMessage: { key: keyOf(id, options), type, editedMessage, timestampMs } }, options)
    },
    revoke: (id, options) =>
      send(
        { protocolMessage: { key: keyOf(id, options), type: proto.Message.ProtocolMessage.Type.REVOKE } },
        options,
      ),
    react: (id, text, options) =>
      send({ reactionMessage: { key: keyOf(id, options), text, senderTimestampMs: world.now() } }, options),
    pressButton: (selectedButtonId, selectedDisplayText, options) =>
      send(
        { buttonsResponseMessage: { selectedButtonId, selectedDisplayText, type: 1, ...quote(options) } },
        options,
      ),
    pickRow: (selectedRowId, title, options) =>
      send(
        {
          listResponseMessage: {
            title,
            listType: 1,
            singleSelectReply: { selectedRowId },
            ...quote(options),
          },
        },
        options,
      ),
  }
}

type Files = Pick<Sending, 'sendPhoto' | 'sendDocument' | 'sendVideo' | 'voice' | 'sticker' | 'sendViewOnce'>

function createFiles(
  world: World,
  phone: Phone,
  quote: (options?: WritingOptions) => { contextInfo?: proto.IContextInfo },
): Files {
  const put = async (bytes: Uint8Array, type: 'image' | 'document' | 'audio' | 'video' | 'sticker') =>
    phone.media.put(bytes, type)
  const claim = (options: FileOptions = {}) =>
    options.claimedSize === undefined ? {} : { fileLength: options.claimedSize }
  const send = (draft: Draft, options?: WritingOptions) => write(world, phone, draft, options)
  return {
    sendPhoto: (bytes, caption, options) =>
      send(async () => {
        const image = { ...(await put(bytes, 'image')), ...claim(options), mimetype: 'image/jpeg' }
        return { imageMessage: { ...image, ...(caption !== undefined && { caption }), ...quote(options) } }
      }, options),
    sendDocument: (bytes, fileName, mimetype, options = {}) =>
      send(async () => {
        const file = { ...(await put(bytes, 'document')), ...claim(options), fileName, mimetype }
        const document = { documentMessage: { ...file, ...quote(options) } }
        if (options.caption === undefined) return document
        const message = { documentMessage: { ...document.documentMessage, caption: options.caption } }
        return { documentWithCaptionMessage: { message } }
      }, options),
    sendVideo: (bytes, caption, options) =>
      send(async () => {
        const video = { ...(await put(bytes, 'video')), ...claim(options), mimetype: 'video/mp4', seconds: 1 }
        return { videoMessage: { ...video, ...(caption !== undefined && { caption }), ...quote(options) } }
      }, options),
    voice: (bytes = Buffer.from('ogg'), options) =>
      send(async () => {
        const mimetype = 'audio/ogg; codecs=opus'
        const audio = { ...(await put(bytes, 'audio')), ...claim(options), mimetype, seconds: 1, ptt: true }
        return { audioMessage: { ...audio, ...quote(options) } }
      }, options),
    sticker: (options) =>
      send(async () => {
        const file = await put(Buffer.from('webp'), 'sticker')
        return { stickerMessage: { ...file, mimetype: 'image/webp', ...quote(options) } }
      }, options),
    sendViewOnce: (bytes, options) =>
      send(async () => {
        const image = { ...(await put(bytes, 'image')), mimetype: 'image/jpeg', viewOnce: true }
        return { viewOnceMessageV2: { message: { imageMessage: image } } }
      }, options),
  }
}

const vcard = (name: string, phone: string) =>
  `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;type=CELL;waid=${phone}:+${phone}\nEND:VCARD`
