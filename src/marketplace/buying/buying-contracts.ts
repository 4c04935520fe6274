import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'

const text = z.string()
const none = z.object({})
/** Results, numbered; `sheet` is a picture of them, `query` and `offset` say where to go on. `item` is a product's number, or what to do instead. */
const results = z.object({
  items: z.array(z.object({ item: z.number(), label: text })),
  heading: text,
  sheet: text,
  query: text,
  offset: z.number(),
})
const shown = z.object({
  product_id: z.number(),
  name: text,
  price: text,
  availability: text,
  halal: text,
  shop: text,
  place: text,
  ways: text,
  badges: text,
  description: text,
  page: text,
  /** The first photo, and those after it. */
  photo: text,
  more_photos: text,
})

const found = { found: results, near: results, none } as const
const opened = {
  /** It is there, and has one photo or none. */
  product: shown,
  /** It has more photos than the first. */
  product_with_photos: shown,
  gone: none,
} as const

/** How residents find products and reach who makes them. */
export const buyingContracts = {
  /** What a sentence looks for. */
  search_products: { inputs: z.object({ words: text }), outcomes: found },
  /** Products of a category, of a shop, of a kelurahan and those near it, or the newest. */
  list_products: {
    inputs: z.object({
      by: z.enum(['new', 'category', 'near', 'shop_of']),
      value: z.union([text, z.number()]),
    }),
    outcomes: found,
  },
  /** Categories that hold something. */
  list_categories: {
    inputs: none,
    outcomes: { some: z.object({ categories: z.array(z.object({ category: text, label: text })) }), none },
  },
  /** Opens the result that was chosen, or goes on to the next results. */
  open_item: {
    inputs: z.object({ item: z.number(), query: text, offset: z.number() }),
    outcomes: { ...opened, ...found, again: none },
  },
  /** One product by its number, as written after "produk". */
  show_product: { inputs: z.object({ product: z.union([text, z.number()]) }), outcomes: opened },
  /** The owner's address, with words ready to send. */
  ask_contact: {
    inputs: z.object({ product_id: z.number() }),
    outcomes: {
      told: z.object({ link: text }),
      /** The owner does not give the number away. */
      not_given: none,
      /** Whoever wants the numbers of so many in a day is no buyer. */
      too_many: none,
      gone: none,
    },
  },
  /** Where the catalogue is on the web. */
  catalogue_link: { inputs: none, outcomes: { told: z.object({ link: text }) } },
  list_report_reasons: {
    inputs: none,
    outcomes: { listed: z.object({ reasons: z.array(z.object({ reason: text, label: text })) }) },
  },
  report_product: {
    inputs: z.object({ product_id: z.number(), reason: text, report: z.union([text, z.null()]) }),
    outcomes: { reported: none, already: none, too_many: none, gone: none },
  },
} as const satisfies Record<string, ActionContract>
