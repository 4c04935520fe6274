import { describe, expect, it } from 'vitest'
import { readLayout } from '../../src/assistance/layout.ts'

const programmes = [
  { code: 'pkh', headings: [] },
  { code: 'bpnt', headings: ['bnpt'] },
  { code: 'pbi_jk', headings: ['pbi_nas', 'pbi_pemda'] },
]
const rows = (...heads: string[][]) => heads.map((cells, at) => ({ number: at + 1, cells }))

describe('readLayout', () => {
  it.each([
    [
      'P3KE keluarga',
      'no,id_keluarga_P3KE,kecamatan,desa_kelurahan,kode_kemdagri,kepala_keluarga,nik,tanggal_lahir,penerima_pkh',
      { nik: 6, household: 1, name: 5 },
    ],
    [
      'P3KE individu',
      'id_keluarga_p3ke,desa_kelurahan,id_individu,nama,nik,tanggal_lahir,bnpt',
      { nik: 4, household: 0, name: 3 },
    ],
    [
      'a DTSEN extract',
      'nomor_kartu_keluarga,nomor_induk_kependudukan,nama_desa_kelurahan,pbi_nas,pbi_pemda',
      { nik: 1, family_card: 0, kelurahan: 2 },
    ],
    [
      'other spellings',
      'ID Keluarga;NO. NIK;Nama Lengkap;Desa'.replaceAll(';', ','),
      { household: 0, nik: 1, name: 2, kelurahan: 3 },
    ],
  ])('knows %s', (_, head, columns) => {
    const reading = readLayout(rows(head.split(',')), programmes)
    expect(reading).toMatchObject({ type: 'layout', layout: { headingRow: 1, columns } })
  })

  it('finds the headings below a title', () => {
    const reading = readLayout(rows(['DATA P3KE'], ['nik', 'id_keluarga', 'desa']), programmes)
    expect(reading).toMatchObject({ type: 'layout', layout: { headingRow: 2 } })
  })

  it('takes several columns for one programme, and none that the file lacks', () => {
    const reading = readLayout(
      rows(['nik', 'no_kk', 'desa', 'pbi_nas', 'pbi_pemda', 'penerima_pkh']),
      programmes,
    )
    expect([...reading.layout.programmes]).toEqual([
      ['pkh', [5]],
      ['pbi_jk', [3, 4]],
    ])
  })

  it('says what is missing', () => {
    const reading = readLayout(rows(['nomor identitas', 'nama']), programmes)
    expect(reading).toMatchObject({ type: 'unknown', missing: ['nik', 'household', 'kelurahan'] })
  })

  it('obeys a mapping, and says which of its headings the file lacks', () => {
    const head = rows(['Identitas', 'no_kk', 'desa', 'Dapat PKH?'])
    const mapping = { columns: { nik: 'identitas' }, programmes: { pkh: 'dapat pkh' } }
    expect(readLayout(head, programmes, mapping)).toMatchObject({
      type: 'layout',
      layout: { columns: { nik: 0 } },
    })
    const wrong = { columns: { nik: 'NIK' }, programmes: {} }
    expect(readLayout(head, programmes, wrong)).toMatchObject({ type: 'unknown', absent: ['NIK'] })
  })
})
