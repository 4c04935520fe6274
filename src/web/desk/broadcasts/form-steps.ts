import type { AudienceCount } from '../../../broadcast/audience.ts'
import { audienceShape } from '../../../broadcast/audience.ts'
import { fill } from '../../../language/fill-text.ts'
import type { Officer } from '../../../staff/officer.ts'
import { type FormFields, trimmed } from '../trainings/form-fields.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'
import { takeEnd } from './end-part.ts'
import type { FormProblem } from './form-problem.ts'
import { readAudience } from './read-form.ts'
import { withAudience } from './write-form.ts'

/** The form after a button that does something else than save. */
export interface Stepped {
  readonly fields: FormFields
  /** The id of what the officer goes on with. */
  readonly focus: string
  readonly note?: string
  readonly problems: readonly FormProblem[]
  readonly count?: AudienceCount
}

/** Does what a button of the form asks for; undefined when it is the one that saves. */
export async function takeStep(
  deps: BroadcastPagesDeps,
  viewer: Officer,
  fields: FormFields,
): Promise<Stepped | undefined> {
  const { step = '' } = fields
  const { form } = deps.texts
  const variable = /^insert\.(\w+)$/.exec(step)?.[1]
  if (variable !== undefined && Object.hasOwn(deps.words().variables, variable)) {
    const text = `${(fields.text ?? '').trimEnd()} {{${variable}}}`.trimStart()
    return { fields: { ...fields, text }, focus: 'text', problems: [] }
  }
  const ended = takeEnd(fields)
  if (ended !== undefined) return { fields: ended, focus: 'expires.date', problems: [] }
  switch (step) {
    case 'dropMedia':
      return { fields: { ...fields, media: '' }, focus: 'media', note: form.media_dropped, problems: [] }
    case 'count':
      return countStep(deps, viewer, fields)
    case 'useAudience':
    case 'removeAudience':
    case 'saveAudience':
      return audienceStep(deps, viewer, fields, step)
    default:
      return undefined
  }
}

/** Counts whom the form means. */
export async function countStep(
  { desk }: Pick<BroadcastPagesDeps, 'desk'>,
  viewer: Officer,
  fields: FormFields,
): Promise<Stepped> {
  const audience = readAudience(fields)
  const problems = audienceProblems(audience)
  if (problems.length > 0) return { fields, focus: 'hitungan', problems }
  return { fields, focus: 'hitungan', problems: [], count: await desk.count(viewer, audience) }
}

/** What keeps an audience from being counted or kept. */
function audienceProblems(audience: ReturnType<typeof readAudience>): readonly FormProblem[] {
  const read = audienceShape.safeParse(audience)
  if (read.success) return []
  const fields = new Set(read.error.issues.map(({ path }) => path[0]))
  const found: FormProblem[] = []
  if (fields.has('topics'))
    found.push({ code: audience.topics.length === 0 ? 'missing' : 'wrong', at: 'topics' })
  if (fields.has('course')) found.push({ code: 'missing', at: 'states' })
  return found.length > 0 ? found : [{ code: 'wrong', at: 'topics' }]
}

async function audienceStep(
  { desk, texts }: BroadcastPagesDeps,
  viewer: Officer,
  fields: FormFields,
  step: 'useAudience' | 'removeAudience' | 'saveAudience',
): Promise<Stepped> {
  const { form } = texts
  const focus = 'saved'
  if (step === 'saveAudience') {
    const [name, audience] = [trimmed(fields, 'audienceName'), readAudience(fields)]
    const problems = audienceProblems(audience)
    if (problems.length > 0) return { fields, focus, problems }
    const nameless: Stepped = { fields, focus, problems: [{ code: 'name', at: 'audienceName' }] }
    if (name === '') return nameless
    const done = await desk.saveAudience(viewer, name, audience)
    if (done.type === 'name') return nameless
    return {
      fields: { ...fields, audienceName: '' },
      focus,
      note: fill(form.saved_done, { name }),
      problems: [],
    }
  }
  const chosen = (await desk.audiences()).find(({ id }) => String(id) === fields.saved)
  if (chosen === undefined) return { fields, focus, note: form.saved_choose, problems: [] }
  const { name } = chosen
  if (step === 'useAudience') {
    return {
      fields: withAudience(fields, chosen.audience),
      focus,
      note: fill(form.saved_used, { name }),
      problems: [],
    }
  }
  await desk.removeAudience(viewer, chosen.id)
  return { fields: { ...fields, saved: '' }, focus, note: fill(form.saved_removed, { name }), problems: [] }
}
