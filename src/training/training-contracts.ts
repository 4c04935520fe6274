import { z } from 'zod'
import type { ActionContract } from '../flow/action.ts'
import { browseContracts } from './browse/browse-contracts.ts'
import { none } from './contract-parts.ts'
import { registrationContracts } from './seats/registration-contracts.ts'

const text = z.string()
const sessionDone = z.object({ title: text, session: text, name: text })

/** What flows may ask about trainings. */
export const trainingContracts = {
  ...browseContracts,
  ...registrationContracts,
  /** Sends the certificate into the chat once more. */
  send_certificate: {
    inputs: z.object({ number: z.number() }),
    outcomes: { sent: none, not_issued: none, unknown: none },
  },

  /** Takes attendance by the code that is shown in class: six digits. */
  check_in: {
    inputs: z.object({ code: text }),
    outcomes: {
      present: sessionDone,
      /** Noted before. */
      already: sessionDone,
      /** Several of the contact's registrations are in the class: all were noted. */
      several: z.object({ title: text, session: text, names: text }),
      wrong: none,
      /** Too many wrong codes. */
      locked: none,
      /** No class of the contact's is on now. */
      no_class: none,
    },
  },

  /** Subjects with a mark before those that the contact hears of. `all`: every subject. */
  list_interests: {
    inputs: none,
    outcomes: {
      listed: z.object({ interests: z.array(z.object({ subject: text, label: text })), consent: text }),
    },
  },
  /** Subscribes to a subject, or ends it. Who had stopped all messages is asked to take that back first: `stopped`. */
  toggle_interest: {
    inputs: z.object({ subject: text }),
    outcomes: {
      subscribed: z.object({ title: text }),
      ended: z.object({ title: text }),
      stopped: none,
    },
  },
} as const satisfies Record<string, ActionContract>
