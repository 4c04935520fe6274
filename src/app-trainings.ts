import type { Conversation } from './conversation/conversation.ts'
import type { ActionContract, Actions } from './flow/action.ts'
import type { Language } from './language/language.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { Storage } from './storage/open-storage.ts'
import { createTrainingStore } from './training/store.ts'
import { createNoticeStore } from './training/store-notice.ts'
import type { TrainingDeps } from './training/training-deps.ts'
import type { TrainingDesk } from './training/training-desk.ts'
import type { Offices } from './training/training-offices.ts'
import type { TrainingVoice } from './training/training-voice.ts'
import { parseTrainingWords, type TrainingWords } from './training/training-words.ts'

/** What flows may ask about trainings. */
export const trainingRoomContracts: Readonly<Record<string, ActionContract>> = {}

/** The words that trainings are told with: they change when the flows and their content are read again. */
export interface TrainingTexts {
  readonly words: TrainingWords
}

/** Reads them; throws with every problem of the first file that is broken. */
export function readTrainingTexts(contentOf: (name: string) => string): TrainingTexts {
  return { words: parseTrainingWords(contentOf('pelatihan')) }
}

/** What the house has of trainings. */
export interface Trainings {
  readonly actions: Actions<Transaction>
  readonly desk: TrainingDesk
  /** Does what is due by time; how many things it did. */
  readonly tend: (now: Date) => Promise<number>
}

/** Builds them. The conversation is asked for late: it calls the actions, and they speak through it. */
export function createTrainings(given: {
  readonly storage: Storage
  readonly conversation: () => Conversation
  readonly texts: () => TrainingTexts
  readonly offices: () => Offices
  readonly language: Language
  readonly now: () => Date
}): Trainings {
  const { database, keyring } = given.storage
  const deps: TrainingDeps = {
    store: createTrainingStore({ prisma: database.prisma, keyring }),
    notices: createNoticeStore(),
    words: () => given.texts().words,
    offices: given.offices,
    audit: createAuditTrail(),
    voice: createTrainingVoice(given.conversation),
    now: given.now,
  }
  return {
    actions: {},
    desk: notYet(deps),
    tend: async () => 0,
  }
}

function notYet(_: TrainingDeps): TrainingDesk {
  const part = () => {
    throw new Error('not there yet')
  }
  return {
    get courses() {
      return part()
    },
    get applicants() {
      return part()
    },
    get attendance() {
      return part()
    },
    get certificates() {
      return part()
    },
  }
}

/** How trainings are heard in chats. */
function createTrainingVoice(conversation: () => Conversation): TrainingVoice {
  return {
    async offer(transaction, chatId, { number, title, name, until }) {
      const values = { number, title, name, until: until.toISOString() }
      await conversation().open(chatId, { to: 'pelatihan-saya/tawaran', values }, transaction, 'notice')
    },
    async tellMany(transaction, messages, purpose) {
      for (const { chatId, text, media } of messages) {
        const message = media === undefined ? { text } : { text, media: [media] }
        await conversation().tell(chatId, [message], transaction, purpose === 'reply' ? 'reply' : 'notice')
      }
    },
  }
}
