import { MAX_BUTTON_BYTES } from './limits.ts'

const MARK = 'w:'

/** The value of a button that is words: pressing it is writing them, whatever was asked since. At most 60 bytes with its mark. */
export function buttonOfWords(words: string): string {
  return `${MARK}${words}`
}

/** The words of such a button; undefined for a button of a question, and for one that is longer than any. */
export function wordsOfButton(value: string): string | undefined {
  if (!value.startsWith(MARK) || new TextEncoder().encode(value).length > MAX_BUTTON_BYTES) return undefined
  const words = value.slice(MARK.length).trim()
  return words === '' ? undefined : words
}
