import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { createPackedStrings, type PackedStrings } from './packed-strings.ts'
import { TableError } from './table.ts'
import { readXml, scanXml } from './xml-stream.ts'

/** Bytes that all parts of a workbook may unpack to; the city's largest list needs a fifth. */
const maxUnpacked = 512 * 1024 ** 2
const maxEntries = 5_000

/** What the cells of a sheet refer to. */
export interface Workbook {
  /** The archive's entry with the first visible sheet. */
  readonly sheet: string
  /** Cell styles that show a number as a date. */
  readonly dateStyles: ReadonlySet<string>
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean
  readonly strings: PackedStrings
}

/** An open XLSX archive. */
export interface Archive {
  has(name: string): boolean
  /** Bytes of an entry when unpacked. */
  size(name: string): number
  read(name: string): Promise<Readable>
  close(): void
}

/** Opens the archive and reads its table of contents. */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await yauzl
    .openPromise(file, { lazyEntries: true, autoClose: false })
    .catch((cause: unknown) => {
      throw new TableError('damaged', 'the XLSX file is damaged or not complete', { cause })
    })
  const entries = await readEntries(zip).catch((cause: unknown) => {
    zip.close()
    if (cause instanceof TableError) throw cause
    throw new TableError('damaged', 'the XLSX file is damaged or not complete', { cause })
  })
  return {
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    async read(name) {
      const entry = entries.get(name)
      if (entry === undefined) throw new TableError('damaged', `the XLSX file lacks its part ${name}`)
      if (entry.isEncrypted())
        throw new TableError('password', 'the XLSX file is protected by a password: save it without')
      return zip.openReadStreamPromise(entry)
    },
    close: () => zip.close(),
  }
}

/**
 * The table of contents. What it says of sizes holds, since the library refuses an entry that unpacks to more: so an archive
 * that was made to fill memory or disk is known before anything of it is unpacked.
 */
async function readEntries(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    entries.set(entry.fileName, entry)
    unpacked += entry.uncompressedSize
    if (unpacked <= maxUnpacked && entries.size <= maxEntries) continue
    throw new TableError(
      'too_large',
      'the XLSX file unpacks to more than any list holds: save it once more as CSV',
    )
  }
  return entries
}

/** Reads all but the sheet itself. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  let relation: string | undefined
  let from1904 = false
  await scanXml(await archive.read('xl/workbook.xml'), (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
    if (name === 'sheet' && attributes.state === undefined) relation ??= attributes['r:id']
  })
  const sheet = await sheetOf(archive, relation)
  return {
    sheet,
    from1904,
    dateStyles: await readDateStyles(archive),
    strings: await readSharedStrings(archive),
  }
}

async function sheetOf(archive: Archive, relation: string | undefined): Promise<string> {
  let target = 'worksheets/sheet1.xml'
  await scanXml(await archive.read('xl/_rels/workbook.xml.rels'), (_, attributes) => {
    if (relation !== undefined && attributes.Id === relation) target = attributes.Target ?? target
  })
  return target.startsWith('/') ? target.slice(1) : posix.join('xl', target)
}

const builtInDates = new Set(['14', '15', '16', '17', '22', '27', '30', '36', '50', '57'])

async function readDateStyles(archive: Archive): Promise<ReadonlySet<string>> {
  const dateFormats = new Set(builtInDates)
  const styles = new Set<string>()
  if (!archive.has('xl/styles.xml')) return styles
  let inCells = false
  let index = 0
  await scanXml(await archive.read('xl/styles.xml'), (name, attributes) => {
    if (name === 'numFmt' && isDateFormat(attributes.formatCode ?? '')) {
      dateFormats.add(attributes.numFmtId ?? '')
    }
    if (name === 'cellXfs' || name === 'cellStyles') inCells = name === 'cellXfs'
    if (name === 'xf' && inCells) {
      if (dateFormats.has(attributes.numFmtId ?? '')) styles.add(String(index))
      index++
    }
  })
  return styles
}

/** Whether a number format shows a day and a year, once its quoted text, colours and locales are left out. */
function isDateFormat(format: string): boolean {
  const bare = format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  return /d/i.test(bare) && /y/i.test(bare)
}

async function readSharedStrings(archive: Archive): Promise<PackedStrings> {
  const strings = createPackedStrings()
  if (!archive.has('xl/sharedStrings.xml')) return strings
  let text = ''
  let inText = false
  let phonetic = false
  const handlers = {
    open(name: string) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      inText = name === 't' && !phonetic
    },
    text(part: string) {
      if (inText) text += part
    },
    close(name: string) {
      if (name === 'si') strings.push(text)
      if (name === 'rPh') phonetic = false
      if (name === 't') inText = false
    },
  }
  for await (const _ of readXml<never>(await archive.read('xl/sharedStrings.xml'), handlers)) void _
  return strings
}
