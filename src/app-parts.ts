import { randomUUID } from 'node:crypto'
import { newsTopics } from './app-broadcast-plans.ts'
import { type Broadcasts, createBroadcasts } from './app-broadcasts.ts'
import { createHouseProductNews } from './app-digest.ts'
import { createMarket, type Market, marketContracts } from './app-market.ts'
import { createPaces } from './app-paces.ts'
import { createTickets, type Tickets } from './app-tickets.ts'
import {
  createTrainings,
  type TrainingGround,
  type Trainings,
  type TrainingTexts,
  trainingRoomContracts,
} from './app-trainings.ts'
import type { HouseWords } from './app-words.ts'
import { assistanceContracts, createAssistanceActions } from './assistance/actions.ts'
import { createStatusCheck, type StatusCheck } from './assistance/status-check.ts'
import { findAssistanceTexts } from './assistance/texts.ts'
import { broadcastContracts } from './broadcast/broadcast-actions.ts'
import type { BroadcastDeps } from './broadcast/broadcast-deps.ts'
import type { Config } from './config.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { House } from './conversation/converse.ts'
import type { ActionContract, Actions } from './flow/action.ts'
import { inquiryContracts } from './inquiry/actions.ts'
import { ticketContracts } from './inquiry/ticket-contracts.ts'
import type { JobQueue } from './jobs/queue.ts'
import type { Language } from './language/language.ts'
import type { Logger } from './log.ts'
import type { DayCounter } from './marketplace/day-counts.ts'
import type { Pictures } from './marketplace/pictures/pictures.ts'
import { createResidentActions, residentContracts } from './resident/actions.ts'
import { createNewsActions } from './resident/news-actions.ts'
import { createResidentStore } from './resident/store.ts'
import { createNewsStore } from './resident/store-news.ts'
import { createStaffActions, staffContracts } from './staff/actions.ts'
import { createSettingsStore } from './staff/settings-store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { FlowTexts } from './storage/flow-files.ts'
import type { MediaStore } from './storage/media-store.ts'
import type { Storage } from './storage/open-storage.ts'

/** What flows may call, by name: what `flows check` holds them against. */
export const contracts: Readonly<Record<string, ActionContract>> = {
  ...assistanceContracts,
  ...residentContracts,
  ...inquiryContracts,
  ...ticketContracts,
  ...trainingRoomContracts,
  ...marketContracts,
  ...broadcastContracts,
  ...staffContracts,
}

/** What the house is built from: flows that are loaded, and storage that is open. */
export interface Ground {
  readonly config: Config
  readonly log: Logger
  readonly storage: Storage
  readonly texts: FlowTexts
  readonly language: Language
  readonly flows: House['flows']
  /** Another clock than the configured one. */
  readonly clock?: () => Date
}

/** The queue of jobs, once services have opened it. */
export interface QueueSlot {
  send?: JobQueue['send']
}

/** What the parts of the house are built on: what they use before it is there, or what changes, is asked for late. */
export interface PartsGround extends Ground {
  readonly conversation: () => Conversation
  readonly house: () => House
  readonly words: () => HouseWords
  readonly now: () => Date
  readonly media: MediaStore
  readonly pictures: Pictures
  readonly days: DayCounter
  readonly addresses: readonly string[]
  readonly queue: QueueSlot
}

/** The rooms of the house, built. */
export interface Parts {
  readonly conversation: () => Conversation
  readonly addresses: readonly string[]
  readonly statusCheck: StatusCheck
  readonly tickets: Tickets
  readonly trainings: Trainings
  readonly market: Market
  readonly broadcasts: Broadcasts
  readonly newsTopics: () => ReadonlyMap<string, string>
  readonly paces: BroadcastDeps['paces']
}

