import type { Media } from '../../../channels/channel.ts'
import type { Officer } from '../../../staff/officer.ts'
import type { FormFields } from '../trainings/form-fields.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import type { FormProblem } from './form-problem.ts'
import { mediaKind } from './media-kind.ts'
import type { ReceivedForm } from './receive-form.ts'

/** The file that goes with a form: what was just sent, or what its field names. */
export interface FormMedia {
  readonly media: Media | undefined
  readonly problems: readonly FormProblem[]
  /** The fields with the file that it now is. */
  readonly fields: FormFields
}

/** Looks at a file that came, keeps it, and says what goes along from then on; what is refused leaves what was there. */
export async function takeMedia(
  deps: Pick<BroadcastPagesDeps, 'saveMedia' | 'readMedia'>,
  { fields, file }: ReceivedForm,
  officer: Officer,
): Promise<FormMedia> {
  const before = await knownMedia(deps, fields, officer)
  if (file.type === 'none') return before
  if (file.type !== 'file') return { ...before, problems: [{ code: file.type, at: 'media' }] }
  const kind = mediaKind(file)
  if (kind.type !== 'fit') return { ...before, problems: [{ code: kind.type, at: 'media' }] }
  const saved = await deps.saveMedia({ mime: kind.mime, bytes: file.bytes, name: file.name }, officer)
  if (saved === 'broken') return { ...before, problems: [{ code: 'file_broken', at: 'media' }] }
  if (saved === 'too_much') return { ...before, problems: [{ code: 'file_full', at: 'media' }] }
  return { media: saved, problems: [], fields: { ...fields, media: saved.id } }
}

/** What the field names, as it is kept: an id is not believed, for it may be that of a resident's file. */
async function knownMedia(
  { readMedia }: Pick<BroadcastPagesDeps, 'readMedia'>,
  fields: FormFields,
  officer: Officer,
): Promise<FormMedia> {
  const id = fields.media ?? ''
  if (id === '') return { media: undefined, problems: [], fields }
  const media = (await readMedia(id, officer))?.media
  if (media !== undefined) return { media, problems: [], fields }
  return { media, problems: [{ code: 'file_gone', at: 'media' }], fields: { ...fields, media: '' } }
}
