import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const hour = z.number().int().min(0).max(23)

const file = z.strictObject({
  /** In these hours of the day no broadcast goes out. */
  quiet_hours: z.strictObject({ from: hour, to: hour }),
  /** What each message ends with. */
  stop_line: text,
  /** A button for whoever has none, with {{label}} and {{words}}. */
  button_line: text,
  /** At a public place, where nobody can write: a button with {{label}}, {{channel}} and {{url}}; or with {{words}}, without an address. */
  post_line: text,
  post_words: text,
  /** The same for one without buttons: what leads into the chat with the bot. */
  post_bot: text,
  /** What stands for `{{kelurahan}}` where a person did not tell theirs. */
  somewhere: text,
  /** What the text may name, and what it is called at the desk. */
  variables: z.record(z.string(), text),
  /** What a broadcast is made of that a course gives, with the values of the course. */
  course: z.strictObject({ title: text, text, button: text }),
  /** The same of a product of an UMKM. */
  product: z.strictObject({ title: text, text, button: text }),
  /** What comes by itself every week. `line` is one course or product; nothing is made of a week without any. */
  digests: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.strictObject({
      title: text,
      topics: z.array(text).min(1),
      intro: text,
      line: text,
      outro: z.string().default(''),
    }),
  ),
})

/** The words of flows/content/siaran.yaml. */
export type BroadcastWords = z.infer<typeof file>

/** Reads the file; throws one Error that lists every problem. */
export function parseBroadcastWords(words: string, path = 'flows/content/siaran.yaml'): BroadcastWords {
  const read = file.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