/** Builds them. */
export function createParts(ground: PartsGround): Parts {
  const { config, storage, media, now, conversation, words, language, addresses } = ground
  const enqueue = enqueuer(ground)
  const trainings = createTrainings({
    ...{ storage, media, now, language, conversation },
    texts: () => words().trainings,
    offices: () => words().tickets.offices.offices,
    publicUrl: () => pagesOf(addresses),
    enqueue: (job, transaction) => enqueue(job, {}, transaction),
    draw: (printed, address) => drawCertificate(words().trainings, printed, address),
  })
  const topics = () => newsTopics(words().trainings.words, words().trainings.notices, words().news)
  const paces = createPaces({ config, storage, conversation, now })
  return {
    ...{ conversation, addresses, trainings, paces, newsTopics: topics },
    statusCheck: createStatusCheck({
      audit: createAuditTrail(),
      secrets: storage.keyring,
      staleAfterDays: config.listStaleDays,
    }),
    market: createMarket({
      ...{ storage, media, now, language, conversation },
      ...{ pictures: ground.pictures, days: ground.days },
      texts: () => words().market,
      quietHours: () => words().broadcasts.quiet_hours,
      publicUrl: () => pagesOf(addresses),
    }),
    tickets: createTickets({ storage, media, now, conversation, words: () => words().tickets }),
    broadcasts: createBroadcasts({
      ...{ storage, language, conversation, topics, paces, media, addresses, enqueue, now },
      config: config.broadcast,
      flows: () => ground.house().flows,
      words: () => words().broadcasts,
      courses: trainings.news,
      products: createHouseProductNews({
        ...{ storage, language, now },
        words: () => words().market.words,
        publicUrl: () => pagesOf(addresses),
      }),
    }),
  }
}

/** Has jobs done once a transaction is committed; without a queue they are done at their time. */
function enqueuer({ queue }: PartsGround) {
  return async (job: string, data: Readonly<Record<string, string>>, within: Transaction): Promise<void> => {
    // Each is a run of its own: what was sent within the same moment may have come too late for what follows.
    await queue.send?.(job, randomUUID(), { data, within })
  }
}

/** The parts as the rest of the program sees them. */
export function shownParts(
  {
    statusCheck,
    tickets,
    trainings,
    market: { actions: _marketActions, ...market },
    broadcasts: { desk, actions: _, ...broadcasting },
    newsTopics,
    paces,
  }: Parts,
  words: () => HouseWords,
) {
  return {
    ...{ statusCheck, newsTopics, paces, broadcasting },
    tickets: tickets.desk,
    tendTickets: tickets.tend,
    ticketWords: () => words().tickets,
    trainings: trainings.desk,
    tendTrainings: trainings.tend,
    issueCertificates: trainings.issueCertificates,
    findCertificate: trainings.findCertificate,
    trainingTexts: () => words().trainings,
    trainingNews: trainings.news,
    market,
    broadcasts: desk,
    broadcastWords: () => words().broadcasts,
  }
}

/** What flows may do, by name. */
export function createActions(
  { config, texts, language }: Ground,
  parts: Parts,
  words: () => HouseWords,
): Actions<Transaction> {
  const { addresses, statusCheck, tickets, trainings, market, broadcasts } = parts
  const audit = createAuditTrail()
  return {
    ...createAssistanceActions({
      ...statusCheck,
      ways: config.checkWays,
      wayLabels: findAssistanceTexts(texts.content).ways,
      publicUrl: () => pagesOf(addresses),
    }),
    ...createResidentActions({
      store: createResidentStore(),
      audit,
      forget: (transaction, contactId) =>
        parts.conversation().batches.dropFor(transaction, contactId, 'stopped_by_person'),
    }),
    ...createNewsActions({
      news: createNewsStore(),
      words: () => words().news,
      placeName: (code) => language.places.byCode(code)?.name,
      audit,
    }),
    ...tickets.actions,
    ...trainings.actions,
    ...market.actions,
    ...broadcasts.actions,
    ...createStaffActions({ settings: createSettingsStore(), addresses: () => addresses }),
  }
}

/** Fonts and drawing are loaded by whoever draws. */
async function drawCertificate(
  { certificates }: TrainingTexts,
  ...what: Parameters<TrainingGround['draw']>
): ReturnType<TrainingGround['draw']> {
  const { createCertificatePdf } = await import('./web/certificates/certificate-pdf.ts')
  return createCertificatePdf(certificates.pdf, ...what)
}

/** Where the pages are: where the web chat is. */
function pagesOf([chat = '']: readonly string[]): string {
  return chat.replace(/\/chat$/, '')
}
