import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createFindKelurahan } from '../../src/assistance/find-kelurahan.ts'
import { readLayout } from '../../src/assistance/layout.ts'
import { createListRules } from '../../src/assistance/list-rules.ts'
import { createRowReader } from '../../src/assistance/read-row.ts'
import { createPlaces } from '../../src/language/places.ts'
import type { Cell } from '../../src/tables/table.ts'

const places = createPlaces(
  readFileSync('flows/language/kelurahan.csv', 'utf8'),
  readFileSync('flows/language/kelurahan-alias.csv', 'utf8'),
  [],
)
const headings = [
  'nik',
  'nomor_kk',
  'id_keluarga',
  'nama',
  'tanggal_lahir',
  'kode_kemdagri',
  'kelurahan',
  'kecamatan',
  'penerima_pkh',
]
const good: Readonly<Record<string, Cell>> = {
  nik: '5399011708800001',
  id_keluarga: 'K1',
  nama: 'Warga Contoh',
  tanggal_lahir: '17/08/1980',
  kelurahan: 'Airnona',
  penerima_pkh: 'YA',
}

function read(cells: Readonly<Record<string, Cell>>) {
  const reading = readLayout([{ number: 1, cells: headings }], [{ code: 'pkh', headings: [] }])
  if (reading.type !== 'layout') throw new Error('no layout')
  const rules = createListRules(createFindKelurahan(places), new Date('2026-03-05T02:00:00Z'))
  const reader = createRowReader(reading.layout, rules)
  const all = { ...good, ...cells }
  return reader.read({ number: 2, cells: reader.columns.map((column) => all[headings[column]!] ?? '') })
}

describe('createRowReader', () => {
  it('reads a good row', () => {
    expect(read({})).toEqual({
      type: 'person',
      person: {
        nik: '5399011708800001',
        household: 'id:K1',
        name: 'Warga Contoh',
        birthDate: '1980-08-17',
        kelurahan: '53.71.05.1003',
        programmes: ['pkh'],
      },
    })
  })

  it.each<[string, Readonly<Record<string, Cell>>, string]>([
    ['no NIK', { nik: '' }, 'nik.empty'],
    ['a NIK in a number cell', { nik: { number: '5399011708800000' } }, 'nik.number_cell'],
    ['a NIK in a number cell with an exponent', { nik: { number: '5.3990117088E+15' } }, 'nik.exponent'],
    ['a NIK with an exponent', { nik: '5,39901E+15' }, 'nik.exponent'],
    ['a NIK with letters', { nik: '53990117088OOOO1' }, 'nik.unreadable'],
    ['a NIK of 15 digits', { nik: '539901170880001' }, 'nik.length'],
    ['one digit repeated', { nik: '5555555555555555' }, 'nik.repeated'],
    ['an unknown province', { nik: '1099011708800001' }, 'nik.province'],
    ['32 January', { nik: '5399013201800001' }, 'nik.date'],
    ['the serial 0000', { nik: '5399011708800000' }, 'nik.serial'],
    ['the NIK as KK', { id_keluarga: '', nomor_kk: '5399011708800001' }, 'nik.equals_family_card'],
    ['no household', { id_keluarga: '' }, 'household.empty'],
    ['a KK of 15 digits', { id_keluarga: '', nomor_kk: '539901170880001' }, 'household.length'],
    [
      'a KK in a number cell',
      { id_keluarga: '', nomor_kk: { number: '5399011708800002' } },
      'household.number_cell',
    ],
    ['a KK with an exponent', { id_keluarga: '', nomor_kk: '5,39E+15' }, 'household.exponent'],
    ['no birth date', { tanggal_lahir: '' }, 'birth_date.empty'],
    ['an unreadable birth date', { tanggal_lahir: 'Agustus' }, 'birth_date.unreadable'],
    ['a short year', { tanggal_lahir: '17/08/80' }, 'birth_date.unreadable'],
    ['30 February', { tanggal_lahir: '30/02/1980' }, 'birth_date.impossible'],
    ['a birth date to come', { tanggal_lahir: '06/03/2026' }, 'birth_date.impossible'],
    ['no kelurahan', { kelurahan: '' }, 'kelurahan.empty'],
    ['an unknown kelurahan', { kelurahan: 'Tarus' }, 'kelurahan.unknown'],
    ['an ambiguous kelurahan', { kelurahan: 'Naikoten' }, 'kelurahan.unknown'],
    ['a code that contradicts the name', { kode_kemdagri: '53.71.01.1001' }, 'kelurahan.unknown'],
    ['an odd flag', { penerima_pkh: 'MUNGKIN' }, 'programme.unreadable'],
  ])('sets a row aside for %s', (_, cells, problem) => {
    expect(read(cells)).toMatchObject({ type: 'problem', problem })
  })

  it.each<[string, Readonly<Record<string, Cell>>]>([
    ['a NIK with separators', { nik: '5399 0117-0880.0001' }],
    ['a NIK behind an apostrophe', { nik: "'5399011708800001" }],
    ['a NIK as a formula', { nik: '="5399011708800001"' }],
    ['full-width digits', { nik: '５３９９０１１７０８８００００１' }],
    ['a day count', { tanggal_lahir: { number: '29450' } }],
    ['a date with a time', { tanggal_lahir: '17/08/1980 0:00:00' }],
    ['the year first', { tanggal_lahir: '1980-08-17' }],
    ['an alias', { kelurahan: 'Air Nona' }],
    ['a number as the code', { kelurahan: '', kode_kemdagri: { number: '5371051003' } }],
    ['a BPS code beside the name', { kode_kemdagri: '5371031' }],
    ['small letters', { penerima_pkh: 'ya' }],
  ])('reads the same person from %s', (_, cells) => {
    expect(read(cells)).toEqual(read({}))
  })

  it('takes an empty flag for no', () => {
    expect(read({ penerima_pkh: '' })).toMatchObject({ person: { programmes: [] } })
  })
})
