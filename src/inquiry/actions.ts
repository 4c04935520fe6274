import { z } from 'zod'
import type { Action, ActionContext, ActionContract, ActionResult } from '../flow/action.ts'
import { maskClaimCodes } from '../language/claim-code.ts'
import { formatMoment } from '../language/format.ts'
import { maskDigits } from '../language/mask.ts'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { Content } from './content.ts'
import type { InquiryStore } from './store.ts'

const number = z.object({ number: z.number().int() })

/** What flows may ask of this room. */
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
  /** Asks for a person; `added` when the chat's last request on the topic is still open. */
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

/** Answers from dated content, and requests for a person. */
export function createInquiryActions(deps: {
  store: InquiryStore
  audit: AuditTrail<Transaction>
  content: () => Content
}): Record<keyof typeof inquiryContracts, Action<Transaction>> {
  const { store, audit, content } = deps

  async function keep(
    { transaction, contactId, chatId, now }: ActionContext<Transaction>,
    action: keyof typeof inquiryContracts,
    request: { readonly topic: string; readonly message: string },
  ): Promise<ActionResult> {
    const { number, opened } = await store.open(transaction, { contactId, chatId, now, ...request })
    const outcome = opened ? 'opened' : 'added'
    await audit.record(transaction, {
      at: now,
      actor: { type: 'resident', id: contactId },
      action: `inquiry.${action}`,
      subject: String(number),
      outcome,
    })
    return { outcome, values: { number } }
  }

  return {
    read_content: {
      contract: inquiryContracts.read_content,
      async run(input) {
        const { topic } = inquiryContracts.read_content.inputs.parse(input)
        const found = content().get(topic)
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
        return keep(context, 'request_person', { topic, message: masked(message) })
      },
    },
    note_late_message: {
      contract: inquiryContracts.note_late_message,
      run(input, context) {
        const { message, written_at } = inquiryContracts.note_late_message.inputs.parse(input)
        const written = `${formatMoment(new Date(written_at))}: ${masked(message)}`
        return keep(context, 'note_late_message', { topic: 'terlambat', message: written })
      },
    },
  }
}

function masked(message: string): string {
  return maskDigits(maskClaimCodes(message))
}
