import { z } from 'zod'
import type { Action, ActionContract } from '../flow/action.ts'
import { maskClaimCodes } from '../language/claim-code.ts'
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
} as const satisfies Record<string, ActionContract>

/** Answers from dated content, and requests for a person. */
export function createInquiryActions(deps: {
  store: InquiryStore
  audit: AuditTrail<Transaction>
  content: () => Content
}): Record<keyof typeof inquiryContracts, Action<Transaction>> {
  const { store, audit, content } = deps
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
      async run(input, { transaction, contactId, chatId, now }) {
        const { topic, message } = inquiryContracts.request_person.inputs.parse(input)
        const inquiry = await store.open(transaction, {
          contactId,
          chatId,
          topic,
          message: maskDigits(maskClaimCodes(message)),
          now,
        })
        const outcome = inquiry.opened ? 'opened' : 'added'
        await audit.record(transaction, {
          at: now,
          actor: { type: 'resident', id: contactId },
          action: 'inquiry.request_person',
          subject: String(inquiry.number),
          outcome,
        })
        return { outcome, values: { number: inquiry.number } }
      },
    },
  }
}
