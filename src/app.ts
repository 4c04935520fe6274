import path from 'node:path'
import type { Broadcasts } from './app-broadcasts.ts'
import type { Market } from './app-market.ts'
import {
  contracts,
  createActions,
  createParts,
  type Ground,
  type QueueSlot,
  shownParts,
} from './app-parts.ts'
import { createHousePictures } from './app-pictures.ts'
import type { Tickets, TicketWords } from './app-tickets.ts'
import type { Trainings, TrainingTexts } from './app-trainings.ts'
import { readHouseWords } from './app-words.ts'
import type { StatusCheck } from './assistance/status-check.ts'
import type { ChannelPace } from './broadcast/broadcast-deps.ts'
import type { BroadcastDesk } from './broadcast/broadcast-desk.ts'
import type { BroadcastWords } from './broadcast/broadcast-words.ts'
import type { Config } from './config.ts'
import { type Conversation, createConversation } from './conversation/conversation.ts'
import type { House } from './conversation/converse.ts'
import { createConversationStore } from './conversation/store.ts'
import { loadFlows } from './flow/load.ts'
import type { TicketDesk } from './inquiry/ticket-desk.ts'
import { createLanguage, type Language } from './language/language.ts'
import { isQuiet } from './language/quiet-hours.ts'
import type { Logger } from './log.ts'
import { createDayCounter } from './marketplace/day-counts.ts'
import type { PictureFiles } from './marketplace/pictures/picture-files.ts'
import { createWriteDays } from './marketplace/store-days.ts'
import { type FlowTexts, readFlowTexts } from './storage/flow-files.ts'
import { createMediaStore, type MediaStore } from './storage/media-store.ts'
import { openStorage } from './storage/open-storage.ts'
import { openSignals, type Signals } from './storage/signals.ts'
import type { TrainingDesk } from './training/training-desk.ts'

/** The parts of one process, connected to the database and to each other; nothing listens yet. */
export interface App extends Ground {
  readonly now: () => Date
  readonly signals: Signals
  readonly media: MediaStore
  /** Where the bytes of media are. */
  readonly mediaFolder: string
  /** Where the bytes of pictures of products are. */
  readonly pictureFiles: PictureFiles
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
  /** Shops and products: at the desk, on the web, and by time. */
  readonly market: Omit<Market, 'actions'>
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
  readonly queue: QueueSlot
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

/** Builds the house on its ground; closing it closes the storage. */
export async function buildApp(ground: Ground): Promise<App> {
  const { config, log, storage, flows, language } = ground
  const { database, keyring } = storage
  const now = ground.clock ?? (() => config.fixedNow ?? new Date())
  const signals = await openSignals({ url: database.url, pool: database.pool, log })
  const addresses = [`${config.publicUrl ?? `http://localhost:${config.port}`}/chat`]
  const mediaFolder = path.join(config.dataDir, 'media')
  const queue: App['queue'] = {}
  let words = readHouseWords(ground.texts)
  const { pictures, files: pictureFiles } = createHousePictures({
    ...{ config, storage, now },
    texts: () => words.market.promotion.picture,
  })
  const media = createMediaStore({
    ...{ folder: mediaFolder, prisma: database.beside, keyring, now },
    elsewhere: (id) => pictures.read(id, 'jpeg'),
  })
  const days = createDayCounter({
    write: createWriteDays(database.prisma),
    onError: (error) => log.warn({ err: error }, 'what happened to products was not counted'),
    now,
  })
  const late = { conversation: () => conversation, house: () => house, words: () => words }
  const parts = createParts({ ...ground, ...late, now, media, pictures, days, addresses, queue })
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
    ...{ ...ground, now, signals, media, mediaFolder, pictureFiles, conversation, addresses, queue },
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
        await days.stop()
        await signals.stop()
      } finally {
        await storage.close()
      }
    },
  }
}

/** The flows of these texts, ready to run; throws with every problem. */
export function readFlows(texts: FlowTexts, language: Language): House['flows'] {
  const loaded = loadFlows({ files: texts.flows, actions: contracts, language })
  if (loaded.type === 'loaded') return loaded.flows
  const lines = loaded.problems.map(({ file, step, what }) => `  ${file}: ${step}: ${what}`)
  throw new Error(`the flows are broken:\n${lines.join('\n')}`)
}
