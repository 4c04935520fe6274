import { parse } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })

const problems = z.strictObject({
  'nik.empty': text,
  'nik.length': text,
  'nik.wrong': text,
  'birth_date.empty': text,
  'birth_date.wrong': text,
  'birth_date.future': text,
})

const answer = z.strictObject({
  recipient: text,
  recorded: text,
  not_found: text,
  locked: text,
  not_loaded: text,
  name: text,
  list: text,
  as_of: text,
  period: text,
  programmes: text,
  answers: z.strictObject({ YA: text, TIDAK: text }),
  unnamed: text,
  stale: text,
  not_a_decision: text,
  not_found_steps: z.array(text).min(1),
  recipient_next: text,
  recorded_next: text,
  locked_next: text,
  not_loaded_next: text,
  back: text,
  to_chat: text,
})

const textsShape = z.strictObject({
  ways: z.strictObject({ code: text, form: text, chat: text }),
  /** What the chat hears of a check on the private page: nothing of the answer. */
  chat: z.strictObject({ done: text }),
  page: z.strictObject({
    title: text,
    lead: text,
    errors_title: text,
    nik: text,
    nik_hint: text,
    birth_date: text,
    birth_date_hint: text,
    submit: text,
    left: text,
    again: text,
    once: text,
    safe: text,
    problems,
    answer,
    gone: titled,
    refused: titled,
  }),
  quarantine: z.record(z.string(), text),
})

/** The words of the status check: what its ways are called, the private form, and why rows are set aside. */
export type AssistanceTexts = z.infer<typeof textsShape>

/** Reads `flows/content/cek.yaml`; throws with every wrong place in it. */
export function parseAssistanceTexts(yaml: string): AssistanceTexts {
  const read = textsShape.safeParse(parse(yaml))
  if (!read.success) throw new Error(`flows/content/cek.yaml:\n${z.prettifyError(read.error)}`)
  return read.data
}

/** Finds and reads the words among the content files. */
export function findAssistanceTexts(
  files: readonly { readonly path: string; readonly text: string }[],
): AssistanceTexts {
  const file = files.find(({ path }) => path.endsWith('content/cek.yaml'))
  if (file === undefined) throw new Error('flows/content/cek.yaml is missing')
  return parseAssistanceTexts(file.text)
}
