import { parse } from 'yaml'
import { z } from 'zod'

/** States of which a decision is told. */
export const toldStates = [
  'screened',
  'interview',
  'reserve',
  'accepted',
  'passed',
  'not_passed',
  'rejected',
  'withdrawn',
  'absent',
] as const
export type ToldState = (typeof toldStates)[number]

const common = ['who', 'title', 'course_id', 'starts', 'place', 'map', 'requirements', 'contact'] as const
const ofDecision = ['reason', 'place_in_line', 'until'] as const
const ofChange = ['new_starts', 'old_starts', 'new_place', 'old_place'] as const
const ofNews = ['office', 'schedule', 'seats', 'cost', 'opens', 'closes'] as const

/** What may be filled in somewhere. */
export type NoticeValue =
  | (typeof common)[number]
  | (typeof ofDecision)[number]
  | (typeof ofChange)[number]
  | (typeof ofNews)[number]

const text = z.string().trim().min(1)
const hour = z.number().int().min(0).max(23)
const words = (...more: readonly string[]) =>
  text.superRefine((value, context) => {
    const names = [...value.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)
    if (!names.includes('title')) context.addIssue({ code: 'custom', message: 'needs {{title}}' })
    for (const name of names) {
      if ([...common, ...more].includes(name)) continue
      context.addIssue({ code: 'custom', message: `{{${name}}} is not known here` })
    }
  })

const file = z.strictObject({
  /** The hours of the day in which people are reminded of what is on another day. */
  reminders: z
    .strictObject({ at: hour, until: hour })
    .refine(({ at, until }) => at < until, { message: '`at` is before `until`' }),
  /** What whoever registered themself is called. */
  self: text,
  /** What whoever was registered by another is called, where their name cannot be read any more. */
  unnamed: text,
  /** How a decision came out. */
  results: z.record(z.enum(toldStates), words(...ofDecision)),
  changed: words(...ofChange),
  course_cancelled: words(...ofDecision),
  /** With {{until}}. */
  offer_ending: words(...ofDecision),
  lapsed: words(),
  reminder_3: words(),
  reminder_1: words(),
  reminder_0: words(),
  /** A new course, for whoever subscribed. */
  announcement: words(...ofNews).refine((value) => !/\{\{\s*who\s*\}\}/.test(value), {
    message: '{{who}} is not known here',
  }),
  interests: z.strictObject({
    /** All subjects together. */
    all: text,
    /** A subject that the person hears of, with {{title}}. */
    chosen: words(),
  }),
})

/** The words of flows/content/pelatihan-kabar.yaml. A line one of whose values is not there is left out. */
export type NoticeTexts = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseNoticeTexts(content: string, path = 'flows/content/pelatihan-kabar.yaml'): NoticeTexts {
  const read = file.safeParse(parse(content))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
