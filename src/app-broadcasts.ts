import { draftFrom, findWithdrawn } from './app-broadcast-plans.ts'
import { chatLinks } from './app-chat-links.ts'
import { createBroadcastActions } from './broadcast/broadcast-actions.ts'
import type { BroadcastAlarms, BroadcastDeps } from './broadcast/broadcast-deps.ts'
import type { BroadcastDesk } from './broadcast/broadcast-desk.ts'
import type { BroadcastRoom } from './broadcast/broadcast-room.ts'
import type { BroadcastMessage, BroadcastVoice } from './broadcast/broadcast-voice.ts'
import type { BroadcastWords } from './broadcast/broadcast-words.ts'
import { createBroadcastDesk } from './broadcast/desk/create-broadcast-desk.ts'
import { type ComposeDigest, createComposeDigest } from './broadcast/sending/compose-digest.ts'
import {
  createGuardBroadcasts,
  createWarnBroadcasts,
  type GuardBroadcasts,
  type WarnBroadcasts,
} from './broadcast/sending/guard-broadcasts.ts'
import { createPublicPosting, type PublicPosting } from './broadcast/sending/post-publicly.ts'
import { createPrepareBroadcast, type PrepareBroadcast } from './broadcast/sending/prepare-broadcast.ts'
import { createPostingStore } from './broadcast/sending/store-posting.ts'
import { createTendBroadcasts, type TendBroadcasts } from './broadcast/sending/tend-broadcasts.ts'
import { createBroadcastStore } from './broadcast/store.ts'
import type { OutgoingMessage } from './channels/channel.ts'
import { previewOnTelegram } from './channels/telegram-preview.ts'
import { previewOnWhatsApp } from './channels/whatsapp-preview.ts'
import type { BroadcastConfig } from './config-broadcast.ts'
import type { Conversation } from './conversation/conversation.ts'
import { buttonOfWords } from './flow/button-words.ts'
import type { FlowSet } from './flow/flow-set.ts'
import { opensByWords } from './flow/opens-by-words.ts'
import type { Language } from './language/language.ts'
import type { ProductNewsDesk } from './marketplace/digest/digest.ts'
import { createAlarmStore } from './staff/alarm-store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { MediaStore } from './storage/media-store.ts'
import type { Storage } from './storage/open-storage.ts'
import type { CourseNewsDesk } from './training/browse/course-news.ts'

/** What broadcasts are built on. What changes when flows are read again, and the conversation, are asked for late. */
export interface BroadcastGround {
  readonly storage: Storage
  readonly config: BroadcastConfig
  readonly language: Language
  readonly flows: () => FlowSet
  readonly conversation: () => Conversation
  readonly words: () => BroadcastWords
  /** Every topic that one can subscribe to, with what people call it. */
  readonly topics: BroadcastDeps['topics']
  readonly courses: CourseNewsDesk
  readonly products: ProductNewsDesk
  readonly paces: BroadcastDeps['paces']
  readonly media: Pick<MediaStore, 'keep'>
  /** By which residents know the bot. */
  readonly addresses: readonly string[]
  /** Has a job done with these data once the transaction is committed. */
  readonly enqueue: (
    job: string,
    data: Readonly<Record<string, string>>,
    transaction: Transaction,
  ) => Promise<void>
  readonly now: () => Date
}

/** What the house has of broadcasts. */
export interface Broadcasts {
  readonly actions: ReturnType<typeof createBroadcastActions>
  readonly desk: BroadcastDesk
  /** Makes the messages of one. */
  readonly prepare: PrepareBroadcast
  /** Does what is due by time. */
  readonly tend: TendBroadcasts
  /** Looks at the signs while messages go out. */
  readonly guard: GuardBroadcasts
  /** Stops what a channel warns of. */
  readonly warn: WarnBroadcasts
  readonly composeDigest: ComposeDigest
  readonly posting: PublicPosting
}

