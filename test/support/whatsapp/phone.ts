import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import type { MediaHost } from './media-host.ts'
import { createSignalDevice, type SignalDevice } from './signal-device.ts'

/** Who somebody is on WhatsApp. The number and the LID are digits only. */
export interface Identity {
  readonly phone: string
  readonly lid: string
  readonly name: string
}

/** By which of a person's two names a message is addressed. */
export type Addressing = 'lid' | 'pn'

/** A message of the bot's, as the phone read it. */
export interface ReceivedMessage {
  readonly id: string
  readonly text: string | undefined
  readonly proto: proto.IMessage
  /** When it came, in milliseconds. */
  readonly at: number
  /** By which of its names the phone was addressed. */
  readonly addressing: Addressing
  /** The file of a photo, a document, a recording or a sticker, opened. Rejects when there is none. */
  download(): Promise<Buffer>
}

/** A stanza of the bot's that reached the phone, however often the same message came. */
export interface Arrival {
  readonly id: string
  readonly at: number
  /** False: the phone could not read it and asked for it again. */
  readonly read: boolean
}

/** A receipt of the bot's for messages that the phone sent. */
export interface ReceiptOfBot {
  readonly ids: readonly string[]
  /** `delivery`, `inactive` (delivered while the bot is not shown as online), `read`, `retry`, … */
  readonly type: string
}

/** A message that the phone sent, kept to send it again. */
export interface SentMessage {
  readonly proto: proto.IMessage
  readonly attributes: Readonly<Record<string, string | undefined>>
  /** As it left first. */
  readonly stanza: BinaryNode
  /** What the phone does when the bot cannot read it: sends it well, sends it garbled again, or nothing. */
  readonly onRetry: 'resends' | 'garbles' | 'nothing'
}

/** How the phone tells that a message arrived. */
export interface DeliverySwitch {
  automatic: boolean
  milliseconds: number
}

/** A phone: its names, its Signal identity, and what went through it. */
export interface Phone {
  readonly identity: Identity
  /** `62…@s.whatsapp.net` */
  readonly pn: string
  /** `…@lid` */
  readonly lid: string
  registered: boolean
  readonly device: SignalDevice
  readonly inbox: ReceivedMessage[]
  readonly received: Map<string, ReceivedMessage>
  readonly arrivals: Arrival[]
  readonly receipts: ReceiptOfBot[]
  readonly chatStates: string[]
  readonly sent: Map<string, SentMessage>
  readonly delivery: DeliverySwitch
  readonly media: MediaHost
  /** Does one work after the other: what a phone seals first, leaves first. */
  readonly writeInTurn: InTurn
  /** Does one work after the other: what reaches a phone first, is read first. */
  readonly readInTurn: InTurn
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Switches on a phone that nobody wrote to yet. */
export function createPhone(identity: Identity, media: MediaHost, registered = true): Phone {
  return {
    identity,
    pn: `${identity.phone}@s.whatsapp.net`,
    lid: `${identity.lid}@lid`,
    registered,
    device: createSignalDevice(),
    inbox: [],
    received: new Map(),
    arrivals: [],
    receipts: [],
    chatStates: [],
    sent: new Map(),
    delivery: { automatic: true, milliseconds: 0 },
    media,
    writeInTurn: createTurns(),
    readInTurn: createTurns(),
  }
}

function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
