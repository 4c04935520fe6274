import path from 'node:path'
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
import type { Logger } from './log.ts'
import { createResidentActions, residentContracts } from './resident/actions.ts'
import { createResidentStore } from './resident/store.ts'
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

/** Builds the house on its ground; closing it closes the storage. */
export async function buildApp(ground: Ground): Promise<App> {
  const { config, log, storage, flows } = ground
  const { database, keyring } = storage
  const now = ground.clock ?? (() => config.fixedNow ?? new Date())
  const signals = await openSignals({ url: database.url, pool: database.pool, log })
  const addresses = [`${config.publicUrl ?? `http://localhost:${config.port}`}/chat`]
  const statusCheck = createStatusCheck({
    audit: createAuditTrail(),
    secrets: keyring,
    staleAfterDays: config.listStaleDays,
  })
  const mediaFolder = path.join(config.dataDir, 'media')
  const media = createMediaStore({ folder: mediaFolder, prisma: database.prisma, keyring, now })
  let words = readTicketWords(ground.texts, (name) => contentOf(ground.texts, name))
  const tickets = createTickets({ storage, media, now, conversation: () => conversation, words: () => words })
  let trainingTexts = readTrainingTexts((name) => contentOf(ground.texts, name))
  const queue: App['queue'] = {}
  const trainings = createTrainings({
    ...{ storage, media, now, language: ground.language },
    conversation: () => conversation,
    texts: () => trainingTexts,
    offices: () => words.offices.offices,
    publicUrl: () => pagesOf(addresses),
    enqueue: (job, transaction) =>
      queue.send?.(job, now().toISOString(), { within: transaction }) ?? Promise.resolve(),
    draw: (printed, address) => drawCertificate(trainingTexts, printed, address),
  })
  const parts = { addresses, statusCheck, tickets, trainings }
  let house: House = { flows, actions: createActions(ground, parts) }
  const conversation: Conversation = createConversation({
    store: createConversationStore(database),
    house: () => house,
    sealer: keyring,
    log,
    now,
    notify: (chatId) => signals.send('outbox', String(chatId)),
  })
  return {
    ...{ ...ground, now, signals, media, mediaFolder, conversation, statusCheck, addresses, queue },
    tickets: tickets.desk,
    tendTickets: tickets.tend,
    ticketWords: () => words,
    trainings: trainings.desk,
    tendTrainings: trainings.tend,
    issueCertificates: trainings.issueCertificates,
    findCertificate: trainings.findCertificate,
    trainingTexts: () => trainingTexts,
    house: () => house,
    async reload() {
      const texts = await readFlowTexts()
      const language = createLanguage(texts.language)
      const newWords = readTicketWords(texts, (name) => contentOf(texts, name))
      const newTrainingTexts = readTrainingTexts((name) => contentOf(texts, name))
      house = { flows: readFlows(texts, language), actions: createActions({ ...ground, texts }, parts) }
      words = newWords
      trainingTexts = newTrainingTexts
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

/** The flows of these texts, ready to run; throws with every problem. */
export function readFlows(texts: FlowTexts, language: Language): House['flows'] {
  const loaded = loadFlows({ files: texts.flows, actions: contracts, language })
  if (loaded.type === 'loaded') return loaded.flows
  const lines = loaded.problems.map(({ file, step, what }) => `  ${file}: ${step}: ${what}`)
  throw new Error(`the flows are broken:\n${lines.join('\n')}`)
}

interface ActionParts {
  readonly addresses: readonly string[]
  readonly statusCheck: StatusCheck
  readonly tickets: Tickets
  readonly trainings: Trainings
}

function createActions({ config, texts }: Ground, parts: ActionParts): Actions<Transaction> {
  const { addresses, statusCheck, tickets, trainings } = parts
  return {
    ...createAssistanceActions({
      ...statusCheck,
      ways: config.checkWays,
      wayLabels: findAssistanceTexts(texts.content).ways,
      publicUrl: () => pagesOf(addresses),
    }),
    ...createResidentActions({ store: createResidentStore(), audit: createAuditTrail() }),
    ...tickets.actions,
    ...trainings.actions,
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
