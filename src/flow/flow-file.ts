import { z } from 'zod'
import { answerKinds } from '../language/parsed.ts'

/** Answers that are not typed but sent: no parser reads them. */
export const sentKinds = ['photo', 'document', 'location'] as const

/** Answers that a person types: those that the language can read. */
export const typedKinds = answerKinds

const text = z.string().trim().min(1)
const stepId = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a step is named in a-z, 0-9 and _')
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a value is named in a-z, 0-9 and _')
const target = z.string().regex(/^([a-z][a-z0-9-]*\/)?[a-z][a-z0-9_]*$/, 'a target is "step" or "flow/step"')
const constant = z.union([z.string(), z.number(), z.boolean()])
const lines = z.record(name, text)
/** The name of a text with the ids of pictures that go with the message, parted by spaces; none where it is empty. */
const picture = name.optional()

const say = z
  .strictObject({ say: text, picture, next: target, lines: lines.optional() })
  .transform((step) => ({ kind: 'say' as const, ...step }))

const ask = z
  .strictObject({
    ask: text,
    picture,
    as: z.enum([...typedKinds, ...sentKinds]),
    save: name,
    next: target,
    secret: z.boolean().default(false),
    optional: z.boolean().default(false),
    /** All that is needed was done: leaving loses nothing, and what clearly means something else is asked about. */
    extra: z.boolean().default(false),
    /** Of a text: a photo or a document answers too. Its words are the answer, and its media id goes under this name. */
    photo: name.optional(),
    /** Of a text: a lone figure is an answer, and no slip for a menu. */
    figures: z.boolean().default(false),
    invalid: text.optional(),
    /** Where a problem of the answer leads, instead of its text and the question again. */
    problems: z.record(z.string(), target).default({}),
    lines: lines.optional(),
  })
  .superRefine((step, context) => {
    const message = problemOfPhoto(step)
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['photo'], message })
  })
  .transform((step) => ({ kind: 'ask' as const, ...step }))

function problemOfPhoto(step: { photo?: string | undefined; as: string; save: string; secret: boolean }) {
  const { photo, as, save, secret } = step
  if (photo === undefined) return undefined
  if (as !== 'text') return `only a text may come with a photo, not ${as}`
  if (secret) return 'a photo is no secret'
  return photo === save || photo === `${save}_label` ? `"${photo}" is the answer itself` : undefined
}

const option = z.strictObject({
  label: text,
  goes_to: target,
  words: z.array(text).default([]),
  save: z.record(name, constant).default({}),
})

/**
 * Where a text leads that is none of the choices and clearly wants nothing else; without it, it was not understood. `own`: also one
 * that wants another step of the same flow, for it is about what is shown; or one that seems to want a step of those named.
 */
const otherwise = z
  .strictObject({
    save: name,
    goes_to: target,
    own: z.union([z.boolean(), z.array(target).min(1)]).default(false),
  })
  .optional()

const chooseOption = z
  .strictObject({
    choose: text,
    picture,
    options: z.array(option).min(1).max(9),
    otherwise,
    lines: lines.optional(),
  })
  .transform((step) => ({ kind: 'choose' as const, ...step }))

const chooseRow = z
  .strictObject({
    choose: text,
    picture,
    from: name,
    label: text,
    /** The field of a row that holds other words for it, parted by commas. */
    words: name.optional(),
    save: z.union([name.transform((field) => ({ [field]: field })), z.record(name, name)]),
    next: target,
    empty: target,
    page: z.number().int().min(1).max(9).optional(),
    otherwise,
    lines: lines.optional(),
  })
  .transform((step) => ({ kind: 'choose_row' as const, ...step }))

const call = z
  .strictObject({
    do: z.string().min(1),
    with: z
      .record(z.string(), z.union([name, z.strictObject({ literal: z.union([constant, z.null()]) })]))
      .default({}),
    outcomes: z.record(z.string(), target),
  })
  .transform((step) => ({ kind: 'do' as const, ...step }))

const handoff = z
  .strictObject({ handoff: text, say: text.optional(), next: target.optional(), lines: lines.optional() })
  .transform((step) => ({ kind: 'handoff' as const, ...step }))

const end = z
  .strictObject({ end: z.union([text, z.literal(true)]), lines: lines.optional() })
  .transform((step) => ({ kind: 'end' as const, ...step }))

const stepSchemas = { say, ask, choose: chooseOption, choose_row: chooseRow, do: call, handoff, end }

/** One step as its author wrote it, told apart by `kind`. A `choose` from a list is a `choose_row`. */
export type StepFile = z.infer<(typeof stepSchemas)[keyof typeof stepSchemas]>

/** The schema of the step that `raw` means to be, or undefined when it is none of the six kinds. */
export function stepSchemaOf(raw: unknown): z.ZodType<StepFile> | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  if ('handoff' in raw) return handoff
  if ('do' in raw) return call
  if ('choose' in raw) return 'from' in raw ? chooseRow : chooseOption
  if ('ask' in raw) return ask
  if ('end' in raw) return end
  return 'say' in raw ? say : undefined
}

/** A flow file but for its steps, which are read one by one so that each names its own problems. */
export const flowHeadSchema = z.strictObject({
  flow: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a flow is named in a-z, 0-9 and -'),
  title: text,
  opens_with: z.array(text).default([]),
  /** Words that open a step when nothing but a number follows, which the step is given as `utterance`: `daftar 12`. */
  opens_with_number: z.record(text, stepId).default({}),
  start: stepId,
  /** Steps that the program opens by itself, and the values it gives them. */
  entrances: z.record(stepId, z.array(name)).default({}),
  steps: z.record(stepId, z.unknown()),
})

/** A flow as its author wrote it. `file` is where; `steps` keeps the order of the file. */
export interface FlowFile extends Omit<z.infer<typeof flowHeadSchema>, 'steps'> {
  readonly file: string
  readonly source: string
  readonly steps: ReadonlyMap<string, StepFile>
}
