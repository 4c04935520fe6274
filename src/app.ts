import path from 'node:path'
import { type Broadcasts, createBroadcasts, createPaces, newsTopics } from './app-broadcasts.ts'
import { createTickets, readTicketWords, type Tickets, type TicketWords } from './app-tickets.ts'
import {
  createTrainings,
  readTrainingTexts,
  type TrainingGround,
  type Trainings,
  type TrainingTexts,
  trainingRoomContracts,
} from './app-trainings.ts'
import { assistanceContracts, createAssistanceActions } from './assistance/actions.ts'
import { createStatusCheck, type StatusCheck } from './assistance/status-check.ts'
import { findAssistanceTexts } from './assistance/texts.ts'
import { broadcastContracts } from './broadcast/broadcast-actions.ts'
import type { ChannelPace } from './broadcast/broadcast-deps.ts'
import type { BroadcastDesk } from './broadcast/broadcast-desk.ts'
import { type BroadcastWords, parseBroadcastWords } from './broadcast/broadcast-words.ts'
import type { Config } from './config.ts'
import { type Conversation, createConversation } from './conversation/conversation.ts'
import type { House } from './conversation/converse.ts'
import { createConversationStore } from './conversation/store.ts'
import type { ActionContract, Actions } from './flow/action.ts'
import { loadFlows } from './flow/load.ts'
import { inquiryContracts } from './inquiry/actions.ts'
import { ticketContracts } from './inquiry/ticket-contracts.ts'
import type { TicketDesk } from './inquiry/ticket-desk.ts'
import type { JobQueue } from './jobs/queue.ts'
import { createLanguage, type Language } from './language/language.ts'
import { isQuiet } from './language/quiet-hours.ts'
import type { Logger } from './log.ts'
import { createResidentActions, residentContracts } from './resident/actions.ts'
import { createNewsActions } from './resident/news-actions.ts'
import { type NewsWords, parseNewsWords } from './resident/news-words.ts'
import { createResidentStore } from './resident/store.ts'
import { createNewsStore } from './resident/store-news.ts'
import { createStaffActions, staffContracts } from './staff/actions.ts'
import { createSettingsStore } from './staff/settings-store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import { type FlowTexts, readFlowTexts } from './storage/flow-files.ts'
import { createMediaStore, type MediaStore } from './storage/media-store.ts'
import { openStorage, type Storage } from './storage/open-storage.ts'
import { openSignals, type Signals } from './storage/signals.ts'
import type { TrainingDesk } from './training/training-desk.ts'

/** What flows may call, by name: what `flows check` holds them against. */
export const contracts: Readonly<Record<string, ActionContract>> = {
  ...assistanceContracts,
  ...residentContracts,
  ...inquiryContracts,
  ...ticketContracts,
  ...trainingRoomContracts,
  ...broadcastContracts,
  ...staffContracts,
}

