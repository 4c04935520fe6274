import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const part = z.string()

const file = z.strictObject({
  heading: text,
  heading_page: text,
  near: text,
  row: text,
  more: text,
  without_pork: text,
  again: text,
  notes: z.strictObject({ pork: part, sold_out: part, preorder: part }),
  product: z.strictObject({ price: text, page: text, sold_out: text, claimed: text }),
})

/** The words of flows/content/produk.yaml. */
export type BuyingWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseBuyingWords(words: string, path = 'flows/content/produk.yaml'): BuyingWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
