import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)

const topic = z.strictObject({
  title: text,
  /** Absent or empty: not filled in yet, and the bot says so. */
  text: z.string().trim().default(''),
  source: z.string().trim().default(''),
  /** The day from which it holds. */
  as_of: z.iso.date().optional(),
  /** The office that answers for it. */
  owner: text,
  /** The day by which it is to be read again. */
  review_by: z.iso.date().optional(),
})

const contentFile = z.strictObject({ topics: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), topic) })

/** An answer with its source and date, as an office keeps it. */
export type Topic = z.infer<typeof topic>

/** Answers by topic. */
export type Content = ReadonlyMap<string, Topic>

/** Reads content files; throws one Error that lists every problem as `file: topic: what`. */
export function parseContent(files: readonly { path: string; text: string }[]): Content {
  const problems: string[] = []
  const topics = new Map<string, Topic>()
  for (const file of files) {
    const raw: unknown = parse(file.text)
    // Other files of the folder hold words of pages, and are read by those who show them.
    if (typeof raw !== 'object' || raw === null || !('topics' in raw)) continue
    const read = contentFile.safeParse(raw)
    if (!read.success) {
      problems.push(
        ...read.error.issues.map((issue) => `${file.path}: ${issue.path.join('.')}: ${issue.message}`),
      )
      continue
    }
    for (const [name, value] of Object.entries(read.data.topics)) {
      if (topics.has(name)) problems.push(`${file.path}: ${name}: stands in another file too`)
      if (value.text !== '' && (value.source === '' || value.as_of === undefined)) {
        problems.push(`${file.path}: ${name}: a text needs its source and as_of`)
      }
      topics.set(name, value)
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return topics
}
