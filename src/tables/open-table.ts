import { openCsvTable } from './csv-table.ts'
import { inspectFile } from './inspect-file.ts'
import { type Table, TableError } from './table.ts'
import { openXlsxTable } from './xlsx-table.ts'

/** Opens a CSV or XLSX file, told apart by its first bytes and not by its name. Throws a TableError when it is neither. */
export async function openTable(file: string): Promise<Table> {
  const facts = await inspectFile(file).catch((cause: unknown) => {
    throw new TableError('missing', `the file cannot be read: ${file}`, { cause })
  })
  if (facts.size === 0) throw new TableError('empty', 'the file is empty')
  const magic = facts.head.toString('latin1', 0, 4)
  if (magic === 'PK\x03\x04') return openXlsxTable(file, facts)
  if (magic === '\xd0\xcf\x11\xe0') {
    throw new TableError(
      'old_xls',
      'this is an old .xls file or one with a password: save it as .xlsx or CSV without one',
    )
  }
  if (magic === '%PDF') throw new TableError('pdf', 'this is a PDF: ask for the list as .xlsx or CSV')
  return openCsvTable(file, facts)
}
