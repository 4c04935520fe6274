import { describe, expect, it } from 'vitest'
import { language, now } from './the-language.ts'

const { places } = language

function outcome(text: string): unknown {
  const parsed = language.parse('kelurahan', text, { now })
  if (parsed.type === 'problem') return parsed.problem
  if (parsed.type === 'ambiguous') return parsed.candidates.map(({ label }) => label.split(' (')[0])
  return parsed.confirm === true ? [parsed.label, 'confirm'] : parsed.label
}

describe('places', () => {
  it('knows the 51 kelurahan in six kecamatan', () => {
    const counts = Map.groupBy(places.all, ({ district }) => district)
    expect(Object.fromEntries([...counts].map(([district, all]) => [district, all.length]))).toEqual({
      Alak: 12,
      Maulafa: 9,
      'Kelapa Lima': 5,
      Oebobo: 7,
      'Kota Raja': 8,
      'Kota Lama': 10,
    })
  })

  it('finds every kelurahan by its name, code and code without dots', () => {
    for (const kelurahan of places.all) {
      expect(places.byName(kelurahan.name.toUpperCase(), kelurahan.district)).toBe(kelurahan)
      expect(places.byCode(kelurahan.code)).toBe(kelurahan)
      expect(places.byCode(kelurahan.code.replaceAll('.', ''))).toBe(kelurahan)
      expect(language.parse('kelurahan', kelurahan.name, { now })).not.toMatchObject({ type: 'problem' })
    }
  })

  it.each([
    ['BATUPLAT', 'Batu Plat'],
    ['NAIKOTEN I', 'Naikoten Satu'],
    ['Naikoten  2', 'Naikoten Dua'],
    ['Bakunase II', 'Bakunase Dua'],
    ['Penkase-Oeleta', 'Penkase Oeleta'],
    ['LLBK', 'Lai Lai Bisi Kopan'],
    ['Lahilai Bissi Kopan', 'Lai Lai Bisi Kopan'],
    ['TDM', 'Tuak Daun Merah'],
    ['Kel. Oebobo', 'Oebobo'],
    ['Oesapa', 'Oesapa'],
  ])('knows %s of a spreadsheet as %s', (written, name) => {
    expect(places.byName(written)?.name).toBe(name)
  })

  it('does not guess an ambiguous or unknown name, or one of another district', () => {
    expect(places.byName('Naikoten')).toBeUndefined()
    expect(places.byName('Manulai')).toBeUndefined()
    expect(places.byName('Tarus')).toBeUndefined()
    expect(places.byName('Oebobo', 'Alak')).toBeUndefined()
  })

  it('tells Kemendagri and BPS codes apart by the table', () => {
    expect(places.readAreaCode('53.71.03')).toEqual({ system: 'kemendagri', district: 'Kelapa Lima' })
    expect(places.readAreaCode('5371030')).toEqual({ system: 'bps', district: 'Oebobo' })
    expect(places.readAreaCode('5371040012')).toEqual({ system: 'bps', district: 'Kelapa Lima' })
    expect(places.readAreaCode('5371011001')).toMatchObject({ system: 'kemendagri', district: 'Alak' })
    expect(places.readAreaCode('5371031010')).toEqual({
      system: 'either',
      district: 'Kelapa Lima',
      kelurahan: '5371031010',
      bpsDistrict: 'Kota Raja',
    })
    expect(places.readAreaCode('53.71.03.1010')).toMatchObject({
      system: 'kemendagri',
      district: 'Kelapa Lima',
    })
    expect(places.readAreaCode('5301011001')).toBeUndefined()
    expect(places.districtOfCode('5371041')).toBe('Kota Lama')
    expect(places.districtOfCode('5371031010')).toBeUndefined()
  })
})

describe('parse of a kelurahan', () => {
  it.each([
    ['liliba', 'Liliba'],
    ['kelurahan Liliba', 'Liliba'],
    ['kel. oebobo', 'Oebobo'],
    ['saya tinggal di kelurahan kayu putih', 'Kayu Putih'],
    ['beta di sikumana', 'Sikumana'],
    ['liliba kec oebobo', 'Liliba'],
    ['Kel. Naikoten 1', 'Naikoten Satu'],
    ['naikoten2', 'Naikoten Dua'],
    ['tdm', 'Tuak Daun Merah'],
    ['oesapa barat', 'Oesapa Barat'],
    ['Bakunase', 'Bakunase'],
    ['53.71.04.1010', 'Liliba'],
    ['lilba', ['Liliba', 'confirm']],
    ['sikumna', ['Sikumana', 'confirm']],
    ['pasirpanjang', 'Pasir Panjang'],
    ['kecamatan oebobo', ['Oebobo', 'confirm']],
    ['naikonten besar', ['Naikolan', 'Naikoten Satu', 'Naikoten Dua']],
    ['manulai', ['Manulai II', 'confirm']],
    ['oesapa', ['Oesapa', 'Oesapa Barat', 'Oesapa Selatan']],
    ['naikoten', ['Naikoten Satu', 'Naikoten Dua']],
    ['kota raja', 'kelurahan.district'],
    ['tarus', 'kelurahan.other_regency'],
    ['di Oelamasi', 'kelurahan.other_regency'],
    ['Manulai I', 'kelurahan.other_regency'],
    ['kabupaten kupang', 'kelurahan.other_regency'],
    ['jakarta', 'kelurahan.unknown'],
    ['5', 'kelurahan.unreadable'],
    ['', 'kelurahan.unreadable'],
  ])('reads %j', (text, expected) => {
    expect(outcome(text)).toEqual(expected)
  })

  it('gives the code, name and district with the value', () => {
    expect(language.parse('kelurahan', 'LILIBA', { now })).toEqual({
      type: 'value',
      value: '53.71.04.1010',
      label: 'Liliba',
      extra: { code: '53.71.04.1010', name: 'Liliba', district: 'Oebobo' },
    })
  })
})
