import { parse } from 'yaml'
import { z } from 'zod'
import { closeReasons, ticketKinds } from '../../inquiry/ticket.ts'

const text = z.string().trim().min(1)
const words = z.array(z.string().regex(/^[a-z0-9_]+$/)).min(1)

const shape = z.strictObject({
  group: text,
  member: text,
  nobody: text,
  kinds: z.record(z.enum(ticketKinds), text),
  topic: text,
  prefix: z.string().startsWith('#{{number}} '),
  head: z.strictObject({
    title: text,
    again: text,
    urgent: text,
    promise: text,
    anonymous: text,
    about_other: text,
    unreachable: text,
    held: text,
    desk: text,
    hint_topic: text,
    hint_reply: text,
  }),
  details: z.record(z.string(), text),
  entries: z.strictObject({
    resident: text,
    officer: text,
    note: text,
    event: text,
    no_text: text,
    photo: text,
    photo_gone: text,
    photo_refused: text,
    refused: text,
  }),
  events: z.intersection(z.object({ other: text, merged_into: text }), z.record(z.string(), text)),
  commands: z.strictObject({
    claim: words,
    release: words,
    ask_solved: words,
    close: words,
    reopen: words,
    hand_back: words,
    note: words,
    help: words,
  }),
  close_reasons: z.record(z.string(), z.enum(closeReasons)),
  done: z.strictObject({ answer: text, note: text, other: text }),
  refused: z.strictObject({
    unknown: text,
    held: text,
    held_act: text,
    moved: text,
    moved_unseen: text,
    over: text,
    unreachable: text,
    empty: text,
    too_long: text,
    identifier: text,
    secret: text,
  }),
  other: z.strictObject({
    only_text: text,
    edited: text,
    channel: text,
    anonymous: text,
    unknown_topic: text,
    unknown_command: text,
    unknown_reason: text,
    failed: text,
  }),
  help: text,
})

/** Everything that is said in the staff group: flows/content/grup.yaml. */
export type GroupTexts = z.infer<typeof shape>
/** A command of the group, whatever it is called there. */
export type GroupCommand = keyof GroupTexts['commands']

/** Reads the file; throws one Error that lists every problem. */
export function parseGroupTexts(words: string, path = 'flows/content/grup.yaml'): GroupTexts {
  const read = shape.safeParse(parse(words))
  if (read.success) return read.data
  const lines = read.error.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(lines.join('\n'))
}
