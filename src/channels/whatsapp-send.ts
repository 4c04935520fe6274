import type { proto } from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import { type Address, type OutgoingMessage, type Receipt, SendError, type Sending } from './channel.ts'
import { baileysLogger } from './quiet-console.ts'
import { codeOf } from './whatsapp-connection.ts'
import type { WhatsAppMedia } from './whatsapp-files.ts'
import { personJid } from './whatsapp-jid.ts'
import type { Baileys } from './whatsapp-library.ts'
import type { Pace } from './whatsapp-pace.ts'
import { messageIdOf, type Part, partOf, planMessage } from './whatsapp-parts.ts'
import type { Socket } from './whatsapp-socket.ts'
import type { WhatsAppStore } from './whatsapp-store.ts'

export interface SenderDeps {
  readonly baileys: Baileys
  readonly store: Pick<WhatsAppStore, 'keepSent' | 'sent' | 'targetOf' | 'noteTarget'>
  readonly media: WhatsAppMedia
  readonly pace: Pace
  readonly log: Logger
  /** The socket by which messages can go out now. */
  readonly ready: () => Socket | undefined
  /** What the bot said under a token. */
  readonly said: (token: string) => Promise<OutgoingMessage | undefined>
}

/** Sends the messages of one account, and knows them again. */
export interface Sender {
  send(to: Address, message: OutgoingMessage, sending: Sending): Promise<Receipt>
  /** Posts in a channel of WhatsApp's (a newsletter) that the account is an admin of. */
  post(place: string, message: OutgoingMessage, token: string): Promise<Receipt>
  /** The message with this id as it was sent, for a phone that could not open it. */
  find(id: string): Promise<proto.IMessage | undefined>
}

const uploadTimeoutMs = 60_000

/** Makes it. A repeat of a message has the ids of the first try, so that a phone shows it once. */
export function createSender(deps: SenderDeps): Sender {
  const { baileys, store, media, pace, log } = deps

  async function send(to: Address, message: OutgoingMessage, { token, purpose }: Sending): Promise<Receipt> {
    readyOf(deps)
    await pace.turn(purpose, () => showTyping(deps, to))
    const socket = readyOf(deps)
    return relayAll(socket, await findTarget(deps, socket, to.id), message, token)
  }

  async function post(place: string, message: OutgoingMessage, token: string): Promise<Receipt> {
    if (baileys.isJidNewsletter(place) !== true) {
      throw new SendError('refused', { cause: new Error('that is no channel of WhatsApp') })
    }
    readyOf(deps)
    await pace.turn('post')
    return relayAll(readyOf(deps), place, message, token)
  }

  async function relayAll(
    socket: Socket,
    jid: string,
    message: OutgoingMessage,
    token: string,
  ): Promise<Receipt> {
    const parts = planMessage(message)
    if (parts.length === 0) throw new SendError('refused', { cause: new Error('there is nothing to say') })
    for (const [index, part] of parts.entries()) {
      const id = messageIdOf(token, parts.length - 1 - index)
      await relay(socket, jid, id, await build(socket, jid, id, part))
    }
    return { externalId: messageIdOf(token, 0) }
  }

  async function build(socket: Socket, jid: string, id: string, part: Part): Promise<proto.IMessage> {
    if (part.type === 'text') return textOf(part)
    const kept = await store.sent(id)
    if (kept !== undefined) return baileys.proto.Message.decode(kept)
    const file = await media.read(part.media.id)
    if (file === undefined) throw new SendError('refused', { cause: new Error('the file is gone') })
    const bytes = Buffer.from(file.bytes)
    const content =
      part.media.type === 'photo'
        ? { image: bytes, mimetype: file.mime, caption: part.caption }
        : {
            document: bytes,
            mimetype: file.mime,
            fileName: file.name ?? part.media.name ?? 'berkas',
            caption: part.caption,
          }
    const { message } = await uploaded(() =>
      baileys.generateWAMessage(jid, content, {
        userJid: socket.wa.user?.id ?? '',
        messageId: id,
        upload: socket.wa.waUploadToServer,
        logger: baileysLogger(log),
        mediaUploadTimeoutMs: uploadTimeoutMs,
      }),
    )
    if (message === undefined || message === null) throw new SendError('refused')
    await store.keepSent(id, baileys.proto.Message.encode(baileys.proto.Message.fromObject(message)).finish())
    return message
  }

  return {
    send,
    post,
    async find(id) {
      const kept = await store.sent(id)
      if (kept !== undefined) return baileys.proto.Message.decode(kept)
      const place = partOf(id)
      const message = place && (await deps.said(place.token))
      if (place === undefined || message === undefined) return undefined
      const part = planMessage(message).at(-1 - place.partsLeft)
      return part?.type === 'text' ? textOf(part) : undefined
    },
  }
}

function readyOf({ ready }: SenderDeps): Socket {
  const socket = ready()
  if (socket === undefined) throw new SendError('unavailable')
  return socket
}

function textOf({ text }: Extract<Part, { type: 'text' }>): proto.IMessage {
  return { extendedTextMessage: { text } }
}

/** Nothing was sent yet when an upload fails. */
async function uploaded<T>(upload: () => Promise<T>): Promise<T> {
  try {
    return await upload()
  } catch (cause) {
    throw new SendError('unavailable', { cause })
  }
}

/** Gives the message to WhatsApp, and waits for its word that it took it. */
async function relay(socket: Socket, jid: string, id: string, message: proto.IMessage): Promise<void> {
  const written = socket.wa.relayMessage(jid, message, { messageId: id })
  const acked = socket.acks.wait(id, written)
  try {
    await Promise.all([written, acked])
  } catch (error) {
    socket.acks.forget(id)
    if (error instanceof SendError) throw error
    // Only a connection that was closed before leaves no doubt.
    throw new SendError(codeOf(error) === 428 ? 'unavailable' : 'unknown', { cause: error })
  }
}

/** Where to send: who is known by a number only is looked up, and reached by the id that WhatsApp has for them. */
async function findTarget({ baileys, store }: SenderDeps, { wa }: Socket, name: string): Promise<string> {
  if (baileys.isLidUser(name) === true) return name
  const { lidMapping } = wa.signalRepository
  try {
    const target = await store.targetOf(name)
    if (target === undefined) throw isAnothers()
    if (target !== name) return target
    const known = await lidMapping.getLIDForPN(name)
    if (known !== null) return await noted(known)
    const found = await wa.onWhatsApp(name)
    if (found === undefined) throw new SendError('unavailable')
    const [person] = found
    if (person === undefined || !person.exists) throw new SendError('stopped')
    const lid = await lidMapping.getLIDForPN(person.jid)
    return lid === null ? person.jid : await noted(lid)
  } catch (error) {
    if (error instanceof SendError) throw error
    throw new SendError('unavailable', { cause: error })
  }

  /** When they write, they will write by that id: it is the same person, unless somebody else wrote by it already. */
  async function noted(lid: string): Promise<string> {
    const jid = baileys.jidNormalizedUser(lid)
    if (!(await store.noteTarget(name, personJid(jid) ?? jid))) throw isAnothers()
    return jid
  }
}

/** Numbers are sold again: what is for their former owner must not reach the new one. */
function isAnothers(): SendError {
  return new SendError('stopped', { cause: new Error('the number is somebody else’s now') })
}

/** Shows that an answer is on its way. Nobody waits for it; a number may be somebody else's by now. */
function showTyping({ baileys, ready }: SenderDeps, to: Address): void {
  if (baileys.isLidUser(to.id) !== true) return
  ready()
    ?.wa.sendPresenceUpdate('composing', to.id)
    .catch(() => undefined)
}
