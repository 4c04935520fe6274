import { z } from 'zod'
import { type Ticket, type TicketKind, ticketKinds } from '../../../inquiry/ticket.ts'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)

/** What a canned answer may name: the ticket's number, its office, who answers, opening hours, the promise, a greeting. */
const variables = ['nomor', 'kantor', 'nama_petugas', 'jam_kerja', 'janji', 'salam'] as const
type Variable = (typeof variables)[number]

const everyOffice = 'semua'
const cannedFile = z.strictObject({
  answers: z.record(
    z.string().regex(/^[a-z][a-z0-9_]*$/),
    z.strictObject({
      title: text,
      /** An office's code, or `semua`. */
      office: text,
      kinds: z.array(z.enum(ticketKinds)).min(1).optional(),
      owner: text,
      review_by: z.iso.date(),
      text: text.refine(hasKnownPlaces, { error: `may only name ${variables.join(', ')}` }),
    }),
  ),
})

/** An answer that officers send often, with the places that are filled in. */
export interface CannedAnswer {
  readonly id: string
  readonly title: string
  /** Undefined: of every office. */
  readonly office: string | undefined
  /** Undefined: of every kind. */
  readonly kinds: readonly TicketKind[] | undefined
  /** Who answers for it. */
  readonly owner: string
  /** `YYYY-MM-DD`: the day by which it is to be read again. */
  readonly reviewBy: string
  readonly text: string
}

/** Reads `flows/content/jawaban.yaml`; throws with every wrong place in it. */
export function parseCannedAnswers(yaml: string): readonly CannedAnswer[] {
  return Object.entries(readWords(cannedFile, 'jawaban.yaml', yaml).answers).map(
    ([id, { office, review_by, kinds, ...answer }]) => ({
      ...answer,
      id,
      office: office === everyOffice ? undefined : office,
      kinds,
      reviewBy: review_by,
    }),
  )
}

/** The answers that fit a ticket: those of its kind first, then those of its office, then the rest. */
export function answersFor(
  answers: readonly CannedAnswer[],
  { office, kind }: Pick<Ticket, 'office' | 'kind'>,
): readonly CannedAnswer[] {
  const fitting = answers.filter(
    (answer) => (answer.office ?? office) === office && (answer.kinds ?? [kind]).includes(kind),
  )
  const rank = (answer: CannedAnswer) => (answer.kinds ? 0 : answer.office ? 1 : 2)
  return fitting.toSorted((one, other) => rank(one) - rank(other))
}

/** The text with what it names filled in. */
export function fillAnswer({ text }: CannedAnswer, values: Readonly<Record<Variable, string>>): string {
  return variables.reduce((filled, name) => filled.replaceAll(`{{${name}}}`, () => values[name]), text)
}

/** Places that an officer was to fill in and that stand in the text as they were, such as `[hari]`. */
export function unfilledPlaces(answers: readonly CannedAnswer[], text: string): readonly string[] {
  const places = new Set(answers.flatMap((answer) => answer.text.match(/\[[^\]]+\]/g) ?? []))
  return [...places].filter((place) => text.includes(place))
}

function hasKnownPlaces(text: string): boolean {
  const named = [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name)
  return named.every((name) => variables.some((known) => known === name))
}
