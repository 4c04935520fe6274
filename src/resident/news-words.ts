import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const agreed = z.strictObject({ version: text, text })

const file = z.strictObject({
  /** What one can subscribe to, by topic, and what whoever does agrees to; a new text is a new version. */
  topics: z.record(z.string().regex(/^[a-z_]+$/), z.strictObject({ title: text, version: text, text })),
  /** Before a topic that is subscribed to, with {{title}}. */
  chosen: text,
  /** By what the kelurahan is asked for. */
  place: agreed,
})

/** The words of flows/content/kabar.yaml. */
export type NewsWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseNewsWords(words: string, path = 'flows/content/kabar.yaml'): NewsWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
