import { z } from 'zod'
import type { Action, ActionContext, ActionContract, ActionResult } from '../flow/action.ts'
import { formatMoment } from '../language/format.ts'
import type { Transaction } from '../storage/database.ts'
import type { Content } from './content.ts'
import { type OpenDeps, openTicket } from './open-ticket.ts'
import type { TicketKind } from './ticket.ts'

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
  /** Asks for a person; `added` when the chat's last request of the kind is still open. */
  request_person: {
    inputs: z.object({ topic: z.string(), message: z.string() }),
    outcomes: { opened: number, added: number },
  },
  /** Keeps a message that came too late to be answered; `added` when the chat's last such note is still open. */
  note_late_message: {
    inputs: z.object({ message: z.string(), written_at: z.iso.datetime() }),
    outcomes: { opened: number, added: number },
  },
} as const satisfies Record<string, ActionContract>

const kindOf = new Map<string, TicketKind>([
  ['pengaduan', 'complaint'],
  ['sanggah', 'objection_other'],
  ['hapus_data', 'deletion'],
])

/** Answers from dated content, and requests for a person. */
export function createInquiryActions(
  deps: OpenDeps & { readonly content: () => Content },
): Record<keyof typeof inquiryContracts, Action<Transaction>> {
  async function open(
    context: ActionContext<Transaction>,
    kind: TicketKind,
    message: string,
  ): Promise<ActionResult> {
    const { outcome, values } = await openTicket(deps, context, { kind, message, photo: '' })
    return { outcome, values: { number: values.number ?? null } }
  }

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
    request_person: {
      contract: inquiryContracts.request_person,
      run(input, context) {
        const { topic, message } = inquiryContracts.request_person.inputs.parse(input)
        return open(context, kindOf.get(topic) ?? 'question', message)
      },
    },
    note_late_message: {
      contract: inquiryContracts.note_late_message,
      run(input, context) {
        const { message, written_at } = inquiryContracts.note_late_message.inputs.parse(input)
        return open(context, 'late', `${formatMoment(new Date(written_at))}: ${message}`)
      },
    },
  }
}
