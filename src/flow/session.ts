import { z } from 'zod'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const row = z.record(z.string(), scalar).readonly()
const value = z.union([scalar, z.array(row).readonly()])

const candidate = z.object({
  value: scalar,
  label: z.string(),
  extra: z.record(z.string(), scalar).readonly().optional(),
  /** The media id of a photo that came with it. */
  photo: z.string().optional(),
})

/** A step to go to, and what is done there in words for the person. */
const goal = z.object({
  to: z.string(),
  title: z.string(),
  /** What the person said, for a step that goes on with it. */
  utterance: z.string().optional(),
})

const pending = z.discriminatedUnion('type', [
  /** Which of these answers did the person mean; a single one is asked as yes or no. */
  z.object({ type: z.literal('answer'), candidates: z.array(candidate).readonly() }),
  /** Which of these did the person mean to do. */
  z.object({ type: z.literal('goals'), goals: z.array(goal).readonly() }),
  /** Is the person sure of going to a step that does harm when it is not meant. */
  z.object({ type: z.literal('sure'), goal }),
  /** Is the person sure of giving up what was answered so far. */
  z.object({ type: z.literal('cancel') }),
  /** Would another way be easier, after some answers that could not be read. */
  z.object({ type: z.literal('stuck') }),
  /** Is a text one more addition, or does the person want to go elsewhere. */
  z.object({ type: z.literal('extra'), goal, answer: candidate }),
])

const waypoint = z.object({ step: z.string(), saved: z.array(z.string()).readonly() })

/** The form that a person was taken away from. */
const place = z.object({
  flow: z.string(),
  step: z.string(),
  hash: z.string(),
  values: z.record(z.string(), value).readonly(),
  secrets: z.array(z.string()).readonly(),
  trail: z.array(waypoint).readonly(),
})

/** Reads a stored session; anything that is not one is refused. */
export const sessionSchema = z.object({
  flow: z.string().nullable(),
  step: z.string().nullable(),
  hash: z.string(),
  values: z.record(z.string(), value).readonly(),
  secrets: z.array(z.string()).readonly(),
  prompt: z.number().int().nonnegative(),
  trail: z.array(waypoint).readonly(),
  page: z.number().int().nonnegative(),
  misses: z.number().int().nonnegative(),
  calls: z.number().int().nonnegative(),
  pending: pending.nullable(),
  kept: place.nullable().default(null),
  waits: z.object({ at: z.string(), until: z.iso.datetime() }).nullable().default(null),
})

/**
 * Where a person stands: plain JSON. `hash` is the content hash of the flow it stands in; `secrets` names the
 * values that came from a secret step; `prompt` counts questions, so that an old button is told from a new one;
 * `kept` is the form to go on with on demand; `waits` is a step that the program opened and until when its answer counts.
 */
export type Session = Readonly<z.infer<typeof sessionSchema>>

/** A side question that stands before the step's own question. */
export type Pending = NonNullable<Session['pending']>

/** A step that a text was taken to mean. */
export type Goal = z.infer<typeof goal>

/** One reading of an answer that was not clear. */
export type Candidate = z.infer<typeof candidate>

const EMPTY: Session = {
  flow: null,
  step: null,
  hash: '',
  values: {},
  secrets: [],
  prompt: 0,
  trail: [],
  page: 0,
  misses: 0,
  calls: 0,
  pending: null,
  kept: null,
  waits: null,
}

/** A session with nothing open. */
export function emptySession(): Session {
  return EMPTY
}

/** The same session with nothing open. The prompt counter goes on, so that buttons of before stay stale. */
export function closeSession(session: Session): Session {
  return { ...EMPTY, prompt: session.prompt }
}

/** The steps that a side question offers to go to. */
export function goalsOf({ pending }: Session): readonly { readonly to: string }[] {
  if (pending?.type === 'goals') return pending.goals
  return pending?.type === 'sure' || pending?.type === 'extra' ? [pending.goal] : []
}
