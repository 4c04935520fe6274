import type { Keyring } from '../../../storage/keyring.ts'
import type { TrainingDesk } from '../../../training/training-desk.ts'
import type { Offices } from '../../../training/training-offices.ts'
import type { TrainingWords } from '../../../training/training-words.ts'
import type { KelurahanChoice } from '../staff-views.ts'
import type { ApplicantTexts } from './applicant-texts.ts'
import type { TrainingFileTexts } from './training-file-texts.ts'

/** What the pages on applicants, attendance and certificates are made of. */
export interface ApplicantPagesDeps {
  /** `flows/content/meja-peserta.yaml`, parsed. */
  readonly texts: ApplicantTexts
  readonly desk: TrainingDesk
  readonly words: () => TrainingWords
  /** The name of a kelurahan by its code; undefined for none of the city's. */
  kelurahanName(code: string): string | undefined
  /** The city's, as a filter offers them. */
  readonly kelurahan: readonly KelurahanChoice[]
  /** Whoever gives courses, as files name them. */
  readonly offices: () => Offices
  /** `flows/content/berkas-pelatihan.yaml`, parsed: the words of the files that officers take away. */
  readonly fileTexts: TrainingFileTexts
  /** For what is searched, which stands in addresses sealed only. */
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  readonly now: () => Date
  /** Where a phone that reads the picture beside a class's code goes: into a chat with the bot, with the code in it. */
  readonly checkInLinks?:
    | ((code: string) => readonly { readonly label: string; readonly url: string }[])
    | undefined
}

/** The longest reason, in characters, that is taken. */
export const longestReason = 300
