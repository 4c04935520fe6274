import { parse } from 'yaml'
import { z } from 'zod'
import { audienceShape } from '../broadcast/audience.ts'
import { type BroadcastPlan, planShape } from '../broadcast/broadcast.ts'
import { readMoment } from '../training/plan/plan-times.ts'

/** A broadcast as an officer wrote it in a file, or everything that is wrong with its form: a line each. */
export type ReadBroadcastFile =
  | { readonly type: 'read'; readonly plan: BroadcastPlan }
  | { readonly type: 'broken'; readonly problems: readonly string[] }

const moment = z
  .string()
  .transform((text, context) => {
    const read = readMoment(text)
    if (read === undefined) context.addIssue('is no time, such as 2026-12-01 08.00')
    return read
  })
  .optional()

const file = z.strictObject({
  title: planShape.shape.title,
  text: planShape.shape.text,
  buttons: planShape.shape.buttons.default([]),
  audience: audienceShape,
  posts: planShape.shape.posts.default([]),
  scheduled_at: moment,
  expires_at: moment,
})

/**
 * Reads a broadcast that is written as YAML, with the names of `BroadcastPlan` in snake_case. Times are Kupang's. Whether it makes sense
 * is the desk's to say. A picture is a file of its own.
 */
export function readBroadcastFile(text: string): ReadBroadcastFile {
  const read = file.safeParse(parseYaml(text))
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) =>
      [path.map(String).join('.') || [], message].flat().join(': '),
    )
    return { type: 'broken', problems }
  }
  const { scheduled_at: scheduledAt, expires_at: expiresAt, ...plan } = read.data
  return { type: 'read', plan: { ...plan, scheduledAt, expiresAt } }
}

/** What is no YAML is nothing that the shape would take. */
function parseYaml(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : undefined
  }
}
