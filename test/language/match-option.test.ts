import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { language } from './the-language.ts'

const menu = [
  'Cek status bantuan',
  'Pelatihan kerja',
  'Belanja produk UMKM',
  'Jual produk saya',
  'Bicara dengan petugas',
]

function chosen(text: string, labels: readonly string[] = menu): unknown {
  const match = language.matchOption(text, labels)
  if (match.type === 'one') return labels[match.index]
  return match.type === 'several' ? match.indexes : 'none'
}

describe('matchOption', () => {
  it.each([
    ['Cek status bantuan', menu[0]],
    ['cek status', menu[0]],
    ['status bantuan', menu[0]],
    ['PELATIHAN', menu[1]],
    ['pltihan', menu[1]],
    ['saya mau pelatihan', menu[1]],
    ['belanja', menu[2]],
    ['blnja', menu[2]],
    ['jual', menu[3]],
    ['petugas', menu[4]],
    ['ptgas', menu[4]],
    ['mo omong deng petugas', menu[4]],
    ['yang kedua', menu[1]],
    ['nomor 3', menu[2]],
    ['no. 5', menu[4]],
    ['produk', [2, 3]],
    ['bukan pelatihan', 'none'],
    ['sonde mau pelatihan', 'none'],
    ['cuaca', 'none'],
    ['nomor 9', 'none'],
    ['', 'none'],
  ])('finds what %j names', (text, expected) => {
    expect(chosen(text)).toEqual(expected)
  })

  it('tells labels apart that differ by a number or a direction', () => {
    const labels = ['Oesapa', 'Oesapa Barat', 'Oesapa Selatan']
    expect(chosen('oesapa', labels)).toBe('Oesapa')
    expect(chosen('oesapa barat', labels)).toBe('Oesapa Barat')
    expect(chosen('barat', labels)).toBe('Oesapa Barat')
  })

  it('never takes one real word for another', () => {
    expect(chosen('bahan', ['Batal', 'Lanjut'])).toBe('none')
    expect(chosen('datar', ['Daftar', 'Lihat'])).toBe('none')
    expect(chosen('dual', ['Jual', 'Beli'])).toBe('none')
  })

  it('finds every label by its own text', () => {
    const label = fc.stringMatching(/^[A-Z][a-z]{3,9}( [a-z]{2,9}){0,3}$/)
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 1, maxLength: 9 }), fc.nat(), (labels, at) => {
        const index = at % labels.length
        const match = language.matchOption(labels[index]!, labels)
        const twins = labels.filter((one) => one.toLowerCase() === labels[index]?.toLowerCase())
        if (twins.length === 1) expect(match).toEqual({ type: 'one', index })
      }),
    )
  })
})
