import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { consent, none, number, productRows, text, told } from './contract-parts.ts'

const wishes = z.enum(['price', 'sold_out', 'back', 'hide', 'show', 'confirm'])
const change = z.object({ product_id: number, what: wishes, price: number, by: text })

/** What an owner asks for in one sentence, and answers to the weekly question. */
export const wordContracts = {
  change_by_words: {
    inputs: z.object({ utterance: text }),
    outcomes: {
      confirm: change.extend({ question: text }),
      which: change.omit({ product_id: true }).extend({ rows: productRows }),
      not_found: change.omit({ product_id: true }).extend({ rows: productRows }),
      need_price: z.object({ product_id: number, what: wishes, by: text, name: text }),
      refused: told,
      unclear: none,
      no_products: none,
      no_shop: none,
    },
  },
  confirm_change: {
    inputs: change,
    outcomes: {
      confirm: change.extend({ question: text }),
      need_price: z.object({ product_id: number, what: wishes, by: text, name: text }),
      refused: told,
      unknown: none,
    },
  },
  /** `product_id` 0: all that it fits. */
  apply_change: {
    inputs: change,
    outcomes: { done: told, refused: told, no_consent: consent, unknown: none },
  },
  confirm_week: { inputs: none, outcomes: { confirmed: told, none } },
  answer_week: {
    inputs: z.object({ words: text }),
    outcomes: {
      confirmed: told,
      /** Only of some it is said how they stand; whether the rest is there was not said. */
      rest: told,
      /** What hid itself is sold out, and stays hidden. */
      stays_hidden: told,
      /** Something is sold out, but not which. */
      which: none,
      unclear: none,
      none,
    },
  },
} as const satisfies Record<string, ActionContract>
