import { parse } from 'yaml'
import { z } from 'zod'
import { normalise } from '../../language/normalise.ts'

const text = z.string().trim().min(1)
const word = z.coerce.string().trim().min(1)
const words = z.array(word).min(1)
/** Words to look up, as they are compared. A line may hold several. */
const wordSet = words.transform((lines) => new Set(lines.flatMap((line) => normalise(line).tokens)))
/** Words in a row. */
const phrases = words.transform((lines) => lines.map((line) => normalise(line).tokens))
const withNames = (...names: readonly string[]) =>
  text.refine((line) => names.every((name) => line.includes(`{{${name}}}`)), {
    message: `needs ${names.map((name) => `{{${name}}}`).join(' and ')}`,
  })

/** What is asked about a course. */
export const aspects = [
  'when',
  'where',
  'requirements',
  'cost',
  'seats',
  'contact',
  'how',
  'window',
  'duration',
  'certificate',
] as const
export type Aspect = (typeof aspects)[number]

/** How a course stands for whoever would register. */
export const standings = ['open', 'full', 'soon', 'closed'] as const
export type Standing = (typeof standings)[number]

const answer = z.union([text, z.record(z.enum(standings), text)])

const file = z.strictObject({
  /** Words by which courses, places and times are found in a sentence. */
  reading: z.strictObject({
    training: wordSet,
    fillers: wordSet,
    between: wordSet,
    except: wordSet,
    unwanted: wordSet,
    number_after: wordSet,
    number_not_after: wordSet,
    number_not_before: wordSet,
    lives_in: wordSet,
    as_written: wordSet,
    /** January first, of each its full name first. */
    months: z.array(words).length(12),
    /** Sunday first. */
    weekdays: z.array(word).length(7),
    day: wordSet,
    date: wordSet,
    month: wordSet,
    week: wordSet,
    year: wordSet,
    this: wordSet,
    next: wordSet,
    tomorrow: wordSet,
    after_tomorrow: wordSet,
  }),
  aspects: z.record(z.enum(aspects), phrases),
  answers: z.record(z.enum(aspects), answer),
  more_requirements: text,
  labels: z.strictObject({
    course: withNames('title', 'date', 'seats'),
    numbered: withNames('title', 'number'),
    left: withNames('free'),
    full: text,
    chosen: withNames('seats'),
    soon: withNames('date'),
    month: withNames('month', 'year'),
  }),
  schedule: z.strictObject({
    one: withNames('date', 'from', 'to'),
    same_times: withNames('days', 'count', 'from', 'to'),
    weekly: withNames('days', 'weekdays', 'count', 'from', 'to'),
    other_times: withNames('days', 'count', 'from'),
    weekly_other_times: withNames('days', 'weekdays', 'count', 'from'),
    days: withNames('first', 'last'),
  }),
  seats: z.strictObject({
    left: withNames('free', 'seats'),
    left_by_group: withNames('free', 'seats'),
    full: text,
    chosen: withNames('seats'),
    all: withNames('seats'),
  }),
  place: z.strictObject({ in_kelurahan: withNames('place', 'kelurahan') }),
  requirements: z.strictObject({
    line: withNames('text'),
    ages: withNames('min', 'max'),
    min_age: withNames('min'),
    max_age: withNames('max'),
    education: withNames('education'),
    domicile: withNames('places'),
    city: text,
    kelurahan: withNames('names'),
    kecamatan: withNames('names'),
    and: text,
  }),
  questions: z.strictObject({
    gender: text,
    desil: text,
    short: z.strictObject({ gender: text, desil: text }),
    unknown: text,
    yes: text,
    no: text,
    skipped: text,
    line: withNames('question', 'answer'),
  }),
})

/** The words of flows/content/pelatihan-tanya.yaml: how questions about courses are read, and what is answered. */
export type BrowseWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseBrowseWords(yaml: string, path = 'flows/content/pelatihan-tanya.yaml'): BrowseWords {
  const read = file.safeParse(parse(yaml))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
