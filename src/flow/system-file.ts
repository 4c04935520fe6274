import { z } from 'zod'
import { sentKinds, typedKinds } from './flow-file.ts'

const text = z.string().trim().min(1)
const target = z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9_]*$/, 'a target here is "flow/step"')
/** `hint` is the line in the text, where a bare label would not say what to do. */
const word = z.strictObject({ label: text, words: z.array(text).default([]), hint: text.optional() })
const going = z.strictObject({ words: z.array(text).min(1), goes_to: target })
const builtIn = z.strictObject({ words: z.array(text).min(1) })

/** A title says what the intent does where that of the flow would not. */
const intent = z.union([
  target.transform((goes_to) => ({ goes_to, title: undefined, told: undefined })),
  z.strictObject({
    goes_to: target,
    title: text.optional(),
    /** Where a sentence of so many words leads instead: the step is given it as `utterance`. */
    told: z.strictObject({ goes_to: target, words: z.number().int().min(1) }).optional(),
  }),
])

/** Kinds of message that are answered by a text of their own where they are not asked for. */
const unreadableKinds = [
  'voice',
  'video',
  'sticker',
  'contact',
  'poll',
  'edited',
  'view_once',
  'too_large',
  'wrong_time',
  'undecryptable',
  'photo',
  'document',
  'location',
  'other',
] as const

const texts = z.strictObject({
  not_understood: text,
  not_understood_again: text,
  /** A line after a second wrong answer in a row: how to reach a person. */
  offer_person: text,
  expired: text,
  changed: text,
  stale_button: text,
  unreadable: z.record(z.enum(unreadableKinds), text),
  empty: text,
  too_long: text,
  busy: text,
  nothing_open: text,
  back_nowhere: text,
  cancelled: text,
  confirm_cancel: text,
  /** "Batal" where nothing was answered yet, or a confirmation that was not given. */
  not_done: text,
  /** After a third wrong answer in a row, before the other ways. */
  stuck: text,
  help: text,
  did_you_mean: text,
  /** May use `{{label}}`. */
  confirm_value: text,
  /** Before a step that does harm when it is not meant. May use `{{title}}`. */
  confirm_intent: text,
  /** A secret answer that could be read in two ways: it is not repeated back. */
  unclear_secret: text,
  /** Before the answer to a message that waited while the bot was off. */
  waiting: text,
  /** The answer to a message that is too old to be acted on: an officer reads it. */
  too_late: text,
})

const words = z.strictObject({
  yes: word,
  no: word,
  more: word,
  previous: word,
  person: word,
  skip: word,
  /** The answer to "sure to cancel?" that goes on. */
  go_on: word,
  /** One more try at a question, and the menu, where another way is offered. */
  again: word,
  menu: word,
  /** Says that a person does not know the answer. */
  unknown: word,
  /** Says that there is nothing to add. */
  done: word,
  /** Takes a text as one more addition. */
  add: word,
  /** Goes on with the form that was left. */
  resume: word,
})

/**
 * Words that greet or thank and ask for nothing. With `menu` the menu follows the reply; else what is open stays.
 * Of several in one message the kind that stands first in the file is answered.
 */
const courtesies = z.strictObject({
  /** Words that may stand beside a greeting, such as "pak". */
  beside: z.array(text).default([]),
  kinds: z
    .record(
      z.string(),
      z.strictObject({ words: z.array(text).min(1), reply: text, menu: z.boolean().default(false) }),
    )
    .default({}),
})

const commands = z.strictObject({
  menu: going,
  kembali: builtIn,
  batal: builtIn,
  bantuan: builtIn,
  petugas: going,
  berhenti: going,
  cek_bot: going,
})

/** `flows/system.yaml`: every text outside any flow, the commands, and where intents lead. */
export const systemFileSchema = z.strictObject({
  notice: z.strictObject({ version: z.union([z.string(), z.number()]).transform(String), text }),
  texts,
  /** What is expected now, by the kind of answer, for "bantuan". */
  expects: z.record(z.enum([...typedKinds, ...sentKinds, 'choose']), text),
  /** Where an answer is to be found, by its kind, for who does not know it. */
  expects_help: z.partialRecord(z.enum([...typedKinds, ...sentKinds]), text).default({}),
  /** One text for each problem code of the parsers. May use `{{details}}`. */
  problems: z.record(z.string(), text),
  commands,
  words,
  courtesies: courtesies.default({ beside: [], kinds: {} }),
  intents: z.record(z.string(), intent).default({}),
  /** Where a topic within an intent leads, instead of where the intent leads. */
  topics: z.record(z.string(), intent).default({}),
  /** Intents that are confirmed before they are followed. */
  destructive: z.array(z.string()).default([]),
})

/** The system file as its author wrote it. */
export type SystemFile = z.infer<typeof systemFileSchema>

/** A command that works in any state. */
export type CommandName = keyof SystemFile['commands']
