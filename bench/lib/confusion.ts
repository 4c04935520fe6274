import type { Judged } from './judge-classifier.ts'
import { formatTable } from './table.ts'

const ASKS = 'asks'

/** What sentences of each label were taken for, counted: only the cells that are not empty. */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The confusion of what was judged; `asks` where nothing is done without asking. */
export function confusionOf(judged: readonly Judged[]): Confusion {
  const table: Record<string, Record<string, number>> = {}
  for (const { wanted, answer } of judged) {
    const meant = wanted[0] ?? ''
    const got = answer.acts ?? ASKS
    const row = table[meant] ?? {}
    table[meant] = { ...row, [got]: (row[got] ?? 0) + 1 }
  }
  return table
}

/** The whole table: a row for what was meant, a column for what was done, both in the order of `labels`. */
export function formatConfusion(confusion: Confusion, labels: readonly string[]): string {
  const columns = [...labels, ASKS]
  const rows = labels.map((label, at) => [
    `${String(at + 1).padStart(2)} ${label}`,
    ...columns.map((column) => String(confusion[label]?.[column] ?? '.')),
  ])
  return formatTable(['meant \\ done', ...labels.map((_, at) => String(at + 1)), ASKS], rows)
}