/** Builds them. */
export function createBroadcasts(ground: BroadcastGround): Broadcasts {
  const room = createRoom(ground)
  return {
    actions: createBroadcastActions(room),
    desk: createBroadcastDesk(room),
    prepare: createPrepareBroadcast(room),
    tend: createTendBroadcasts(room),
    guard: createGuardBroadcasts(room),
    warn: createWarnBroadcasts(room),
    composeDigest: createComposeDigest(room),
    posting: createPublicPosting({ ...room, posting: createPostingStore(ground.storage.database) }),
  }
}

function createRoom(ground: BroadcastGround): BroadcastRoom {
  const { storage, config, language, words, topics, paces, now } = ground
  const { database, keyring } = storage
  const { places, ...settings } = config
  return {
    ...{ words, topics, paces, settings, now },
    store: createBroadcastStore(database),
    voice: createBroadcastVoice(ground.conversation),
    audit: createAuditTrail(),
    postChannels: (['telegram', 'whatsapp'] as const).filter((channel) => places[channel] !== undefined),
    opens: (text) => opensByWords(ground.flows(), text),
    preview: (message) => [
      { channel: 'telegram', ...previewOnTelegram(outgoing(message)) },
      { channel: 'whatsapp', ...previewOnWhatsApp(outgoing(message)) },
    ],
    placeName: (code) => placeName(language, code),
    links: (text) => chatLinks(ground.addresses, text),
    keepFile: (transaction, id) => ground.media.keep(transaction, id, now()),
    draftFrom: (source) => draftFrom(ground, source),
    withdrawn: (transaction, broadcast) => findWithdrawn(ground, transaction, broadcast),
    enqueue: (transaction, number) =>
      ground.enqueue('prepare-broadcast', { number: String(number) }, transaction),
    alarms: createBroadcastAlarms(now),
    secrets: { hash: (purpose, text) => keyring.hash('token', `${purpose}:${text}`) },
  }
}

function placeName({ places }: Language, code: string): string | undefined {
  return places.byCode(code)?.name ?? places.all.find((place) => place.code.startsWith(`${code}.`))?.district
}

/** What staff are told stands or falls with what it is about. */
function createBroadcastAlarms(now: () => Date): BroadcastAlarms {
  return {
    async raise(transaction, kind, subject, details) {
      const alarms = createAlarmStore({ prisma: transaction })
      await alarms.settle(kind, subject, now())
      await alarms.raise({ kind, subject, details, at: now() })
    },
    settle: (transaction, kind, subject) =>
      createAlarmStore({ prisma: transaction }).settle(kind, subject, now()),
  }
}

/** How broadcasts are heard in chats. */
function createBroadcastVoice(conversation: () => Conversation): BroadcastVoice {
  return {
    createBatch: (transaction, batch) =>
      conversation().batches.create(transaction, { ...batch, held: false }),
    hold: (transaction, id) => conversation().batches.hold(transaction, id),
    release: (transaction, id) => conversation().batches.release(transaction, id),
    prolong: (transaction, id, until) => conversation().batches.prolong(transaction, id, until),
    drop: (transaction, id, reason) => conversation().batches.drop(transaction, id, reason),
    tellMany(transaction, batchId, messages) {
      const items = messages.map(({ chatId, message }) => ({ chatId, message: outgoing(message) }))
      return conversation().tellMany(items, transaction, 'broadcast', batchId)
    },
    async show(transaction, chatId, message) {
      await conversation().tell(chatId, [outgoing(message)], transaction, 'reply')
    },
  }
}

/** A broadcast as channels send it: its buttons are words, which the text names already. */
export function outgoing({ text, buttons, media }: BroadcastMessage): OutgoingMessage {
  return {
    text,
    ...(buttons.length > 0 && {
      options: buttons.map(({ label, words }) => ({ label, value: buttonOfWords(words) })),
    }),
    ...(media !== undefined && { media: [media] }),
  }
}
