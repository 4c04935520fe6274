import type { Media, MessageId, Option } from './channel.ts'

/** One line of a chat as it is kept. `id` is the message id of what the bot said, the external id of what a person wrote. */
export interface HistoryEntry {
  readonly id: MessageId
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly options?: readonly Option[] | undefined
  readonly media?: readonly Media[] | undefined
  readonly at: Date
}

/** An option as a button: `number` is what may be typed instead of pressing it. */
interface ShownOption {
  readonly number?: string
  readonly label: string
  readonly value: string
}

/** One line of a chat as the page shows it. The lines of the text that name options have become the options. */
export interface ShownEntry {
  readonly id: string
  readonly from: 'bot' | 'person'
  readonly text: string
  readonly options: readonly ShownOption[]
  readonly media: readonly Media[]
  readonly at: Date
}

/** What the page shows of an entry: an option is a button, so its line at the end of the text is left out. */
export function showEntry(entry: HistoryEntry): ShownEntry {
  const { id, from, at, media = [] } = entry
  const lines = entry.text.split('\n')
  const first = Math.max(0, lines.length - (entry.options?.length ?? 0))
  const rest = new Map(lines.slice(first).map((line, index) => [first + index, line]))
  const options = (entry.options ?? []).map((option) => takeLine(rest, option))
  const text = lines.filter((_, index) => index < first || rest.has(index)).join('\n')
  return { id, from, text: text.trimEnd(), options, media, at }
}

function takeLine(lines: Map<number, string>, { label, value }: Option): ShownOption {
  for (const [index, line] of lines) {
    const number = line.endsWith(`. ${label}`) ? line.slice(0, -`. ${label}`.length) : undefined
    if (number !== undefined && /^\d+$/.test(number)) {
      lines.delete(index)
      return { number, label, value }
    }
  }
  return { label, value }
}
