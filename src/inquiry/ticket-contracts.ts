import { z } from 'zod'
import type { ActionContract } from '../flow/action.ts'

const none = z.object({})
const number = z.number().int()
/** What a person wrote for a number may be any: also a NIK, a fraction or one that no computer counts to. */
const asked = z.number()
/** What a resident is told of a ticket: the number, the office's name, and by when it answers, in words ("Selasa, 6 Januari, pukul 10.00 WITA"). */
const receipt = z.object({ number, office: z.string(), promise: z.string() })
/** A media id, or an empty text. */
const photo = z.string()
const standing = z.object({ number, title: z.string(), office: z.string(), opened_on: z.string() })

/** What flows may ask about tickets. `added`: the chat's last ticket of the kind is still open and goes on. */
export const ticketContracts = {
  /** `kind` is question, complaint, fraud or deletion. Complaints are anonymous until the person says otherwise. */
  open_ticket: {
    inputs: z.object({
      kind: z.enum(['question', 'complaint', 'fraud', 'deletion']),
      message: z.string(),
      photo,
    }),
    outcomes: { opened: receipt, added: receipt },
  },
  /** Proposes a household for assistance: the least needed. `for_whom` is self, family or other. */
  open_proposal: {
    inputs: z.object({
      for_whom: z.string(),
      /** Of whoever proposes; null when they would rather not say. */
      name: z.string().nullable(),
      kelurahan: z.string(),
      reason: z.string(),
      callback: z.boolean(),
    }),
    outcomes: { opened: receipt, added: receipt },
  },
  /** Objects to what is recorded. `about` is self or other; about others nothing is looked up, and the person is anonymous until they say otherwise. */
  open_objection: {
    inputs: z.object({ about: z.enum(['self', 'other']), kelurahan: z.string(), message: z.string(), photo }),
    outcomes: { opened: receipt, added: receipt },
  },
  /** Adds to one of the person's own tickets; one that waits for the person or is closed goes on by it. */
  add_to_ticket: {
    inputs: z.object({ number: asked, message: z.string(), photo }),
    outcomes: { added: receipt, unknown: none },
  },
  /** Whether the office may know who it is. */
  hide_identity: {
    inputs: z.object({ number: asked, hide: z.boolean() }),
    outcomes: { hidden: none, shown: none, unknown: none },
  },
  /** The person's own tickets that are not long closed, newest first; of one the number is given. */
  list_tickets: {
    inputs: none,
    outcomes: {
      none,
      one: z.object({ number }),
      many: z.object({ tickets: z.array(z.object({ number, label: z.string() })) }),
    },
  },
  /** Where one of the person's own tickets stands. `unknown`: none of theirs, whether or not it exists. */
  find_ticket: {
    inputs: z.object({ number: asked }),
    outcomes: {
      waiting: standing.extend({ promise: z.string() }),
      /** The promise is broken. */
      late: standing.extend({ promise: z.string() }),
      answered: standing,
      confirming: standing,
      closed: standing.extend({ closed_on: z.string() }),
      unknown: none,
    },
  },
  /** The answer to whether a matter is solved. */
  confirm_ticket: {
    inputs: z.object({ number: asked, solved: z.boolean() }),
    outcomes: { closed: none, reopened: receipt, unknown: none },
  },
  /** A message that comes while an officer answers: it goes to the ticket. `over`: nobody answers now. Called by the conversation. */
  hear_for_officer: {
    inputs: z.object({ message: z.string(), photo }),
    outcomes: { heard: none, over: none },
  },
  /** The person wants the bot back. Called by the conversation. */
  leave_officer: { inputs: none, outcomes: { left: none } },
} as const satisfies Record<string, ActionContract>
