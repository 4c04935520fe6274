import { z } from 'zod'
import { readWords } from '../read-words.ts'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })
const texts = <const Key extends string>(keys: readonly Key[]) => z.strictObject(textsOf(keys))

function textsOf<const Key extends string>(keys: readonly Key[]): Record<Key, typeof text> {
  return Object.assign({}, ...keys.map((key) => ({ [key]: text })))
}

const search = z.strictObject({
  ...textsOf(['label', 'hint', 'submit', 'title', 'title_for', 'filters', 'category', 'any_category']),
  ...textsOf(['place', 'any_place', 'whole_district', 'max_price', 'max_price_hint', 'bad_price']),
  ...textsOf(['without_pork', 'in_stock', 'apply', 'read_as', 'near', 'none', 'none_next']),
  /** How what was understood of a sentence is said back. */
  read: z.strictObject({
    ...textsOf(['category', 'kelurahan', 'district', 'near', 'min_price', 'max_price']),
    ...textsOf(['without_pork', 'certified', 'in_stock']),
  }),
})

const product = z.strictObject({
  ...textsOf(['title', 'description', 'photo', 'more_photo', 'facts', 'category', 'halal', 'claimed']),
  ...textsOf(['availability', 'shop', 'place', 'place_text', 'handover', 'payments', 'papers', 'paper']),
  ...textsOf(['contact', 'contact_hint', 'no_contact', 'sold_out', 'pork', 'share', 'share_text']),
  ...textsOf(['report', 'others']),
})

const shape = z.strictObject({
  site: texts(['name', 'title', 'lead', 'description', 'crumbs', 'to_catalogue', 'to_chat', 'money']),
  search,
  home: texts(['categories', 'newest', 'areas', 'district', 'empty', 'sell_title', 'sell', 'sell_link']),
  list: z.strictObject({
    ...textsOf(['count', 'first_count', 'category_title', 'area_title', 'area_lead', 'empty']),
    ...textsOf(['pages', 'page', 'previous', 'next']),
  }),
  card: texts(['price', 'sold_out', 'preorder', 'no_photo', 'from']),
  product,
  shop: texts(['title', 'description', 'products', 'share', 'share_text', 'qr']),
  qr: texts(['title', 'how', 'scan', 'label', 'back']),
  report: z.strictObject({
    ...textsOf(['title', 'lead', 'reason', 'words', 'words_hint', 'submit', 'no_reason']),
    ...textsOf(['thanks', 'thanks_text', 'back', 'to_catalogue']),
  }),
  problems: z.strictObject({
    gone: titled,
    shop_gone: titled,
    unknown: titled,
    no_contact: titled,
    busy: titled,
    busy_today: titled,
    foreign: titled,
    /** Over the products that are alike. */
    similar: text,
  }),
})

/** What the catalogue's pages say: flows/content/katalog.yaml. */
export type CatalogueTexts = z.infer<typeof shape>

/** Reads the file; throws one Error with every wrong place in it. */
export function parseCatalogueTexts(yaml: string): CatalogueTexts {
  return readWords(shape, 'katalog.yaml', yaml)
}
