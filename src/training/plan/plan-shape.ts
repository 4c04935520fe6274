import { z } from 'zod'
import type { Places } from '../../language/places.ts'
import {
  type CoursePlan,
  educations,
  type Quota,
  questionKinds,
  quotaGrounds,
  selections,
} from '../course.ts'
import { type ReadArea, readArea, readKecamatan, readKelurahan } from './plan-areas.ts'
import { parseDay, parseMoment, readMoment } from './plan-times.ts'

const text = z.string('is missing').trim().min(1, 'is empty')
const note = z.string('is no text').trim()
const maybe = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => value || undefined, shape.optional())
const whole = z
  .string('is missing')
  .trim()
  .regex(/^\d{1,9}$/, 'is no whole number')
  .transform(Number)
const rupiah = z
  .string('is no amount')
  .trim()
  .regex(/^(?:gratis|(?:Rp\s?)?(?:\d{1,9}|\d{1,3}(?:\.\d{3}){1,2}))$/i, 'is no amount in whole rupiah')
  .transform((value) => Number(value.replace(/\D/g, '')))
const flag = z
  .enum(['true', 'false', 'ya', 'tidak'], 'is neither true nor false')
  .transform((value) => value === 'true' || value === 'ya')
const moment = z.string('is missing').transform((value, context) => {
  const at = readMoment(value)
  if (at !== undefined) return at
  context.addIssue({ code: 'custom', message: 'is no moment such as 2026-12-01 08.00' })
  return z.NEVER
})
const day = z.string('is missing').refine((value) => parseDay(value), 'is no day such as 2026-12-01')
const clock = z
  .string('is missing')
  .refine((value) => parseMoment('2026-12-01', value), 'is no time such as 08.00')
/** A list, a line each; or a text as it is. */
const lines = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim().split('\n') : value),
  z.array(note, 'is neither a text nor a list').transform((list) => list.join('\n')),
)

const session = z
  .strictObject({ date: day, from: clock, to: clock, title: maybe(note), place: maybe(note) })
  .transform(({ date, from, to, title, place }, context) => {
    const [startsAt, endsAt] = [parseMoment(date, from), parseMoment(date, to)]
    if (startsAt !== undefined && endsAt !== undefined) return { startsAt, endsAt, title, place }
    context.addIssue({ code: 'custom', message: 'has no time' })
    return z.NEVER
  })

/** A question that is only a text is answered with one. */
const question = z.preprocess(
  (value) => (typeof value === 'string' ? { text: value } : value),
  z.strictObject({
    id: maybe(z.string().regex(/^[a-z0-9_]{1,30}$/, 'is not written in a-z, 0-9 and _')),
    text,
    kind: z.enum(questionKinds, `is none of ${questionKinds.join(', ')}`).default('text'),
    choices: z.array(text, 'is no list').default([]),
    optional: flag.default(false),
  }),
)

/** What a file with a course holds, all of it texts as they are written; it becomes a plan. */
export function planShape(places: Places) {
  const kelurahan = areaShape((value) => readKelurahan(value, places))
  return z
    .strictObject({
      ...{ title: text, subject: text, office: text, description: note.default('') },
      ...{ place: text, map_url: maybe(note), kelurahan: maybe(kelurahan) },
      ...{ cost: rupiah.default(0), contact: text, requirements: lines.default('') },
      ...{ min_age: maybe(whole), max_age: maybe(whole) },
      min_education: maybe(z.enum(educations, `is none of ${educations.join(', ')}`)),
      domicile: z
        .array(
          areaShape((value) => readArea(value, places)),
          'is no list',
        )
        .default([]),
      seats: whole,
      quotas: z.array(quotaShape(places), 'is no list').default([]),
      selection: z.enum(selections, `is none of ${selections.join(', ')}`),
      ...{ opens_at: moment, closes_at: moment },
      sessions: z.array(session, 'is no list').min(1, 'is empty'),
      questions: z.array(question, 'is no list').default([]),
      ...{ exclusive: flag.default(true), offer_hours: whole.default(24) },
      ...{ bar_days: whole.default(0), min_attendance: whole.default(80) },
    })
    .transform(
      ({ map_url, min_age, max_age, min_education, opens_at, closes_at, questions, ...plan }): CoursePlan => {
        const { exclusive, offer_hours, bar_days, min_attendance, ...same } = plan
        return {
          ...same,
          ...{ mapUrl: map_url, kelurahan: plan.kelurahan, exclusive },
          ...{ minAge: min_age, maxAge: max_age, minEducation: min_education },
          ...{ opensAt: opens_at, closesAt: closes_at },
          questions: questions.map(({ id, ...rest }, at) => ({ id: id ?? `q${at + 1}`, ...rest })),
          ...{ offerHours: offer_hours, barDays: bar_days, minAttendance: min_attendance },
        }
      },
    )
}

const groupWords = new Map([
  ['perempuan', 'female'],
  ['laki-laki', 'male'],
])

function quotaShape(places: Places) {
  return z
    .strictObject({
      by: z.enum(quotaGrounds, `is none of ${quotaGrounds.join(', ')}`),
      values: z.array(text, 'is no list').min(1, 'is empty'),
      seats: whole,
    })
    .transform(({ by, values, seats }, context): Quota => {
      const read = values.map((value) => readGroup(by, value, places))
      for (const [at, group] of read.entries()) {
        if (group.type === 'problem') {
          context.addIssue({ code: 'custom', path: ['values', at], message: group.what })
        }
      }
      return { by, seats, values: read.flatMap((group) => (group.type === 'area' ? group.code : [])) }
    })
}

function readGroup(by: Quota['by'], value: string, places: Places): ReadArea {
  if (by === 'kelurahan') return readKelurahan(value, places)
  if (by === 'kecamatan') return readKecamatan(value, places)
  const code = groupWords.get(value.toLowerCase()) ?? value.toLowerCase()
  const isGroup = by === 'gender' ? ['female', 'male'].includes(code) : /^(?:[1-9]|10)$/.test(code)
  if (isGroup) return { type: 'area', code }
  return { type: 'problem', what: by === 'gender' ? 'is neither female nor male' : 'is no desil of 1 to 10' }
}

function areaShape(read: (value: string) => ReadArea) {
  return text.transform((value, context) => {
    const area = read(value)
    if (area.type === 'area') return area.code
    context.addIssue({ code: 'custom', message: area.what })
    return z.NEVER
  })
}
