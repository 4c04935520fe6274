import type { Expectation } from './script.ts'

/** A message as the person sees it. */
export interface Reply {
  readonly text: string
  readonly options?: readonly { readonly label: string }[] | undefined
}

/** Where the last expectation was met: later ones must be met here or after. */
interface Cursor {
  message: number
  offset: number
}

/** Holds the bot's messages of one turn against what a script expects, in order. Returns what is not met. */
export function checkReplies(expected: readonly Expectation[], actual: readonly Reply[]): readonly string[] {
  const cursor: Cursor = { message: 0, offset: 0 }
  return expected.flatMap((expectation) => {
    const met = meets(expectation, actual, cursor)
    return met
      ? []
      : [`expected ${describeExpectation(expectation)}, but the bot said ${describeReplies(actual)}`]
  })
}

function meets(expectation: Expectation, actual: readonly Reply[], cursor: Cursor): boolean {
  switch (expectation.type) {
    case 'contains':
      return findText(foldSpaces(expectation.text), actual, cursor)
    case 'equals':
      return findReply(actual, cursor, ({ text }) => foldSpaces(text) === foldSpaces(expectation.text))
    case 'silence':
      return actual.length === 0
    case 'options':
      return findReply(actual, cursor, ({ options }) =>
        holdsInOrder(options?.map(({ label }) => label) ?? [], expectation.labels),
      )
  }
}

function findText(wanted: string, actual: readonly Reply[], cursor: Cursor): boolean {
  for (let index = cursor.message; index < actual.length; index++) {
    const from = index === cursor.message ? cursor.offset : 0
    const found = foldSpaces(actual[index]?.text ?? '').indexOf(wanted, from)
    if (found < 0) continue
    cursor.message = index
    cursor.offset = found + wanted.length
    return true
  }
  return false
}

function findReply(actual: readonly Reply[], cursor: Cursor, fits: (reply: Reply) => boolean): boolean {
  const index = actual.findIndex((reply, at) => at >= cursor.message && fits(reply))
  if (index < 0) return false
  if (index > cursor.message) cursor.offset = 0
  cursor.message = index
  return true
}

function holdsInOrder(labels: readonly string[], wanted: readonly string[]): boolean {
  let from = 0
  return wanted.every((label) => {
    const found = labels.indexOf(label, from)
    from = found + 1
    return found >= 0
  })
}

function foldSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function describeExpectation(expectation: Expectation): string {
  if (expectation.type === 'silence') return 'silence'
  if (expectation.type === 'options') return `the options ${expectation.labels.join(', ')}`
  return `${expectation.type === 'equals' ? 'exactly ' : ''}"${foldSpaces(expectation.text)}"`
}

function describeReplies(actual: readonly Reply[]): string {
  if (actual.length === 0) return 'nothing'
  return actual
    .map(({ text, options = [] }) => {
      const labels = options.map(({ label }) => label).join(', ')
      return labels === '' ? `"${foldSpaces(text)}"` : `"${foldSpaces(text)}" [${labels}]`
    })
    .join(' / ')
}
