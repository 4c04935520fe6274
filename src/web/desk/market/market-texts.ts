import { z } from 'zod'
import { decisionKinds } from '../../../marketplace/desk/decision.ts'
import { paperStates } from '../../../marketplace/desk/desk-views.ts'
import { paperKinds } from '../../../marketplace/product.ts'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)
const pressed = z.strictObject({ button: text, text })
const shopStates = z.strictObject({ active: text, hidden: text, closed: text })
const byPaper = <Shape extends z.ZodType>(shape: Shape) => z.record(z.enum(paperKinds), shape)

const frame = {
  section: text,
  tabs: z.strictObject({
    ...{ label: text, waiting: text, appeals: text, reports: text, papers: text, all: text, figures: text },
  }),
  tiles: z.strictObject({
    ...{ waiting: text, waiting_since: text, appeals: text, reports: text, papers: text },
  }),
  common: z.strictObject({
    ...{ number: text, price: text, no_photo: text, photo: text, shop_states: shopStates },
  }),
}

const queue = z.strictObject({
  ...{ title: text, lead: text, none: text, more: text, start: text },
  ...{ pick_all: text, pick_none: text, picked: text, pick: text },
  ...{ approve: text, approve_name: text, approve_picked: text, no_pick: text, since: text },
  flags: z.strictObject({
    ...{ new: text, change: text, reported: text, looking: text, forbidden: text, contact: text },
    ...{ pork: text, price_low: text, price_high: text, no_photo: text },
  }),
  ...{ done: text, left: text, left_one: text, left_nameless: text },
  left_why: z.strictObject({ unknown: text, moved: text, state: text, reported: text, pork: text }),
})

const productDecisions = {
  ...{ approve: pressed, ask_fix: pressed, remove: pressed, restore: pressed, refuse_appeal: pressed },
  ...{ reasons: text, words: text, words_hint: text, answer: text, no_decision: text },
  done: z.record(z.enum(decisionKinds), text),
  told: z.strictObject({ now: z.string(), later: text, nobody: text }),
}

const product = z.strictObject({
  ...productDecisions,
  ...{ back: text, skip: text, next: text, looking: text, broadcast: text, public_page: text },
  catalogue_off: text,
  off_why: z.strictObject({ closed: text, hidden: text, no_consent: text }),
  ...{ decide: text, unsettled: text, unsettled_lead: text, settle: text, settled: text, settled_none: text },
  ...{ appeal: text, reason: text, compare: text, compare_lead: text, same: text, before: text, now: text },
  ...{ empty: text, photo_gone: text, facts: text },
  fields: z.strictObject({
    ...{ name: text, price: text, unit: text, category: text, halal: text, availability: text },
    ...{ description: text, photos: text, submitted: text, figures: text },
  }),
  ...{ figures: text, band: text, band_none: text, far: z.strictObject({ low: text, high: text }) },
  ...{
    findings: text,
    found_forbidden: text,
    found_contact: text,
    found_pork: text,
    found_certificate: text,
  },
  ...{ alike: text, alike_same_shop: text, alike_none: text },
  ...{ shop: text, shop_counts: text, shop_open: text, papers: text, papers_none: text },
  ...{ history: text, history_none: text, keys: text, keys_on: text },
  doers: z.strictObject({ owner: text, staff: text, system: text }),
})

const refused = z.strictObject({
  ...{ moved_staff: text, moved_owner: text, moved_system: text, moved: text },
  ...{ state: text, reason: text, too_long: text },
  unknown: z.strictObject({ title: text, text }),
})

const lists = {
  appeals: z.strictObject({
    ...{ title: text, none: text, caption: text },
    columns: z.strictObject({ product: text, shop: text, reason: text, appeal: text }),
  }),
  reports: z.strictObject({
    ...{ title: text, none: text, caption: text },
    columns: z.strictObject({ product: text, state: text, shop: text, reports: text }),
  }),
  papers: z.strictObject({
    ...{ title: text, lead: text, filter: text, none: text },
    states: z.record(z.enum(paperStates), text),
    shapes: byPaper(text),
    check: byPaper(z.strictObject({ label: text, url: text })),
    ...{ check_at: text, of_product: text, claimed: text, decided: text, verify: text, verify_name: text },
    ...{ refuse: text, why: text, done_verify: text, done_refuse: text, moved: text, no_reason: text },
  }),
  all: z.strictObject({
    ...{ title: text, what: text, products: text, shops: text, search: text, state: text, category: text },
    ...{ kelurahan: text, any: text, submit: text, clear: text, none: text, older: text, newest: text },
    ...{ products_caption: text, shops_caption: text, shop_products: text },
    product_columns: z.strictObject({ product: text, state: text, category: text, price: text, shop: text }),
    shop_columns: z.strictObject({ shop: text, state: text, kelurahan: text, products: text, consent: text }),
    consents: z.strictObject({ publish: text, contact: text, none: text }),
  }),
}

const shop = z.strictObject({
  ...{ back: text, facts: text, unowned: text, papers: text, products: text, no_products: text },
  fields: z.strictObject({
    ...{ state: text, kelurahan: text, handover: text, payments: text, consents: text, since: text },
    description: text,
  }),
  ...{ close: pressed, why: text, no_reason: text, closed: text, reopen: pressed },
  ...{ done_close: text, done_reopen: text, state_moved: text },
})

const byGround = z.strictObject({ kelurahan: text, category: text })
const figures = z.strictObject({
  ...{ title: text, lead: text, by: byGround, heads: byGround, files: byGround },
  ...{ shops: text, views: text, finds: text, contacts: text, total: text },
  ...{ note: text, none: text, download: text },
})

const marketTextsShape = z.strictObject({
  ...frame,
  ...{ queue, product, refused, ...lists, shop, figures },
  /** What steps of a product's life are called, by their code. */
  steps: z.record(z.string(), text),
})

/** The words of `flows/content/meja-umkm.yaml`. */
export type MarketTexts = z.infer<typeof marketTextsShape>

/** Reads it; throws with every wrong place in it. */
export function parseMarketTexts(yaml: string): MarketTexts {
  return readWords(marketTextsShape, 'meja-umkm.yaml', yaml)
}
