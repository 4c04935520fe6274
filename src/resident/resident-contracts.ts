import { z } from 'zod'
import type { ActionContract } from '../flow/action.ts'

const none = z.object({})
const text = z.string()
/** A topic as a flow shows it: what one agrees to, and the version of those words. */
const offered = z.object({ topic: text, title: text, consent: text, version: text })
/** The person wants to hear nothing unasked: that comes first, and then what they chose. */
const stopped = z.object({ item: text })
/** The words by which the kelurahan is asked for, and their version. */
const asking = { question: text, place_version: text }

/** What flows may ask of this room. */
export const residentContracts = {
  stop_messages: { inputs: none, outcomes: { stopped: none, stopped_before: none } },
  resume_messages: { inputs: none, outcomes: { resumed: none, not_stopped: none } },
  /** What one can subscribe to and what else there is to do about news, as rows to choose from. */
  list_news: {
    inputs: none,
    outcomes: {
      listed: z.object({ news: z.array(z.object({ item: text, label: text, words: text })) }),
    },
  },
  /** Where a row leads: away, to a topic that the person may agree to, or to one that they have already. */
  choose_news: {
    inputs: z.object({ item: text }),
    outcomes: {
      training: none,
      place_told: z.object({ place: text, ...asking }),
      place_untold: z.object(asking),
      stop: none,
      menu: none,
      offered,
      chosen: z.object({ topic: text, title: text }),
      stopped,
    },
  },
  /** Starts a subscription (`version`: of the words that were read) or ends it. */
  toggle_news: {
    inputs: z.object({ topic: text, wanted: z.boolean(), version: text }),
    outcomes: {
      subscribed: z.object({ title: text }),
      /** It is the only one, and nobody knows where the person lives. */
      subscribed_first: z.object({ title: text, ...asking }),
      ended: z.object({ title: text }),
      stopped,
    },
  },
  /** Keeps the kelurahan (a Kemendagri code with dots) that news are chosen by; null: the person would not say. */
  set_news_place: {
    inputs: z.object({ kelurahan: text.nullable(), version: text }),
    outcomes: { set: z.object({ place: text }), skipped: none },
  },
  clear_news_place: { inputs: none, outcomes: { cleared: none } },
} as const satisfies Record<string, ActionContract>
