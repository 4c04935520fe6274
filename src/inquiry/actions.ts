import { z } from 'zod'
import type { Action, ActionContract } from '../flow/action.ts'
import { formatMoment } from '../language/format.ts'
import type { Transaction } from '../storage/database.ts'
import type { Content } from './content.ts'
import { type OpenDeps, openTicket } from './open-ticket.ts'

const number = z.object({ number: z.number().int() })

/** What flows may ask of this room besides tickets, which are in `ticketContracts`. */
export const inquiryContracts = {
  /** An answer that an office keeps; `empty` names who to ask. */
  read_content: {
    inputs: z.object({ topic: z.string() }),
    outcomes: {
      found: z.object({
        title: z.string(),
        text: z.string(),
        source: z.string(),
        as_of: z.string(),
        owner: z.string(),
      }),
      empty: z.object({ title: z.string(), owner: z.string() }),
    },
  },
  /** Keeps a message that came too late to be answered; `added` when the chat's last such note is still open. */
  note_late_message: {
    inputs: z.object({ message: z.string(), written_at: z.iso.datetime() }),
    outcomes: { opened: number, added: number },
  },
} as const satisfies Record<string, ActionContract>

/** Answers from dated content, and messages that nobody can answer any more. */
export function createInquiryActions(
  deps: OpenDeps & { readonly content: () => Content },
): Record<keyof typeof inquiryContracts, Action<Transaction>> {
  return {
    read_content: {
      contract: inquiryContracts.read_content,
      async run(input) {
        const { topic } = inquiryContracts.read_content.inputs.parse(input)
        const found = deps.content().get(topic)
        if (found === undefined) throw new Error(`no content called ${topic}`)
        const { title, text, source, as_of, owner } = found
        if (text === '' || as_of === undefined) return { outcome: 'empty', values: { title, owner } }
        return { outcome: 'found', values: { title, text, source, as_of, owner } }
      },
    },
    note_late_message: {
      contract: inquiryContracts.note_late_message,
      async run(input, context) {
        const { message, written_at } = inquiryContracts.note_late_message.inputs.parse(input)
        const written = `${formatMoment(new Date(written_at))}: ${message}`
        const opened = await openTicket(deps, context, { kind: 'late', message: written, photo: '' })
        return { outcome: opened.outcome, values: { number: opened.values.number ?? null } }
      },
    },
  }
}
