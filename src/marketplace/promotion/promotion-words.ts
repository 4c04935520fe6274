import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)

const file = z.strictObject({
  /** What is written on every promotion picture. */
  picture: z.strictObject({ city: text, scan: text }),
  /** {{price}} and {{unit}}; {{place}}. */
  price: text,
  place: text,
  /** Lines of {{name}} {{price}} {{halal}} {{shop}} {{place}} {{page}}. */
  caption: z.array(text).min(1),
  /** How many wait before somebody: {{count}}. */
  before: z.strictObject({ none: text, some: text }),
})

/** The words of flows/content/promosi.yaml. */
export type PromotionWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parsePromotionWords(words: string, path = 'flows/content/promosi.yaml'): PromotionWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
