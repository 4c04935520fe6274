import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ShopMapping } from '../../../src/marketplace/import/shop-columns.ts'
import { createUmkmListWorld, type UmkmListWorld } from '../../support/umkm-list-world.ts'
import { xlsxFile } from '../../support/xlsx.ts'

let world: UmkmListWorld
beforeAll(async () => {
  world = await createUmkmListWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  await world.database.prisma.shop.deleteMany()
})

const head = 'No;Nama Usaha;Nama Pemilik;NIK;Kelurahan;Produk;NIB;No. HP'
const madu = '1;Madu Contoh;Maria Contoh;5399015708800011;Lasiana;Madu hutan;1234567890123;081234567801'
const kopi = '2;Kopi Contoh;Yosef Contoh;5399015708800012;kel. Naikoten I;Kopi bubuk;;0812 3456 7802'
const csv = (...rows: string[]) => [head, ...rows].join('\n')

async function importing(
  content: string | Uint8Array,
  wish: { readonly source?: string; readonly mapping?: ShopMapping; readonly dryRun?: boolean } = {},
) {
  const file = await world.file(content)
  const outcome = await world.importShops({ file, source: 'dinkop', by: 'u-1', ...wish })
  if (outcome.type === 'unknown_layout') throw new Error(`unknown: ${outcome.missing.join()}`)
  return outcome.report
}

const shops = () =>
  world.database.prisma.shop.findMany({ include: { papers: true, consents: true }, orderBy: { id: 'asc' } })
const names = async () => (await shops()).map(({ name }) => name)

