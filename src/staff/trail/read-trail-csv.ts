import { csvLine } from '../../language/csv-cell.ts'
import type { Database } from '../../storage/database.ts'
import { readTrail, type TrailEntry, type TrailFilter } from './read-trail.ts'

const pageSize = 500

/**
 * The entries that the filter lets through as a CSV file, newest first, in pieces. With the mark at its start a spreadsheet
 * program reads it as UTF-8; no cell of it is a formula. `headings` are the words of the first line, eight of them.
 */
export async function* readTrailCsv(
  database: Database,
  filter: TrailFilter,
  headings: readonly string[] = columns,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(headings)}`
  let before: string | undefined
  do {
    const page = await readTrail(database, filter, { before, limit: pageSize })
    if (page.entries.length > 0) yield page.entries.map((entry) => csvLine(cellsOf(entry))).join('')
    before = page.next
  } while (before !== undefined)
}

const columns = ['id', 'at', 'actor_type', 'actor', 'action', 'subject', 'outcome', 'details']

function cellsOf({ id, at, actor, action, subject, outcome, details }: TrailEntry): readonly string[] {
  const rest = Object.keys(details).length === 0 ? '' : JSON.stringify(details)
  return [id, at.toISOString(), actor.type, actor.id, action, subject ?? '', outcome ?? '', rest]
}
