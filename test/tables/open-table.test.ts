import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable } from '../../src/tables/open-table.ts'
import type { Table, TableRow } from '../../src/tables/table.ts'
import { xlsxFile } from '../support/xlsx.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function open(content: string | Uint8Array): Promise<Table> {
  const file = path.join(folder, 'list')
  await writeFile(file, content)
  return openTable(file)
}

async function all(table: Table, columns: readonly number[]): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const batch of table.rows(1, columns)) rows.push(...batch)
  return rows
}

const text = 'nik;nama\r\n5399010101800001;Rene\u0301 Café\r\n'

describe('openTable', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 LE with a mark', iconv.encode(text, 'utf16le', { addBOM: true })],
    ['UTF-16 LE without a mark', iconv.encode(text, 'utf16le')],
    ['UTF-16 BE with a mark', iconv.encode(text, 'utf16be', { addBOM: true })],
  ])('reads %s', async (_, bytes) => {
    const table = await open(bytes)
    expect((await table.head())[0]?.cells).toEqual(['nik', 'nama'])
    expect(await all(table, [1, 0])).toEqual([{ number: 2, cells: ['Rene\u0301 Café', '5399010101800001'] }])
  })

  it('reads Windows-1252, also when its first odd letter comes late', async () => {
    const table = await open(iconv.encode(`nama\n${'aaaa\n'.repeat(50_000)}Café\n`, 'win1252'))
    expect((await all(table, [0])).at(-1)?.cells).toEqual(['Café'])
  })

  it.each([
    [',', 'a,b\n1,2'],
    [';', 'a;b\n1;2'],
    ['tab', 'a\tb\n1\t2'],
    ['named', 'sep=|\na|b\n1|2'],
    ['old line ends', 'a,b\r1,2\r'],
  ])('finds the separator: %s', async (_, csv) => {
    expect((await (await open(csv)).head()).at(-1)?.cells).toEqual(['1', '2'])
  })

  it('tells numbers from texts in XLSX, and gives dates as dates', async () => {
    const table = await open(
      xlsxFile([
        ['nik', 'lahir', 'nama'],
        [{ number: '5.39901010180000E+15' }, { day: 29_450 }, { inline: 'A & B' }],
        ['5399010101800001', '', 'Dua <kata>'],
      ]),
    )
    expect((await table.head())[0]?.cells).toEqual(['nik', 'lahir', 'nama'])
    expect(await all(table, [0, 1, 2])).toEqual([
      { number: 2, cells: [{ number: '5.39901010180000E+15' }, '1980-08-17', 'A & B'] },
      { number: 3, cells: ['5399010101800001', '', 'Dua <kata>'] },
    ])
  })

  it('counts the days of a workbook from 1904 where it says so', async () => {
    const table = await open(xlsxFile([['lahir'], [{ day: 29_450 - 1462 }]], { from1904: true }))
    expect((await all(table, [0]))[0]?.cells).toEqual(['1980-08-17'])
  })

  it.each([
    ['an empty file', '', /empty/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls/],
    ['a PDF', '%PDF-1.7', /PDF/],
    ['a broken archive', Buffer.from('PK\x03\x04broken', 'latin1'), /damaged/],
    ['something binary', Buffer.from([1, 2, 0, 3, 0, 0, 0, 9, 9, 9, 9, 9]), /binary/],
  ])('refuses %s in one sentence', async (_, content, message) => {
    await expect(open(content).then((table) => table.head())).rejects.toThrow(message)
  })
})
