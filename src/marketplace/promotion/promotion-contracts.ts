import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'

const text = z.string()
const none = z.object({})
const product = z.object({ product_id: z.number() })

/** How owners make their products known. */
export const promotionContracts = {
  /** The contact's products that may be promoted: those that are shown. */
  list_promotable: {
    inputs: none,
    outcomes: {
      one: product,
      some: z.object({ products: z.array(z.object({ product_id: z.number(), label: text })) }),
      no_shop: none,
      /** There is a shop, and nothing of it is shown. */
      none,
    },
  },
  /** Draws the pictures of a product of one's own, for a status and for a feed: `picture` has both ids. */
  make_promotion: {
    inputs: product,
    outcomes: {
      made: z.object({ name: text, picture: text, caption: text }),
      /** Nobody may see it, or it is not the contact's. */
      not_shown: none,
    },
  },
  /** Asks for a place in the weekly digest. `before`: how many wait before it, in words. */
  ask_digest_place: {
    inputs: product,
    outcomes: {
      placed: z.object({ name: text, before: text }),
      /** The product waited already. */
      waiting: z.object({ name: text, before: text }),
      /** Another product of the shop waited: this one has its place now. */
      changed: z.object({ name: text, before: text }),
      not_shown: none,
    },
  },
} as const satisfies Record<string, ActionContract>