describe('createImportShops', () => {
  it('makes shops that nobody owns and nobody sees, with a sealed number and an NIB that is only claimed', async () => {
    const report = await importing(csv(madu, kopi))
    expect(report).toMatchObject({ rows: 2, accepted: 2, quarantined: 0, shops: { added: 2 } })
    const [first, second] = await shops()
    expect(first).toMatchObject({
      ...{ name: 'Madu Contoh', description: 'Madu hutan', kelurahan: '53.71.03.1011' },
      ...{ contactId: null, chatId: null, source: 'dinkop', consents: [] },
    })
    expect(first?.papers).toMatchObject([{ kind: 'nib', number: '1234567890123', state: 'claimed' }])
    expect(world.keyring.open(first?.phone ?? new Uint8Array())).toBe('6281234567801')
    expect(second).toMatchObject({ name: 'Kopi Contoh', papers: [] })
  })

  it('keeps neither a NIK nor the name of an owner, in the database or in the report', async () => {
    const { reportFile } = await importing(csv(madu, '3;;Rahasia Contoh;5399015708800013;Lasiana;Roti;;'))
    const everything = JSON.stringify(await shops(), (_, value) => (typeof value === 'bigint' ? 0 : value))
    const report = await readFile(reportFile ?? '', 'utf8')
    for (const text of [everything, report]) {
      expect(text).not.toMatch(/5399|Maria|Rahasia/)
    }
    expect(report).toContain('3,Nama Usaha,Nama kosong')
  })

  it('reads no column of NIK even where one is chosen by hand', async () => {
    const file = await world.file(csv(madu))
    const outcome = await world.importShops({
      ...{ file, source: 'dinkop', by: 'u-1', mapping: { key: 'NIK' } },
    })
    expect(outcome).toMatchObject({ type: 'unknown_layout', absent: ['NIK'] })
    expect(await names()).toEqual([])
  })

  it('sets rows aside that are numbered by a NIK, whatever the column is called', async () => {
    const list = 'id;nama usaha;kelurahan\n5399015708800011;Madu Contoh;Lasiana\nA-2;Kopi Contoh;Lasiana'
    expect(await importing(list)).toMatchObject({ accepted: 1, reasons: { 'key.nik': 1 } })
    expect(await names()).toEqual(['Kopi Contoh'])
  })

  it('changes nothing when the same list is brought again', async () => {
    await importing(csv(madu, kopi))
    const before = await shops()
    expect(await importing(csv(madu, kopi))).toMatchObject({ shops: { added: 0, changed: 0, unchanged: 2 } })
    expect(await shops()).toEqual(before)
  })

  it('changes what the list tells anew and leaves what it leaves out', async () => {
    await importing(csv(madu, kopi))
    const moved = madu.replace('Lasiana', 'Liliba').replace('081234567801', '')
    expect(await importing(csv(moved))).toMatchObject({ shops: { added: 0, changed: 1 } })
    const [first] = await shops()
    expect(first?.kelurahan).toBe('53.71.04.1010')
    expect(first?.phone).not.toBeNull()
    expect(await names()).toEqual(['Madu Contoh', 'Kopi Contoh'])
  })

  it('leaves a shop alone that has an owner', async () => {
    await importing(csv(madu))
    const contactId = '00000000-0000-4000-8000-000000000001'
    await world.database.prisma.shop.updateMany({ data: { contactId, name: 'Madu Saya' } })
    expect(await importing(csv(madu))).toMatchObject({ shops: { added: 0, changed: 0, owned: 1 } })
    expect(await names()).toEqual(['Madu Saya'])
  })

  it('keeps the same shop of another list as one of its own', async () => {
    await importing(csv(madu))
    expect(await importing(csv(madu), { source: 'saboak' })).toMatchObject({ shops: { added: 1 } })
    expect(await names()).toEqual(['Madu Contoh', 'Madu Contoh'])
  })

  it('tells two shops of one name apart by their owners, and takes a row that comes twice once', async () => {
    const list =
      'nama usaha,pemilik,kelurahan\nKios Berkat,Maria,Lasiana\nKios Berkat,Yosef,Lasiana\nKIOS BERKAT,maria,Lasiana'
    expect(await importing(list)).toMatchObject({ accepted: 2, quarantined: 1, reasons: { 'key.twice': 1 } })
  })

  it('sets aside what has no name or no kelurahan of the city, with the row and the reason', async () => {
    const report = await importing(
      csv('1;;Maria;;Lasiana;;;', '2;Roti Contoh;;;;;;', '3;Kue Contoh;;;Tarus;;;', madu),
    )
    expect(report).toMatchObject({
      accepted: 1,
      reasons: { 'name.empty': 1, 'kelurahan.empty': 1, 'kelurahan.unknown': 1 },
    })
    const lines = (await readFile(report.reportFile ?? '', 'utf8')).trim().split('\r\n').slice(1)
    expect(lines).toEqual([
      '2,Nama Usaha,Nama kosong,',
      '3,,kelurahan.empty,',
      '4,Kelurahan,kelurahan.unknown,Tarus',
    ])
  })

  it('takes a row without a number that cannot be read, and says so', async () => {
    const report = await importing(csv('1;Madu Contoh;;;Lasiana;;12-34;0380-833100', '2;Kopi;;;Lasiana;;-;'))
    expect(report).toMatchObject({ accepted: 2, notes: { 'nib.unreadable': 1, 'phone.unreadable': 1 } })
    expect((await shops()).map(({ phone }) => phone)).toEqual([null, null])
  })

  it('finds the kelurahan in an address, by its code, and refuses cells that contradict each other', async () => {
    const list = [
      'nama usaha,alamat,kode kelurahan,kelurahan,kecamatan',
      'Satu,"Jl. Contoh No. 3, RT 01/RW 02, Kel. Naikoten Satu Kec. Kota Raja",,,',
      'Dua,,5371031014,,',
      'Tiga,,,Lasiana,Oebobo',
      'Empat,,5371031014,Liliba,',
      'Lima,"Jl. Timor Raya, Oesapa",,,',
    ].join('\n')
    expect(await importing(list)).toMatchObject({ accepted: 3, reasons: { 'kelurahan.unknown': 2 } })
    expect(await names()).toEqual(['Satu', 'Dua', 'Lima'])
  })

  it('reads an XLSX file whose headings stand below a title, with columns chosen by hand', async () => {
    const content = xlsxFile([
      ['DAFTAR UMKM 2026'],
      [],
      ['Merek dagang', 'Tempat'],
      ['Tenun Contoh', 'Lasiana'],
    ])
    const mapping = { name: 'Merek dagang', kelurahan: 'Tempat' }
    expect(await importing(content, { mapping })).toMatchObject({ accepted: 1 })
    expect(await names()).toEqual(['Tenun Contoh'])
  })

  it('says which columns it needs when it knows none', async () => {
    const file = await world.file('satu,dua\n1,2\n')
    expect(await world.importShops({ file, source: 'dinkop', by: 'u-1' })).toMatchObject({
      type: 'unknown_layout',
      missing: ['name', 'kelurahan'],
    })
  })

  it('writes nothing but the report in a dry run, and tells what it would have done', async () => {
    await importing(csv(madu))
    const trail = await world.database.prisma.auditEntry.count()
    expect(await importing(csv(madu, kopi), { dryRun: true })).toMatchObject({
      shops: { added: 1, unchanged: 1 },
    })
    expect(await names()).toEqual(['Madu Contoh'])
    expect(await world.database.prisma.auditEntry.count()).toBe(trail)
  })

  it('notes an import in the trail with counts, and no name', async () => {
    await importing(csv(madu, kopi), { source: 'catatan' })
    const [entry] = await world.database.prisma.auditEntry.findMany({ where: { subject: 'catatan' } })
    expect(entry).toMatchObject({ action: 'market.import', actorId: 'u-1', outcome: 'imported' })
    expect(entry?.details).toMatchObject({ rows: 2, accepted: 2, added: 2 })
  })

  it('takes HTML and long numbers in a name as words, and masks the numbers', async () => {
    await importing(
      csv(`1;"<b>Madu</b>'); DROP TABLE shop;--";;;Lasiana;;;`, '2;"Kopi 081234567890";;;Lasiana;;;'),
    )
    expect((await names()).some((name) => name.includes('081234567890'))).toBe(false)
    expect((await names())[0]).toMatch(/^<b>Madu/)
  })

  it('brings a thousand rows', { timeout: 20_000 }, async () => {
    const rows = Array.from(
      { length: 1_000 },
      (_, index) => `${index};Usaha ${index};;;Lasiana;Roti;;08123456${1000 + index}`,
    )
    expect(await importing(csv(...rows))).toMatchObject({ accepted: 1_000, shops: { added: 1_000 } })
    expect((await readdir(world.reportsDir)).every((file) => !file.includes('Usaha'))).toBe(true)
  })
})
