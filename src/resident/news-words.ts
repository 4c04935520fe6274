import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const agreed = z.strictObject({ version: text, text })
/** What else it may be chosen by. */
const words = z.array(text).default([])

/** What is to be chosen besides topics. */
const others = z.strictObject({
  training: z.strictObject({ label: text, words }),
  /** `told`, with {{place}}, once the kelurahan is known. */
  place: z.strictObject({ label: text, told: text, words }),
  stop: z.strictObject({ label: text, words }),
  menu: z.strictObject({ label: text, words }),
})
const otherItems = Object.keys(others.shape)

const file = z.strictObject({
  /** What one can subscribe to, by topic, and what whoever does agrees to; a new text is a new version. */
  news: z
    .record(z.string().regex(/^[a-z_]+$/), z.strictObject({ title: text, version: text, text, words }))
    .refine((news) => !otherItems.some((item) => item in news), `${otherItems.join(', ')} are other choices`),
  /** Before a topic that is subscribed to, with {{title}}. */
  chosen: text,
  others,
  /** By what the kelurahan is asked for. */
  place: agreed,
})

/** The words of flows/content/kabar.yaml, with what one can subscribe to as `topics`. */
export type NewsWords = Omit<z.infer<typeof file>, 'news'> & {
  readonly topics: z.infer<typeof file>['news']
}

/** Reads the file; throws one Error that lists every problem. */
export function parseNewsWords(words: string, path = 'flows/content/kabar.yaml'): NewsWords {
  const read = file.safeParse(parse(words))
  if (read.success) {
    // A file of this folder with topics by that name holds answers to questions.
    const { news: topics, ...others } = read.data
    return { topics, ...others }
  }
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
