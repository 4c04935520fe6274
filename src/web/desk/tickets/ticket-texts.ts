import { z } from 'zod'
import { closeReasons, ticketKinds, ticketStates } from '../../../inquiry/ticket.ts'
import { readWords } from '../../read-words.ts'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })
const queues = z.strictObject({ due: text, mine: text, waiting: text, closed: text })
/** A place that is sure to be there, and whatever else the file names. */
const named = z.record(z.string(), text)

const listTexts = z.strictObject({
  title: text,
  queues,
  queues_label: text,
  late: text,
  filter: text,
  office: text,
  any_office: text,
  kind: text,
  any_kind: text,
  search: text,
  search_refused: text,
  apply: text,
  clear: text,
  none: queues,
  none_found: text,
  open_number: text,
  next: text,
  first: text,
  csv: text,
  checked: text,
  news: text,
  changed: text,
  gone: text,
  urgent: text,
  free: text,
  held: text,
  held_by_me: text,
  no_text: text,
})

const ticketPageTexts = z.strictObject({
  title: text,
  back: text,
  to_answer: text,
  office: text,
  kelurahan: text,
  state: text,
  promise: text,
  holder: text,
  channel: text,
  opened: text,
  closed: text,
  anonymous: text,
  about_other: text,
  bot_silent: text,
  closes: text,
  merged_into: text,
  details: text,
  history: text,
  transcript: text,
  transcript_hint: text,
})

const answerTexts = z.strictObject({
  title: text,
  text,
  hint: text,
  canned: text,
  choose: text,
  use: text,
  all_offices: text,
  send: text,
  claims: text,
  held: text,
  unreachable: text,
  over: text,
})

const actionTexts = z.strictObject({
  claim: text,
  release: text,
  hand_back: text,
  hand_back_hint: text,
  ask_solved: text,
  ask_solved_hint: text,
  reopen: text,
  more: text,
  assign: text,
  assign_to: text,
  assign_do: text,
  nobody: text,
  transfer: text,
  transfer_to: text,
  transfer_do: text,
  transfer_hint: text,
  note: text,
  note_text: text,
  note_hint: text,
  note_do: text,
  close: text,
  close_reason: text,
  close_do: text,
  merge: text,
  merge_into: text,
  merge_hint: text,
  merge_do: text,
  erase: text,
  erase_hint: text,
  erase_do: text,
})

const doneTexts = z.strictObject({
  answer: text,
  claim: text,
  release: text,
  assign: text,
  transfer: text,
  note: text,
  hand_back: text,
  ask_solved: text,
  close: text,
  reopen: text,
  merge: text,
  erase: text,
})

const refusedTexts = z.strictObject({
  title: text,
  unknown: titled,
  media: titled,
  held: text,
  moved: text,
  over: text,
  unreachable: text,
  empty: text,
  too_long: text,
  identifier: text,
  secret: text,
  unfilled: text,
  no_colleague: text,
  no_office: text,
  no_reason: text,
  no_ticket: text,
})

const ticketTextsShape = z.strictObject({
  list: listTexts,
  promise: z.strictObject({
    minutes: text,
    hours: text,
    days: text,
    late_minutes: text,
    late_hours: text,
    late_days: text,
  }),
  kinds: z.record(z.enum(ticketKinds), text),
  states: z.record(z.enum(ticketStates), text),
  reasons: z.record(z.enum(closeReasons), text),
  channels: named,
  ticket: ticketPageTexts,
  talk: z.strictObject({
    title: text,
    older: text,
    resident: text,
    note: text,
    officer: text,
    nobody: text,
    photo: text,
    file: text,
    marks: named,
    news: text,
    empty: text,
  }),
  events: named.and(z.object({ other: text })),
  delivery: z.strictObject({
    queued: text,
    sent: text,
    delivered: text,
    read: text,
    failed: text,
    unknown: text,
  }),
  greetings: z.strictObject({ morning: text, noon: text, afternoon: text, evening: text }),
  hours: z.strictObject({ days: z.array(text).length(7), to: text, none: text }),
  details: named,
  values: named,
  answer: answerTexts,
  actions: actionTexts,
  done: doneTexts,
  refused: refusedTexts,
  transcript: z.strictObject({ title: text, lead: text, bot: text, back: text, none: text }),
  csv: z.strictObject({
    columns: z.strictObject({
      number: text,
      kind: text,
      office: text,
      kelurahan: text,
      state: text,
      urgent: text,
      opened: text,
      promise: text,
      late: text,
      holder: text,
    }),
    yes: text,
    no: text,
  }),
})

/** The words of `flows/content/meja-tiket.yaml`. */
export type TicketTexts = z.infer<typeof ticketTextsShape>

/** Reads `flows/content/meja-tiket.yaml`; throws with every wrong place in it. */
export function parseTicketTexts(yaml: string): TicketTexts {
  return readWords(ticketTextsShape, 'meja-tiket.yaml', yaml)
}
