import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { consentPurposes, paperKinds } from '../product.ts'
import { editableFields } from './edit-product.ts'
import { draftShape } from './listing-draft.ts'
import { shopFields } from './own-shop.ts'
import { ownerMoves } from './product-moves.ts'
import { answersShape, sendShape } from './send-listing.ts'
import { photoRows } from './take-photos.ts'

const text = z.string()
const number = z.number()
/** An outcome that sets nothing. */
const none = z.object({})
const told = z.object({ text })
const note = z.object({ note: text })
const shownPhotos = z.object({ photos: photoRows, pictures: text })
const productRows = z.array(z.object({ product_id: number, label: text, words: text }))
const card = z.object({ product_id: number, name: text, card: text, pictures: text })
const consent = z.object({ consent: text, version: text })
/** What came as one answer: words (null where it was passed over), and the media id of a photo or nothing. */
const answer = z.object({ words: text.nullable(), media: text, photos: photoRows })
/** All products of the shop, or those that anybody may see. */
const which = z.enum(['all', 'public'])
const purpose = z.enum(consentPurposes)
const wishes = z.enum(['price', 'sold_out', 'back', 'hide', 'show', 'confirm'])
const change = z.object({ product_id: number, what: wishes, price: number, by: text })

/** How an owner tells of a new product. What is missing is asked by `ask_next` until the summary. */
const newProduct = {
  begin_listing: {
    inputs: none,
    outcomes: {
      ready: draftShape.extend({
        ...{ pictures: text, note: text, ...answersShape.shape },
        ...{ publish_text: text, publish_version: text, contact_text: text, contact_version: text },
      }),
      full: told,
      closed: none,
    },
  },
  ask_next: {
    inputs: draftShape,
    outcomes: {
      photo: none,
      name: none,
      /** The shop has one of that name. */
      same: z.object({ product_id: number, same: text }),
      price: none,
      unit: z.object({ rows: z.array(z.object({ unit: text, words: text })) }),
      availability: none,
      /** Those that the name tells of come first. */
      category: z.object({ rows: z.array(z.object({ category: text, label: text, words: text })) }),
      /** The name says pork. */
      pork: none,
      halal: none,
      certificate: none,
      shop_name: none,
      kelurahan: none,
      summary: z.object({ summary: text, pictures: text }),
    },
  },
  note_photo_or_name: {
    inputs: answer.extend({ name: text, photo_done: z.boolean(), asked: z.enum(['photo', 'name']) }),
    outcomes: {
      noted: shownPhotos.extend({ photo_done: z.boolean(), name: text, is_other: z.boolean(), note: text }),
    },
  },
  /** Begins the photos anew. */
  drop_photos: {
    inputs: none,
    outcomes: { dropped: shownPhotos.extend({ photo_done: z.boolean(), note: text }) },
  },
  note_price: {
    inputs: answer.extend({ unit: text }),
    outcomes: {
      /** 0 where it could not be read: the note says why. */
      noted: shownPhotos.extend({ price: number, unit: text, note: text }),
      unusual: shownPhotos.extend({ price: number, price_label: text, unit: text, note: text }),
      range: shownPhotos.extend({
        ...{ rows: z.array(z.object({ price: number, label: text })), unit: text, note: text },
      }),
    },
  },
  note_unit: { inputs: z.object({ words: text }), outcomes: { noted: note.extend({ unit: text }) } },
  note_certificate: {
    inputs: z.object({ words: text }),
    outcomes: {
      noted: note.extend({ certificate: text }),
      /** There is none yet after all. */
      none_yet: note.extend({ halal: text }),
    },
  },
  note_shop_name: {
    inputs: z.object({ words: text }),
    outcomes: { noted: note.extend({ shop_name: text }) },
  },
  /** What is still to be agreed to before a product is sent. */
  ask_consent: {
    inputs: answersShape,
    outcomes: { publish: none, contact: none, phone: none, keep: none, ready: none },
  },
  send_listing: {
    inputs: sendShape,
    outcomes: {
      sent: z.object({ product_id: number, name: text }),
      kept: z.object({ product_id: number, name: text }),
      refused: told,
      photos_gone: shownPhotos.extend({ note: text }),
      closed: none,
    },
  },
} as const satisfies Record<string, ActionContract>

/** What an owner does with products that are there. */
const ownProducts = {
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

/** What an owner asks for in one sentence, and answers to the weekly question. */
const byWords = {
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
      /** Something is sold out; whether the rest is there was not said. */
      rest: told,
      /** Something is sold out, but not which. */
      which: none,
      unclear: none,
      none,
    },
  },
} as const satisfies Record<string, ActionContract>

/** What an owner does with the shop. */
const ownShop = {
  show_own_shop: { inputs: none, outcomes: { shop: z.object({ shop: text }), none, closed: none } },
  change_own_shop: {
    inputs: z.object({ what: z.enum(shopFields), value: text }),
    outcomes: { changed: told, refused: told, none },
  },
  list_payments: {
    inputs: none,
    outcomes: {
      listed: z.object({ rows: z.array(z.object({ way: text, label: text, words: text })) }),
      none,
    },
  },
  list_own_consents: {
    inputs: none,
    outcomes: { listed: z.object({ rows: z.array(z.object({ purpose, label: text, words: text })) }), none },
  },
  look_at_consent: {
    inputs: z.object({ purpose }),
    outcomes: {
      published: consent.extend({ purpose }),
      given: consent.extend({ purpose }),
      missing: consent.extend({ purpose }),
      none,
    },
  },
  give_own_consent: {
    inputs: z.object({ purpose, version: text }),
    outcomes: { given: none, need_phone: none, none },
  },
  withdraw_own_consent: { inputs: z.object({ purpose }), outcomes: { withdrawn: none, none } },
  list_own_papers: {
    inputs: none,
    outcomes: {
      listed: z.object({
        rows: z.array(z.object({ kind: z.enum(paperKinds), title: text, label: text, words: text })),
      }),
      none,
    },
  },
  claim_own_paper: {
    inputs: z.object({ kind: z.enum(paperKinds), number: text }),
    outcomes: { claimed: none, refused: told, none },
  },
  my_week: {
    inputs: none,
    outcomes: {
      week: z.object({ views: number, finds: number, contacts: number, lines: text }),
      quiet: none,
      none,
    },
  },
} as const satisfies Record<string, ActionContract>

/** What flows may ask for on the owner's side of the marketplace. */
export const listingContracts = {
  ...newProduct,
  ...ownProducts,
  ...byWords,
  ...ownShop,
} as const satisfies Record<string, ActionContract>
