import { parse } from 'yaml'
import { z } from 'zod'
import { educations, genders } from './course.ts'
import { registrationStates } from './registration.ts'

const text = z.string().trim().min(1)
const hour = z.number().int().min(0).max(23)

const file = z.object({
  /** Subjects by code: what they are called, and the words they are searched by. */
  subjects: z.record(
    z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'a subject is named in a-z, 0-9 and _'),
    z.strictObject({ title: text, words: z.array(text).default([]) }),
  ),
  educations: z.record(z.enum(educations), text),
  genders: z.record(z.enum(genders), text),
  /** What a registration in each state is called, as its person reads it. */
  states: z.record(z.enum(registrationStates), text),
  /** In these hours of the day nobody is written to unasked. */
  quiet_hours: z.strictObject({ from: hour, to: hour }),
  /** What whoever registers agrees to; a new text is a new version. */
  consent: z.strictObject({ version: text, text }),
  /** What whoever subscribes to a subject agrees to. */
  subscription: z.strictObject({ version: text, text }),
  /** What applicants are refused for; with {{limit}} and the like. */
  rules: z.strictObject({
    min_age: text,
    max_age: text,
    min_education: text,
    domicile: text,
    guardian: text,
  }),
  /** Why those on the waiting list are let go when the course begins. */
  started_reason: text,
  free: text,
})

/** The words of flows/content/pelatihan.yaml. */
export type TrainingWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseTrainingWords(words: string, path = 'flows/content/pelatihan.yaml'): TrainingWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
