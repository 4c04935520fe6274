import { parse } from 'yaml'
import { z } from 'zod'
import { ticketKinds } from './ticket.ts'

const text = z.string().trim().min(1)
const withNames = (...names: readonly string[]) =>
  text.refine((words) => names.every((name) => words.includes(`{{${name}}}`)), {
    message: `needs ${names.map((name) => `{{${name}}}`).join(' and ')}`,
  })

/** Words about tickets that residents read outside the flows. */
const file = z.object({
  /** An answer as it is sent. */
  answer: withNames('office', 'number', 'text'),
  /** What a matter of each kind is called. */
  kinds: z.record(z.enum(ticketKinds), text),
  /** A ticket in a list of one's own. */
  line: withNames('number', 'title', 'opened_on'),
})

/** The words of flows/content/tiket.yaml. */
export type TicketTexts = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. Other words of the file are others'. */
export function parseTicketTexts(words: string, path = 'flows/content/tiket.yaml'): TicketTexts {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
