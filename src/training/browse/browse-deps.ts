import type { Language } from '../../language/language.ts'
import type { AuditTrail } from '../../staff/audit-trail.ts'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingStore } from '../store.ts'
import type { Offices } from '../training-offices.ts'
import type { TrainingWords } from '../training-words.ts'
import type { BrowseWords } from './browse-words.ts'
import type { BrowseStore } from './store-browse.ts'

/** What residents' looking around is given. */
export interface BrowseDeps {
  readonly store: Pick<TrainingStore, 'course' | 'registration' | 'details'>
  readonly browse: BrowseStore
  readonly words: () => TrainingWords
  readonly texts: () => BrowseWords
  readonly offices: () => Offices
  readonly language: Pick<Language, 'normalise' | 'words' | 'places'>
  readonly audit: AuditTrail<Transaction>
}
