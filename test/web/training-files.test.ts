import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTable } from '../../src/tables/open-table.ts'
import type { Registration } from '../../src/training/registration.ts'
import { parseTrainingWords } from '../../src/training/training-words.ts'
import { applicantsCsv } from '../../src/web/desk/applicants/applicants-csv.ts'
import {
  applicantsTable,
  type FileApplicant,
  type Table,
} from '../../src/web/desk/applicants/applicants-table.ts'
import { applicantsXlsx } from '../../src/web/desk/applicants/applicants-xlsx.ts'
import { createAttendanceSheet } from '../../src/web/desk/applicants/attendance-sheet.ts'
import { printable } from '../../src/web/desk/applicants/printable.ts'
import { parseTrainingFileTexts } from '../../src/web/desk/applicants/training-file-texts.ts'
import { pdfPages } from '../support/pdf-text.ts'

const content = (name: string) => readFileSync(`flows/content/${name}.yaml`, 'utf8')
const texts = parseTrainingFileTexts(content('berkas-pelatihan'))
const words = {
  texts: texts.applicants,
  words: parseTrainingWords(content('pelatihan')),
  kelurahanName: (code: string) => (code === '53.71.03.1001' ? 'Lasiana' : undefined),
}

const registration: Registration = {
  ...{ number: 12, courseNumber: 3, contactId: undefined, chatId: undefined, forWhom: 'self' },
  ...{ kelurahan: '53.71.03.1001', education: 'sma', gender: 'female', desil: undefined },
  ...{ consentVersion: '1', consentAt: new Date(0), state: 'reserve', stateAt: new Date(0), score: 85 },
  ...{ reason: undefined, offerUntil: undefined, acceptedAt: undefined, barredUntil: undefined },
  createdAt: new Date('2026-01-05T16:30:00Z'),
}
const person: FileApplicant = {
  registration,
  ...{ name: 'Warga Contoh Satu', birth: '1998-03-02', age: 27, phone: '+6281200000001' },
  reason: 'Mau buka usaha',
  answers: [{ id: 'mesin', question: 'Punya mesin jahit?', answer: 'Ya' }],
}
const question = { text: 'Punya mesin?', kind: 'yes_no', choices: [], optional: false } as const
const course = { questions: [{ id: 'mesin', ...question }] }

