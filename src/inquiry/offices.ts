import { parse } from 'yaml'
import { z } from 'zod'
import { type TicketKind, ticketKinds } from './ticket.ts'
import type { Allowance, Opening, WorkingHours } from './working-time.ts'

/** An office that answers. */
export interface Office {
  readonly code: string
  /** As residents are told of it. */
  readonly title: string
  /** How it signs an answer. */
  readonly signsAs: string
}

/** Who answers what, when the offices work, and what they promise: flows/content/kantor.yaml. */
export interface Offices {
  readonly offices: ReadonlyMap<string, Office>
  /** The office to which a new ticket of the kind goes. */
  readonly routes: Readonly<Record<TicketKind, Office>>
  readonly hours: WorkingHours
  readonly promises: Readonly<Record<TicketKind, Allowance>>
  /** For how many minutes the bot stays silent after an officer or the person wrote. */
  readonly idleMinutes: number
}

const text = z.string().trim().min(1)
const weekdays = ['minggu', 'senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu'] as const
const clock = /^([01]\d|2[0-3])\.([0-5]\d)-([01]\d|2[0-3])\.([0-5]\d)$/

const opening = z
  .string()
  .regex(clock, 'is not written as 07.30-16.00')
  .transform((written): Opening => {
    const [, ...parts] = clock.exec(written) ?? []
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.map(Number)
    return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute }
  })
  .refine(({ from, to }) => from < to, 'ends before it begins')

const holiday = z.union(
  [
    z.strictObject({ on: z.iso.date(), name: text }).transform(({ on }) => ({ from: on, to: on })),
    z
      .strictObject({ from: z.iso.date(), to: z.iso.date(), name: text })
      .refine(({ from, to }) => from <= to, 'ends before it begins')
      .refine(
        ({ from, to }) => Date.parse(to) - Date.parse(from) < 60 * 86_400_000,
        'is longer than 60 days',
      ),
  ],
  'is neither { on, name } nor { from, to, name } with from before to and at most 60 days',
)

const amount = z.number().positive().max(500)
const allowance = z.union(
  [z.strictObject({ working_hours: amount }), z.strictObject({ hours: amount })],
  'is neither { working_hours } nor { hours } of 500 at most',
)

const file = z.strictObject({
  offices: z.record(
    z.string().regex(/^[a-z][a-z0-9_]*$/, 'is no code: small letters, digits and _'),
    z.strictObject({ title: text, signs_as: text }),
  ),
  routes: z.strictObject(ofEachKind(text)),
  hours: z
    .partialRecord(z.enum(weekdays), opening)
    .refine((hours) => Object.keys(hours).length > 0, 'no day is open'),
  holidays: z.array(holiday).default([]),
  promises: z.strictObject(ofEachKind(allowance)),
  idle_minutes: z.number().int().min(1).max(1_440).default(30),
  source: z.string().trim().default(''),
  as_of: z.iso.date().optional(),
  owner: text,
  review_by: z.iso.date().optional(),
})

/** Reads the file; throws one Error that lists every problem as `file: place: what`. */
export function parseOffices(words: string, path = 'flows/content/kantor.yaml'): Offices {
  const read = file.safeParse(parse(words))
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(lines.join('\n'))
  }
  const { hours, holidays, promises, idle_minutes: idleMinutes } = read.data
  const offices = new Map(
    Object.entries(read.data.offices).map(([code, { title, signs_as }]) => [
      code,
      { code, title, signsAs: signs_as },
    ]),
  )
  const week = new Map(
    weekdays.flatMap((name, day) => (hours[name] === undefined ? [] : [[day, hours[name]] as const])),
  )
  const isHoliday = (day: string) => holidays.some(({ from, to }) => from <= day && day <= to)
  const routes = routesOf(read.data.routes, offices, path)
  return { offices, routes, hours: { week, isHoliday }, promises, idleMinutes }
}

function routesOf(
  routes: Readonly<Record<TicketKind, string>>,
  offices: ReadonlyMap<string, Office>,
  path: string,
): Record<TicketKind, Office> {
  const problems: string[] = []
  const found = ofEach((kind) => {
    const office = offices.get(routes[kind])
    if (office === undefined) problems.push(`${path}: routes.${kind}: no office has the code ${routes[kind]}`)
    return office ?? { code: '', title: '', signsAs: '' }
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return found
}

function ofEachKind<T>(value: T): Record<TicketKind, T> {
  return ofEach(() => value)
}

function ofEach<T>(make: (kind: TicketKind) => T): Record<TicketKind, T> {
  const [question, complaint, fraud, proposal, objection, objection_other, deletion, late] = ticketKinds
  return {
    question: make(question),
    complaint: make(complaint),
    fraud: make(fraud),
    proposal: make(proposal),
    objection: make(objection),
    objection_other: make(objection_other),
    deletion: make(deletion),
    late: make(late),
  }
}
