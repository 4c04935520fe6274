import { parse } from 'yaml'
import { z } from 'zod'
import { availabilities, halalStates, handovers, paymentWays, productStates } from './product.ts'

const text = z.string().trim().min(1)
const code = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'a code is written in a-z, 0-9 and _')
const consent = z.strictObject({ version: text, text })

const phrases = z.array(text).min(1)

/** How buyers ask: all of it in words and phrases as they write them. */
const searchWords = z.strictObject({
  /** What tells nothing of the goods. */
  ignore: phrases,
  /** Ways to write or call the same; the first is the usual one. */
  same: z.array(z.array(text).min(2)),
  /** What goods are for, or are like: how it is said, and the goods that fit. */
  kinds: z.record(code, z.strictObject({ said: phrases, words: phrases, categories: z.array(code) })),
  /** Before the highest and the lowest price. */
  ceiling: phrases,
  floor: phrases,
  /** Before a place: those near it first, or only those in it. */
  near: phrases,
  inside: phrases,
  /** Before what is not wanted. */
  without: phrases,
  certified: phrases,
  not_halal: phrases,
  in_stock: phrases,
})

const file = z.strictObject({
  /** By code: its title, what it is called as a whole, the goods it is told by, and whether it is eaten or drunk, so that halal means something. */
  categories: z.record(
    code,
    z.strictObject({ title: text, food: z.boolean(), called: z.array(text), words: z.array(text) }),
  ),
  /** Units by what people read after the price, with other ways to write them. */
  units: z.record(text, z.array(text)),
  /** Words that mean pork in whatever has them in its name. */
  pork: z.array(text).min(1),
  search: searchWords,
  halal: z.record(z.enum(halalStates), text),
  availability: z.record(z.enum(availabilities), text),
  handover: z.record(z.enum(handovers), text),
  payments: z.record(z.enum(paymentWays), text),
  /** What a product in each state is called, as its owner reads it. */
  states: z.record(z.enum(productStates), text),
  papers: z.strictObject({ nib: text, pirt: text, halal: text }),
  consents: z.strictObject({ publish: consent, contact: consent }),
  /** Why an officer asks for a fix or removes a listing, by code: what the owner reads. */
  reasons: z.record(code, z.strictObject({ title: text, text })),
  /** Why somebody reports a listing, by code. */
  reports: z.record(code, text),
  /** Words of goods that WhatsApp and the city do not let be offered here: `alcohol`, `tobacco`, `medicine`, `weapon` and so on. */
  forbidden: z.record(code, z.strictObject({ text, words: z.array(text).min(1) })),
  /** What a buyer's message to the owner begins with: {{product}}. */
  contact_text: text,
})

/** The words of flows/content/umkm.yaml. */
export type MarketWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseMarketWords(words: string, path = 'flows/content/umkm.yaml'): MarketWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