/** What a spreadsheet program reads of the first columns of an XLSX or CSV file: numbers come as `{ number }`. */
async function readBack(bytes: Uint8Array | string, columns: readonly number[]) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-file-'))
  try {
    const file = path.join(folder, 'file')
    await writeFile(file, bytes)
    const rows: (readonly unknown[])[] = []
    for await (const batch of (await openTable(file)).rows(0, columns)) {
      rows.push(...batch.map(({ cells }) => cells))
    }
    return rows
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('applicantsTable', () => {
  it('has a column for each question, and cells as people read them', () => {
    const { headings, rows } = applicantsTable(course, [person], words)
    expect(headings).toEqual([
      ...['No. pendaftaran', 'Nama', 'Umur', 'Kelurahan', 'Pendidikan', 'Jenis kelamin', 'Nomor HP'],
      ...['Alasan', 'Punya mesin?', 'Skor', 'Keadaan', 'Tanggal daftar (WITA)'],
    ])
    expect(rows).toEqual([
      [
        ...[12, 'Warga Contoh Satu', 27, 'Lasiana', 'SMA/SMK atau sederajat', 'Perempuan', '+6281200000001'],
        ...['Mau buka usaha', 'Ya', 85, 'dalam daftar tunggu', { at: registration.createdAt }],
      ],
    ])
  })

  it('keeps answers to questions that are not asked any more, and leaves out what is not known', () => {
    const bare: FileApplicant = {
      registration: { ...registration, gender: undefined, score: undefined, kelurahan: '53.01.01.1001' },
      ...{ name: '', birth: '', age: undefined, phone: undefined, reason: '', answers: [] },
    }
    const young = { ...person, birth: '1998', age: undefined }
    const { headings, rows } = applicantsTable({ questions: [] }, [bare, young], words)
    expect(headings).toContain('Punya mesin jahit?')
    expect(rows[0]?.slice(1, 10)).toEqual([
      ...['(data dihapus)', '', '53.01.01.1001', 'SMA/SMK atau sederajat', '', '', '', '', ''],
    ])
    expect(rows[1]?.[2]).toBe('lahir 1998')
  })
})

/** What residents could write to spoil a file, and what is left of it. */
const wicked: readonly (readonly [written: string, kept?: string])[] = [
  ...([['=1+1'], ['@SUM(A1)'], ['+62812'], ['-1'], ['0812'], ['5399015708800011'], ['2026-01-05']] as const),
  ...([['constructor'], ['__proto__'], ['toString']] as const),
  ...([
    ['a\u0000b\u000bc', 'abc'],
    ['\ud800x', 'x'],
    ['<b>&"'],
    ['baris\nbaru'],
    ['  tepi  ', 'tepi'],
  ] as const),
  ...([['王小明 🙂'], ['']] as const),
]
const table: Table = {
  name: 'Pendaftar',
  headings: ['Nama', 'Umur', 'Kapan'],
  rows: wicked.map(([text], at) => [text, at, { at: registration.createdAt }]),
}

describe('applicantsXlsx', () => {
  it('writes texts as texts whatever they look like, and numbers and times as such', async () => {
    const [head, ...rows] = await readBack(await applicantsXlsx(table), [0, 1, 2])
    expect(head).toEqual(table.headings)
    // The clock on the wall in Kupang was past midnight.
    expect(rows).toEqual(
      wicked.map(([text, kept = text], at) => [kept, { number: String(at) }, '2026-01-06']),
    )
  })

  it('cuts what no cell can hold, and writes headings alone', async () => {
    const long = { ...table, rows: [['x'.repeat(40_000), 1, 2]] }
    const [, row] = await readBack(await applicantsXlsx(long), [0])
    expect(row).toEqual(['x'.repeat(32_767)])
    expect(await readBack(await applicantsXlsx({ ...table, rows: [] }), [0])).toEqual([['Nama']])
  })
})

describe('applicantsCsv', () => {
  it('is UTF-8 with a mark, in the time of Kupang, and no cell is a formula', async () => {
    const csv = applicantsCsv({
      headings: ['Nama', 'Kapan'],
      rows: [['=1+1', { at: registration.createdAt }]],
    })
    expect(csv).toBe("\uFEFFNama,Kapan\r\n'=1+1,2026-01-06 00:30\r\n")
    const rows = await readBack(applicantsCsv(table), [0])
    expect(rows.slice(1, 5)).toEqual([["'=1+1"], ["'@SUM(A1)"], ["'+62812"], ["'-1"]])
    expect(rows).toContainEqual(['abc'])
    expect(rows).toContainEqual(['baris\nbaru'])
  })
})

const session = (day: number) => ({
  startsAt: new Date(Date.UTC(2026, 1, day)),
  endsAt: new Date(Date.UTC(2026, 1, day, 4)),
  place: undefined,
})
const days = (count: number) => Array.from({ length: count }, (_, at) => session(at + 1))
const people = (count: number) => Array.from({ length: count }, (_, at) => `Warga Contoh ${at + 1}`)
const sheet = {
  ...{ texts: texts.attendance, title: 'Menjahit dasar', office: 'Dinas Contoh', place: 'Aula Contoh' },
  ...{ sessions: days(3), names: people(16), date: new Date('2026-01-30T01:00:00Z') },
}

describe('createAttendanceSheet', () => {
  it('has a class on one page, with heading, everybody and every session', async () => {
    const [page = '', ...more] = pdfPages(await createAttendanceSheet({ ...sheet, names: people(20) }))
    expect(more).toEqual([])
    for (const text of ['Daftar hadir: Menjahit dasar', 'Dinas Contoh', 'Tempat: Aula Contoh']) {
      expect(page).toContain(text)
    }
    for (const text of ['Pertemuan 3', '3 Februari 2026', '08.00-12.00', '20', 'Warga Contoh 20']) {
      expect(page.split('\n')).toContain(text)
    }
    expect(page).toContain('Halaman 1 dari 1')
    expect(page).toContain('Dicetak 30 Januari 2026, 09.00 WITA')
  })

  it('goes on on other pages with eight sessions each, and repeats heading and names', async () => {
    const pages = pdfPages(await createAttendanceSheet({ ...sheet, sessions: days(9), names: people(21) }))
    expect(pages).toHaveLength(4)
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('Daftar hadir: Menjahit dasar')
      expect(page).toContain(`Halaman ${at + 1} dari 4`)
    }
    expect(pages.map((page) => page.includes('Warga Contoh 21'))).toEqual([false, true, false, true])
    expect(pages.map((page) => page.includes('Pertemuan 9\n'))).toEqual([false, false, true, true])
    expect(pages[0]).toContain('Pertemuan 8\n')
  })

  it('is one page in landscape for nobody at all', async () => {
    const pdf = await createAttendanceSheet({ ...sheet, names: [] })
    expect(pdfPages(pdf)[0]).toContain(texts.attendance.nobody)
    expect(Buffer.from(pdf).toString('latin1')).toContain('[0 0 841.89 595.28]')
  })

  it('names the place of a session that is held elsewhere', async () => {
    const away = { ...session(9), place: 'Bengkel Contoh' }
    const [page] = pdfPages(await createAttendanceSheet({ ...sheet, sessions: [session(1), away] }))
    expect(page).toContain('Bengkel Contoh')
  })

  it('draws names of every script, and cuts what is longer than its box', async () => {
    const names = ['Łukasz Ñandú', '王小明', 'Warga‮ Contoh\u0000', 'PANJANG '.repeat(40), '']
    const [page = ''] = pdfPages(await createAttendanceSheet({ ...sheet, names }))
    expect(page.split('\n')).toEqual(expect.arrayContaining(['Lukasz Ñandú', '???', 'Warga Contoh']))
    expect(page).toMatch(/PANJANG PANJANG.*…/)
    expect(page).not.toContain('PANJANG '.repeat(15))
  })

  it('is the same bytes for the same sheet', async () => {
    const [one, other] = [await createAttendanceSheet(sheet), await createAttendanceSheet(sheet)]
    expect(Buffer.compare(one, other)).toBe(0)
  })
})

describe('printable', () => {
  it.each([
    ['Andréʼs — Đỗ', "André's — Do"],
    ['a\tb\u00ad\u200bc', 'a bc'],
    ['é', 'é'],
    ['Ж1', '?1'],
    ['ﬁ', 'fi'],
  ])('turns %j into %j', (text, drawn) => expect(printable(text)).toBe(drawn))
})
