import type { AudienceCount } from '../../../broadcast/audience.ts'
import type { SavedAudience } from '../../../broadcast/broadcast-desk.ts'
import type { Media } from '../../../channels/channel.ts'
import type { FormState } from '../trainings/form-state.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import type { Shown } from './preview-part.ts'

/** The form of a broadcast with everything that it is shown with. */
export interface FormPage extends BroadcastPagesDeps {
  /** Those of `topics` that the officer may write to, with what is ticked. */
  readonly topics: BroadcastPagesDeps['topics']
  readonly state: FormState
  /** Below /desk, where it is sent to. */
  readonly path: string
  readonly csrf: string
  /** The file that goes along. */
  readonly media: Media | undefined
  readonly shown: Shown
  readonly saved: readonly SavedAudience[]
  readonly courseList: readonly { readonly number: number; readonly title: string }[]
  /** What others were sent and may be left out for. */
  readonly sentList: readonly { readonly number: number; readonly title: string }[]
  /** Whom it reaches, where that was asked for. */
  readonly count: AudienceCount | undefined
}

/** Most buttons that a message has. */
export const mostButtons = 3

/** Most letters of a text. */
export const longestText = 1_500

/** The id of the form element. */
export const formId = 'isian-siaran'
