import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { consent, none, number, productRows, text, told } from './contract-parts.ts'
import { editableFields } from './edit-product.ts'
import { ownerMoves } from './product-moves.ts'

/** All products of the shop, or those that anybody may see. */
const which = z.enum(['all', 'public'])
const card = z.object({ product_id: number, name: text, card: text, pictures: text })

/** What an owner does with products that are there. */
export const ownProductContracts = {
  list_own_products: {
    inputs: z.object({ which }),
    outcomes: { listed: z.object({ rows: productRows }), none },
  },
  /** The product that the words name, or several to choose from. */
  find_own_product: {
    inputs: z.object({ words: text, which }),
    outcomes: {
      found: z.object({ product_id: number }),
      several: z.object({ rows: productRows }),
      unknown: none,
      none,
    },
  },
  /** The outcome is the state. */
  show_own_product: {
    inputs: z.object({ product_id: number }),
    outcomes: {
      ...{ draft: card, waiting: card, needs_fix: card, shown: card, sold_out: card },
      ...{ hidden: card, removed: card, unknown: none },
    },
  },
  edit_own_product: {
    inputs: z.object({
      ...{ product_id: number, what: z.enum(editableFields), value: z.union([text, number]) },
      /** Of a certificate of halal. */
      number: text.optional(),
    }),
    outcomes: { changed: told, refused: told, unknown: none },
  },
  list_units: {
    inputs: none,
    outcomes: { listed: z.object({ rows: z.array(z.object({ unit: text, words: text })) }) },
  },
  list_product_categories: {
    inputs: z.object({ name: text }),
    outcomes: {
      listed: z.object({ rows: z.array(z.object({ category: text, label: text, words: text })) }),
    },
  },
  move_own_product: {
    inputs: z.object({ product_id: number, what: z.enum(ownerMoves) }),
    outcomes: { done: told, refused: told, no_consent: consent, unknown: none },
  },
  list_own_photos: {
    inputs: z.object({ product_id: number }),
    outcomes: {
      none,
      one: z.object({ photo_id: text, pictures: text }),
      many: z.object({ rows: z.array(z.object({ photo: text, position: number })), pictures: text }),
      unknown: none,
    },
  },
  /** `instead`: the id of the photo whose place it takes; nothing adds it. No media: nothing more is sent. */
  add_own_photo: {
    inputs: z.object({ product_id: number, media: text, instead: text }),
    outcomes: { added: told, finished: none, refused: told, unknown: none },
  },
  remove_own_photo: {
    inputs: z.object({ product_id: number, photo: text }),
    outcomes: { removed: none, refused: told, unknown: none },
  },
  appeal_removal: {
    inputs: z.object({ product_id: number, words: text }),
    outcomes: { noted: none, refused: told, unknown: none },
  },
} as const satisfies Record<string, ActionContract>
