import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { NoticeStore } from './notices/store-notice.ts'
import type { TrainingStore } from './store.ts'
import type { Offices } from './training-offices.ts'
import type { TrainingVoice } from './training-voice.ts'
import type { TrainingWords } from './training-words.ts'

/** What everything that is done with trainings is given. */
export interface TrainingDeps {
  readonly store: TrainingStore
  readonly notices: NoticeStore
  readonly words: () => TrainingWords
  readonly offices: () => Offices
  readonly audit: AuditTrail<Transaction>
  readonly voice: TrainingVoice
  readonly now: () => Date
}
