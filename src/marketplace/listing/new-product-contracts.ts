import { z } from 'zod'
import type { ActionContract } from '../../flow/action.ts'
import { none, number, text, told } from './contract-parts.ts'
import { draftShape } from './listing-draft.ts'
import { answersShape, sendShape } from './send-listing.ts'
import { photoRows } from './take-photos.ts'

const note = z.object({ note: text })
const shownPhotos = z.object({ photos: photoRows, pictures: text })
/** What came as one answer: words (null where it was passed over), and the media id of a photo or nothing. */
const answer = z.object({ words: text.nullable(), media: text, photos: photoRows })

/** How an owner tells of a new product. What is missing is asked by `ask_next` until the summary. */
export const newProductContracts = {
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
  list_draft_photos: {
    inputs: z.object({ photos: photoRows }),
    outcomes: {
      none: note,
      one: note.extend({ photo_id: text, pictures: text }),
      many: note.extend({ rows: z.array(z.object({ photo: text, position: number })), pictures: text }),
    },
  },
  /** `media` is a photo that takes the place of another, or comes after all where `instead` is none of them; empty leaves all as it is. */
  put_draft_photo: {
    inputs: z.object({ media: text, photos: photoRows, instead: text }),
    outcomes: { put: shownPhotos.extend({ note: text }), kept: note, refused: note },
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
      /** To choose from; `told` is the price as it is noted once more. */
      range: shownPhotos.extend({
        ...{ rows: z.array(z.object({ told: text, label: text })), unit: text, note: text },
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
      /** The note tells of a consent that a no has ended. */
      sent: note.extend({ product_id: number, name: text }),
      kept: note.extend({ product_id: number, name: text }),
      refused: told,
      photos_gone: shownPhotos.extend({ note: text }),
      closed: none,
    },
  },
} as const satisfies Record<string, ActionContract>
