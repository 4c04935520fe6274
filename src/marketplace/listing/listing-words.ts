import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const words = z.array(text).min(1)

const reading = z.strictObject({
  price: words,
  raise: words,
  lower: words,
  becomes: words,
  sold_out: words,
  back: words,
  there: words,
  still: words,
  hide: words,
  show: words,
  all: words,
  rest: words,
  denied: words,
  fillers: words,
  breaks: words,
})

const file = z.strictObject({
  reading,
  pork_denied: words,
  refusals: z.strictObject({
    no_words: text,
    name_long: text,
    description_long: text,
    contact: text,
    pork: text,
    certificate: text,
    paper: text,
    price: text,
    price_none: text,
    price_high: text,
    unit: text,
    full: text,
    same: text,
    removed: text,
    appeal: text,
    not_removed: text,
    last_photo: text,
  }),
  photos: z.strictObject({
    empty: text,
    no_picture: text,
    too_large: text,
    too_many_pixels: text,
    too_small: text,
    gone: text,
    lost: text,
    name_kept: text,
    too_many: text,
    taken: text,
    taken_many: text,
  }),
  done: z.strictObject({
    now: text,
    price: text,
    changed: text,
    named_pork: text,
    to_review: text,
    to_draft: text,
    submitted: text,
    number_kept: text,
    unpublished: text,
    already: text,
    cannot: text,
    all_shown: text,
    all_confirmed: text,
    all_sold_out: text,
    all_hidden: text,
    nothing: text,
    shop: text,
    shop_to_review: text,
    shop_to_draft: text,
  }),
  confirm: z.strictObject({
    price: text,
    sold_out: text,
    back: text,
    hide: text,
    show: text,
    confirm: text,
    many: text,
  }),
  week: z.strictObject({
    line: text,
    more: text,
    hidden: text,
    sold_out: text,
    stays_hidden: text,
    figures: text,
  }),
  card: z.strictObject({
    price: text,
    reason: text,
    unconfirmed: text,
    appealed: text,
    no_photo: text,
    number_given: text,
    number_kept: text,
    number_none: text,
    published: text,
    unpublished: text,
    place: text,
    handover: text,
    payments: text,
    number: text,
    counts: text,
    no_products: text,
    page: text,
    chosen: text,
    finished: text,
    paper: text,
    paper_none: text,
    paper_states: z.strictObject({ claimed: text, verified: text, refused: text }),
    consent_publish: text,
    consent_contact: text,
  }),
})

/** The words of flows/content/lapak.yaml: what owners are told, and what their sentences are read by. */
export type ListingWords = z.infer<typeof file>

/** The words that a sentence of an owner is read by. */
export type ReadingWords = z.infer<typeof reading>

/** Reads the file; throws one Error that lists every problem. */
export function parseListingWords(source: string, path = 'flows/content/lapak.yaml'): ListingWords {
  const read = file.safeParse(parse(source))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
