/** The fields of a form by their names, as they were sent; what stands in a row is named `sessions.0.date`. */
export type FormFields = Readonly<Record<string, string>>

/** The lists of the form whose rows come and go. */
export const rowLists = ['sessions', 'quotas', 'questions'] as const
export type RowList = (typeof rowLists)[number]

/** Most rows that a list takes: beyond that a form is no longer a form. */
export const mostRows = 60

/** What a box says when it is ticked. */
export const ticked = 'ya'

/** The rows of a list in their order, each with its fields without the prefix. */
export function rowsOf(fields: FormFields, list: RowList): readonly FormFields[] {
  const rows = new Map<number, Record<string, string>>()
  for (const [name, value] of Object.entries(fields)) {
    const [, index, rest = ''] = new RegExp(`^${list}\\.(\\d{1,3})\\.(.+)$`).exec(name) ?? []
    if (index === undefined) continue
    const row = rows.get(Number(index)) ?? {}
    row[rest] = value
    rows.set(Number(index), row)
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .slice(0, mostRows)
    .map(([, row]) => row)
}

/** The same form with other rows in a list, numbered anew. */
export function withRows(fields: FormFields, list: RowList, rows: readonly FormFields[]): FormFields {
  const others = Object.entries(fields).filter(([name]) => !name.startsWith(`${list}.`))
  const own = rows.slice(0, mostRows).flatMap((row, index) => Object.entries(named(`${list}.${index}`, row)))
  return Object.fromEntries([...others, ...own])
}

/** The fields of a row with their prefix. */
export function named(prefix: string, row: FormFields): FormFields {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [`${prefix}.${name}`, value]))
}

/** What is ticked of the boxes that are named by a prefix and a value. */
export function tickedOf(fields: FormFields, prefix: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(`${prefix}.`) && value === ticked ? [name.slice(prefix.length + 1)] : [],
  )
}

/** Boxes to be ticked, by a prefix and their values. */
export function ticks(prefix: string, values: readonly string[]): FormFields {
  return Object.fromEntries(values.map((value) => [`${prefix}.${value}`, ticked]))
}

/** A field without what stands around it, with line ends as they are kept. */
export function trimmed(fields: FormFields, name: string): string {
  return (fields[name] ?? '').replaceAll(/\r\n?/g, '\n').trim()
}
