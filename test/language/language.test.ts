import { describe, expect, it } from 'vitest'
import { createLanguage } from '../../src/language/language.ts'
import { sources } from './the-language.ts'

describe('createLanguage', () => {
  it('lists everything that is wrong with the tables at once', () => {
    const broken = {
      ...sources,
      kelurahan: `${sources.kelurahan}53.01.01.1001,Tarus,Kupang Tengah\n`,
      kelurahanAliases: `${sources.kelurahanAliases}53.71.99.1001,Nowhere,Mana,test\n`,
      abbreviations: 'kosong\tisi\n',
      lexicon: 'kata tanpa kelompok\n',
      intents: `concepts: { a: [a] }
intents:
  satu: { examples: [x], cues: { "b + a": 1 } }
  dua: { examples: [x], destructive: true }`,
    }
    const complaint = complaintOf(() => createLanguage(broken))
    for (const part of [
      'kelurahan.csv: "53.01.01.1001"',
      'unknown kecamatan "Kupang Tengah"',
      'unknown code 53.71.99.1001',
      'singkatan.tsv: the column short',
      'lexicon.txt: line 1',
      'names no concept "b"',
      '"x" is an example of both satu and dua',
      'dua: destructive',
      'the intent "other" is missing',
    ]) {
      expect(complaint).toContain(part)
    }
  })

  it('names a duplicate intent and a value of the wrong kind', () => {
    const twice = sources.intents.replace('\n  usul:\n', '\n  cek_bansos:\n')
    expect(complaintOf(() => createLanguage({ ...sources, intents: twice }))).toContain('intents.yaml')
    const wrong = sources.intents.replace('destructive: true', 'destructive: perhaps')
    expect(complaintOf(() => createLanguage({ ...sources, intents: wrong }))).toContain(
      'batal_pelatihan.destructive',
    )
  })

  it('knows the sixteen intents', () => {
    expect(createLanguage(sources).intents.toSorted()).toEqual(
      (
        'batal_pelatihan berhenti bicara_petugas cari_produk cek_bansos daftar_pelatihan hapus_data ' +
        'jadwal_pelatihan jam_layanan jual_produk other pengaduan promosi sanggah syarat_pkh usul'
      ).split(' '),
    )
  })
})

function complaintOf(build: () => unknown): string {
  try {
    build()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}
