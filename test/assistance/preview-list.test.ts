import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { previewList } from '../../src/assistance/preview-list.ts'
import { openTable } from '../../src/tables/open-table.ts'
import { individuCsv, recipient, recorded } from '../support/assistance-world.ts'
import { zipOf } from '../support/upload.ts'
import { xlsxFile } from '../support/xlsx.ts'

const programmes = [
  { code: 'pkh', headings: [] },
  { code: 'bst', headings: [] },
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-preview-'))
})
afterAll(() => rm(folder, { recursive: true }))

const preview = async (content: string | Uint8Array, mapping?: Parameters<typeof previewList>[2]) => {
  const file = path.join(folder, 'daftar')
  await writeFile(file, content)
  return previewList(file, programmes, mapping)
}
const plain = { columns: {}, programmes: {} }

describe('previewList', () => {
  it('tells which column each field is read from', async () => {
    const { fields, programmes: found, missing, absent } = await preview(individuCsv([recipient]))
    expect(fields).toMatchObject({ nik: 'nik', household: 'id_keluarga_p3ke', kelurahan: 'desa_kelurahan' })
    expect(fields.family_card).toBeUndefined()
    expect(found).toEqual({ pkh: 'penerima_pkh', bst: undefined })
    expect([missing, absent]).toEqual([[], []])
  })

  it('tells what is missing, and which chosen headings the file lacks', async () => {
    const seen = await preview('Nomor;Rumah\n1;K1\n', {
      ...plain,
      columns: { household: 'Rumah', nik: 'NIK ART' },
    })
    expect(seen.fields).toMatchObject({ household: 'Rumah', nik: undefined })
    expect(seen.missing).toEqual(['nik', 'kelurahan'])
    expect(seen.absent).toEqual(['NIK ART'])
  })

  it('reads what the officer chose instead of what a heading sounds like', async () => {
    const content = 'nik;nik asli;id_keluarga;kelurahan;nama\n1;2;K;OESAPA;A\n'
    const seen = await preview(content, { ...plain, columns: { nik: 'nik asli', name: '' } })
    expect(seen.fields).toMatchObject({ nik: 'nik asli', name: undefined })
    expect(seen.absent).toEqual([])
  })

  it('shows of the first three cells their form only, also in a workbook', async () => {
    const { columns } = await preview(individuCsv([recipient, recorded, recorded, recorded]))
    const nik = columns.find(({ heading }) => heading === 'nik')
    expect(nik?.samples).toEqual(Array.from({ length: 3 }, () => '#'.repeat(16)))
    const book = await preview(
      xlsxFile([
        ['NIK', 'Nama', ''],
        [recipient.nik, 'Ani B.', 'x'],
      ]),
    )
    expect(book.columns).toEqual([
      { heading: 'NIK', samples: ['#'.repeat(16)] },
      { heading: 'Nama', samples: ['xxx x.'] },
    ])
  })

  it('lets no letter and no digit of a cell through, whatever stands in it', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll(/["\r\n\0]/g, ''))
    await fc.assert(
      fc.asyncProperty(cell, async (text) => {
        const { columns } = await preview(`nik,isi\n1,"${text}"\n`)
        const shown = columns.find(({ heading }) => heading === 'isi')?.samples.join('') ?? ''
        expect(shown.replaceAll('x', '')).not.toMatch(/[\p{L}\p{Nd}]/u)
      }),
      { numRuns: 40 },
    )
  })

  it('names the fault of what is no table', async () => {
    const text = 'a'.repeat(3 * 1024 ** 2)
    const cases = [
      ['', 'empty'],
      ['%PDF-1.4', 'pdf'],
      [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_xls'],
      [Buffer.from('\x7fELF\0\0\0'), 'binary'],
      ['PK\x03\x04', 'damaged'],
      [zipOf('xl/styles.xml', Buffer.from('<a/>')), 'damaged'],
      [zipOf('xl/workbook.xml', Buffer.from('<a/>'), 600 * 1024 ** 2), 'too_large'],
      [zipOf('xl/workbook.xml', Buffer.from(text), 10), 'damaged'],
      [zipOf('xl/workbook.xml', Buffer.from(`<a>${text}</a>`)), 'too_large'],
      [zipOf('xl/workbook.xml', Buffer.from(`<a b="${text}"/>`)), 'too_large'],
      [zipOf('xl/workbook.xml', Buffer.from('<a></b>')), 'damaged'],
    ] as const
    for (const [content, fault] of cases) {
      await expect(preview(content), fault).rejects.toMatchObject({ name: 'TableError', fault })
    }
    await rm(path.join(folder, 'daftar'))
    await expect(previewList(path.join(folder, 'daftar'), programmes)).rejects.toMatchObject({
      fault: 'missing',
    })
  })

  it('keeps no cell that stands farther right than any sheet goes', async () => {
    const rows = Array.from({ length: 10 }, () => ['1', 'A'])
    const book = xlsxFile(rows).toString('latin1').replace('r="B10"', 'r="ZZZ"')
    const file = path.join(folder, 'far')
    await writeFile(file, book, 'latin1')
    const head = await (await openTable(file)).head()
    expect(head.map(({ cells }) => cells.length)).toEqual([...Array.from({ length: 9 }, () => 2), 1])
  })
})
