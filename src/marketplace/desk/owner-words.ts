import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)

const file = z.strictObject({
  /** What every message offers to press: its words are also in the text. */
  button: z.strictObject({ label: text, words: text }),
  approved: text,
  approved_unpublished: text,
  approved_many: text,
  ask_fix: text,
  removed: text,
  restored: text,
  appeal_refused: text,
  paper_verified: text,
  paper_refused: text,
  shop_closed: text,
  shop_reopened: text,
})

/** The words of flows/content/umkm-kabar.yaml: what owners are told of decisions. */
export type OwnerWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseOwnerWords(words: string): OwnerWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  throw new Error(`flows/content/umkm-kabar.yaml:\n${z.prettifyError(read.error)}`)
}