/** The parts of one process, connected to the database and to each other; nothing listens yet. */
export interface App extends Ground {
  readonly now: () => Date
  readonly signals: Signals
  readonly media: MediaStore
  /** Where the bytes of media are. */
  readonly mediaFolder: string
  readonly house: () => House
  readonly conversation: Conversation
  readonly statusCheck: StatusCheck
  /** What officers do with tickets. */
  readonly tickets: TicketDesk
  /** Does with tickets what is due by time; how many things it did. */
  readonly tendTickets: Tickets['tend']
  readonly ticketWords: () => TicketWords
  /** What officers do with trainings. */
  readonly trainings: TrainingDesk
  /** Does with trainings what is due by time; how many things it did. */
  readonly tendTrainings: Trainings['tend']
  readonly issueCertificates: Trainings['issueCertificates']
  readonly findCertificate: Trainings['findCertificate']
  readonly trainingTexts: () => TrainingTexts
  /** What there is to tell of trainings. */
  readonly trainingNews: Trainings['news']
  /** What officers do with broadcasts. */
  readonly broadcasts: BroadcastDesk
  /** What the program does with broadcasts by itself. */
  readonly broadcasting: Omit<Broadcasts, 'actions' | 'desk'>
  readonly broadcastWords: () => BroadcastWords
  /** Every topic of news that one can subscribe to, with what people call it. */
  readonly newsTopics: () => ReadonlyMap<string, string>
  /** How fast channels may send what nobody asked for. */
  readonly paces: () => Promise<readonly ChannelPace[]>
  /** The queue of jobs, once services have opened it. */
  readonly queue: { send?: JobQueue['send'] }
  /** Addresses by which residents know the bot; services add theirs. */
  readonly addresses: string[]
  /** Reads the flows and their content again. Throws, and goes on with the old ones, when they are broken. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Opens the database and builds the house. Throws when a flow, a table or content is broken, with every problem. */
export async function openApp(config: Config, log: Logger): Promise<App> {
  const texts = await readFlowTexts()
  const language = createLanguage(texts.language)
  const flows = readFlows(texts, language)
  const storage = await openStorage(config, log)
  try {
    return await buildApp({ config, log, storage, texts, language, flows })
  } catch (error) {
    await storage.close()
    throw error
  }
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

/** What is told with words of `flows/content`: they change when the flows are read again. */
interface HouseWords {
  readonly tickets: TicketWords
  readonly trainings: TrainingTexts
  readonly broadcasts: BroadcastWords
  readonly news: NewsWords
}

function readHouseWords(texts: FlowTexts): HouseWords {
  const content = (name: string) => contentOf(texts, name)
  return {
    tickets: readTicketWords(texts, content),
    trainings: readTrainingTexts(content),
    broadcasts: parseBroadcastWords(content('siaran')),
    news: parseNewsWords(content('kabar')),
  }
}

/** Builds the house on its ground; closing it closes the storage. */
export async function buildApp(ground: Ground): Promise<App> {
  const { config, log, storage, flows, language } = ground
  const { database, keyring } = storage
  const now = ground.clock ?? (() => config.fixedNow ?? new Date())
  const signals = await openSignals({ url: database.url, pool: database.pool, log })
  const addresses = [`${config.publicUrl ?? `http://localhost:${config.port}`}/chat`]
  const mediaFolder = path.join(config.dataDir, 'media')
  const media = createMediaStore({ folder: mediaFolder, prisma: database.prisma, keyring, now })
  const queue: App['queue'] = {}
  let words = readHouseWords(ground.texts)
  const late = { conversation: () => conversation, house: () => house, words: () => words }
  const parts = createParts({ ...ground, ...late, now, media, addresses, queue })
  let house: House = { flows, actions: createActions(ground, parts, late.words) }
  const conversation: Conversation = createConversation({
    store: createConversationStore(database),
    house: late.house,
    sealer: keyring,
    log,
    now,
    notify: (chatId) => signals.send('outbox', String(chatId)),
    isQuiet: (at) => isQuiet(at, words.broadcasts.quiet_hours),
    dialectOf: (text) => language.dialectOf(text),
  })
  return {
    ...{ ...ground, now, signals, media, mediaFolder, conversation, addresses, queue },
    ...shownParts(parts, late.words),
    house: late.house,
    async reload() {
      const texts = await readFlowTexts()
      const language = createLanguage(texts.language)
      const newWords = readHouseWords(texts)
      house = {
        flows: readFlows(texts, language),
        actions: createActions({ ...ground, texts }, parts, late.words),
      }
      words = newWords
    },
    async close() {
      try {
        await conversation.idle()
        await signals.stop()
      } finally {
        await storage.close()
      }
    },
  }
}

/** What the parts of the house are built on: what they use before it is there, or what changes, is asked for late. */
interface PartsGround extends Ground {
  readonly conversation: () => Conversation
  readonly house: () => House
  readonly words: () => HouseWords
  readonly now: () => Date
  readonly media: MediaStore
  readonly addresses: readonly string[]
  readonly queue: App['queue']
}

interface Parts {
  readonly conversation: () => Conversation
  readonly addresses: readonly string[]
  readonly statusCheck: StatusCheck
  readonly tickets: Tickets
  readonly trainings: Trainings
  readonly broadcasts: Broadcasts
  readonly newsTopics: () => ReadonlyMap<string, string>
  readonly paces: App['paces']
}

function createParts(ground: PartsGround): Parts {
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
    tickets: createTickets({ storage, media, now, conversation, words: () => words().tickets }),
    broadcasts: createBroadcasts({
      ...{ storage, language, conversation, topics, paces, enqueue, now },
      config: config.broadcast,
      flows: () => ground.house().flows,
      words: () => words().broadcasts,
      courses: trainings.news,
    }),
  }
}

/** Has jobs done once a transaction is committed; without a queue they are done at their time. */
function enqueuer({ queue, now }: PartsGround) {
  return async (job: string, data: Readonly<Record<string, string>>, within: Transaction): Promise<void> => {
    const key = [now().toISOString(), ...Object.values(data)].join(' ')
    await queue.send?.(job, key, { data, within })
  }
}

/** The parts as the rest of the program sees them. */
function shownParts(
  {
    statusCheck,
    tickets,
    trainings,
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
    broadcasts: desk,
    broadcastWords: () => words().broadcasts,
  }
}

/** The flows of these texts, ready to run; throws with every problem. */
export function readFlows(texts: FlowTexts, language: Language): House['flows'] {
  const loaded = loadFlows({ files: texts.flows, actions: contracts, language })
  if (loaded.type === 'loaded') return loaded.flows
  const lines = loaded.problems.map(({ file, step, what }) => `  ${file}: ${step}: ${what}`)
  throw new Error(`the flows are broken:\n${lines.join('\n')}`)
}

function createActions(
  { config, texts, language }: Ground,
  parts: Parts,
  words: () => HouseWords,
): Actions<Transaction> {
  const { addresses, statusCheck, tickets, trainings, broadcasts } = parts
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

/** The text of a file of words in `flows/content`; throws when it is missing. */
export function contentOf({ content }: FlowTexts, name: string): string {
  const path = `flows/content/${name}.yaml`
  const file = content.find((candidate) => candidate.path === path)
  if (file === undefined) throw new Error(`${path} is missing`)
  return file.text
}
