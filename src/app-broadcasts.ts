import type { BroadcastPlan, Source } from './broadcast/broadcast.ts'
import { createBroadcastActions } from './broadcast/broadcast-actions.ts'
import type { BroadcastDeps, ChannelPace } from './broadcast/broadcast-deps.ts'
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
import type { Forecast, OutgoingMessage } from './channels/channel.ts'
import { previewOnTelegram } from './channels/telegram-preview.ts'
import { whatsAppForecast } from './channels/whatsapp-pace.ts'
import { previewOnWhatsApp } from './channels/whatsapp-preview.ts'
import type { Config } from './config.ts'
import type { BroadcastConfig } from './config-broadcast.ts'
import type { WhatsAppConfig } from './config-whatsapp.ts'
import type { Conversation } from './conversation/conversation.ts'
import { buttonOfWords } from './flow/button-words.ts'
import type { FlowSet } from './flow/flow-set.ts'
import { opensByWords } from './flow/opens-by-words.ts'
import { fill } from './language/fill-text.ts'
import type { Language } from './language/language.ts'
import type { NewsWords } from './resident/news-words.ts'
import { createAlarmStore } from './staff/alarm-store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { Storage } from './storage/open-storage.ts'
import { createWhatsAppStore } from './storage/whatsapp-store.ts'
import type { CourseNews, CourseNewsDesk } from './training/browse/course-news.ts'
import { allSubjects, topicOf, topicsWith } from './training/notices/interests.ts'
import type { NoticeTexts } from './training/notices/notice-texts.ts'
import type { TrainingWords } from './training/training-words.ts'

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
  readonly paces: BroadcastDeps['paces']
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
  const alarms = createAlarmStore(database)
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
    draftFrom: (source) => draftFrom(ground, source),
    enqueue: (transaction, number) =>
      ground.enqueue('prepare-broadcast', { number: String(number) }, transaction),
    alarm: (kind, subject, details) => alarms.raise({ kind, subject, details, at: now() }),
    secrets: { hash: (purpose, text) => keyring.hash('token', `${purpose}:${text}`) },
  }
}

function placeName({ places }: Language, code: string): string | undefined {
  return places.byCode(code)?.name ?? places.all.find((place) => place.code.startsWith(`${code}.`))?.district
}

/** How broadcasts are heard in chats. */
function createBroadcastVoice(conversation: () => Conversation): BroadcastVoice {
  return {
    createBatch: (transaction, batch) =>
      conversation().batches.create(transaction, { ...batch, held: false }),
    hold: (transaction, id) => conversation().batches.hold(transaction, id),
    release: (transaction, id) => conversation().batches.release(transaction, id),
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

/** What a broadcast is begun with; undefined where there is nothing to tell. */
async function draftFrom(
  { storage, courses, words }: BroadcastGround,
  { type, number }: Source,
): Promise<BroadcastPlan | undefined> {
  const { prisma } = storage.database
  if (type === 'course') {
    const news = await courses.one(prisma, number)
    return news === undefined ? undefined : planOfCourse(words(), news)
  }
  const digest = type === 'digest' ? Object.values(words().digests)[number - 1] : undefined
  const open = digest === undefined ? [] : await courses.open(prisma)
  return digest === undefined || open.length === 0 ? undefined : planOfDigest(digest, number, open)
}

/** What a course gives a broadcast: for whoever subscribed to its subject, until nobody can register any more. */
function planOfCourse(
  { course }: BroadcastWords,
  { number, subject, values, closesAt }: CourseNews,
): BroadcastPlan {
  return {
    title: fill(course.title, values).slice(0, 80),
    text: fill(course.text, values).trim(),
    buttons: [{ label: course.button, words: `daftar ${number}` }],
    audience: audienceOf(topicsWith(subject)),
    posts: [],
    source: { type: 'course', number },
    expiresAt: closesAt,
  }
}

/** Courses that fit in one message of a digest. */
const mostInDigest = 6

function planOfDigest(
  { title, topics, intro, line, outro }: BroadcastWords['digests'][string],
  number: number,
  open: readonly CourseNews[],
): BroadcastPlan {
  const lines = open.slice(0, mostInDigest).map(({ values }) => fill(line, values))
  return {
    title,
    text: [intro, lines.join('\n'), outro].filter((part) => part !== '').join('\n\n'),
    buttons: [],
    audience: audienceOf(topics),
    posts: [],
    source: { type: 'digest', number },
  }
}

function audienceOf(topics: readonly string[]): BroadcastPlan['audience'] {
  return { topics: [...topics], places: [], channels: [], without: { broadcasts: [] } }
}

/** Every topic that one can subscribe to, with what people call it. */
export function newsTopics(
  { subjects }: Pick<TrainingWords, 'subjects'>,
  { interests }: Pick<NoticeTexts, 'interests'>,
  news: Pick<NewsWords, 'topics'>,
): ReadonlyMap<string, string> {
  return new Map([
    [topicOf(allSubjects), interests.all],
    ...Object.entries(subjects).map(([subject, { title }]) => [topicOf(subject), title] as const),
    ...Object.entries(news.topics).map(([topic, { title }]) => [topic, title] as const),
  ])
}

interface PaceGround {
  readonly storage: Storage
  readonly conversation: () => Conversation
  readonly now: () => Date
}

/** How fast channels may send what nobody asked for, as the settings have it: whichever process has the channel. */
export function createPaces(deps: PaceGround & { readonly config: Config }): BroadcastDeps['paces'] {
  const { config } = deps
  return async () => {
    const paces: ChannelPace[] = []
    if (config.telegram !== undefined) {
      const { perSecond } = config.telegram
      paces.push({ channel: 'telegram', perSecond, perDay: undefined, usedToday: 0 })
    }
    if (config.whatsapp !== undefined) paces.push(await whatsAppPace(deps, config.whatsapp))
    return paces
  }
}

/** All accounts together. */
async function whatsAppPace(
  { storage, conversation, now }: PaceGround,
  { accounts, pace }: WhatsAppConfig,
): Promise<ChannelPace> {
  const { pool, prisma } = storage.database
  const forecasts = await Promise.all(
    accounts.map((account) =>
      whatsAppForecast({
        settings: pace,
        countUnasked: (since) => conversation().countUnasked({ channel: 'whatsapp', account }, since),
        linkedAt: async () => {
          const store = createWhatsAppStore({ pool, prisma, keyring: storage.keyring, now, account })
          return (await store.status()).linkedAt
        },
        now: now().getTime(),
      }),
    ),
  )
  const sum = (of: (forecast: Forecast) => number) => forecasts.reduce((total, each) => total + of(each), 0)
  return {
    channel: 'whatsapp',
    perSecond: sum(({ perSecond }) => perSecond),
    perDay: sum(({ perDay }) => perDay ?? 0),
    usedToday: sum(({ usedToday }) => usedToday),
  }
}
