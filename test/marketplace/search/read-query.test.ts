import { describe, expect, it } from 'vitest'
import type { ProductQuery } from '../../../src/marketplace/search/search.ts'
import { search } from './the-search.ts'

const liliba = '53.71.04.1010'
const oebufu = '53.71.04.1009'
const oebobo = '53.71.04.1001'

/** What is understood, without what is not said. */
function understood(sentence: string): Partial<ProductQuery> {
  return Object.fromEntries(
    Object.entries(search.understand(sentence)).filter(([, value]) => value !== undefined),
  )
}

describe('understand', () => {
  it.each<[string, Partial<ProductQuery>]>([
    ["ada jual se'i babi 1 kg antar ke Liliba", { words: "se'i babi", near: liliba }],
    [
      'oleh-oleh tahan lama di bawah 100rb tanpa babi',
      { words: 'oleh-oleh tahan lama', maxPrice: 100_000, withoutPork: true },
    ],
    ['abon', { words: 'abon' }],
    ['beta mo cari kripik pisang', { words: 'kripik pisang' }],
    ['Permisi kak, ada yang jual madu asli ko?', { words: 'madu' }],
    ['di mana beli oleh-oleh', { words: 'oleh-oleh' }],
    ['', { words: '' }],
    ['   ', { words: '' }],
    ['ada apa saja', { words: '' }],
    ['🙂🙂', { words: '' }],
  ])('reads %j', (sentence, query) => {
    expect(understood(sentence)).toEqual(query)
  })

  it.each<[string, Partial<ProductQuery>]>([
    ['abon maks 50 ribu', { maxPrice: 50_000 }],
    ['abon maksimal Rp 50.000', { maxPrice: 50_000 }],
    ['abon di bawah 100rb', { maxPrice: 100_000 }],
    ['abon dibawah 100', { maxPrice: 100_000 }],
    ['abon <50rb', { maxPrice: 50_000 }],
    ['abon kurang dari 1,5 jt', { maxPrice: 1_500_000 }],
    ['abon tidak lebih dari lima puluh ribu', { maxPrice: 50_000 }],
    ['abon 50rb ke bawah', { maxPrice: 50_000 }],
    ['abon budget 75k', { maxPrice: 75_000 }],
    ['abon 35rb', { maxPrice: 35_000 }],
    ['abon 35000', { maxPrice: 35_000 }],
    ['abon 20-30rb', { minPrice: 20_000, maxPrice: 30_000 }],
    ['abon 20rb-30rb', { minPrice: 20_000, maxPrice: 30_000 }],
    ['abon antara 20 dan 30 ribu', { minPrice: 20_000, maxPrice: 30_000 }],
    ['abon 20rb sampai 1 jt', { minPrice: 20_000, maxPrice: 1_000_000 }],
    ['abon di atas 50rb', { minPrice: 50_000 }],
    ['abon minimal 50rb', { minPrice: 50_000 }],
    ['abon >50rb', { minPrice: 50_000 }],
    ['abon 50rb ke atas', { minPrice: 50_000 }],
    ['abon tidak kurang dari 50rb', { minPrice: 50_000 }],
    ['abon di atas 20rb di bawah 50rb', { minPrice: 20_000, maxPrice: 50_000 }],
    ['abon 20 ribuan', { minPrice: 20_000, maxPrice: 29_999 }],
    ['abon 35rb-an', { minPrice: 35_000, maxPrice: 35_999 }],
    ['abon 1 jt 500 rb', { maxPrice: 1_500_000 }],
  ])('reads the price of %j', (sentence, bounds) => {
    expect(understood(sentence)).toEqual({ words: 'abon', ...bounds })
  })

  it.each([
    'abon 1 kg',
    'abon 2 bungkus',
    'abon setengah kilo',
    'abon sekilo',
    'abon 500 gr',
    'abon dua botol',
    'abon untuk 50 orang',
    'abon minimal 2 kg',
  ])('takes the amount in %j for no price and no word', (sentence) => {
    expect(understood(sentence)).toEqual({ words: 'abon' })
  })

  it.each<[string, Partial<ProductQuery>]>([
    ['abon antar ke Liliba', { near: liliba }],
    ['abon antar ke lilba', { near: liliba }],
    ['abon dekat Oebufu', { near: oebufu }],
    ['abon kirim ke oebufu', { near: oebufu }],
    ['abon di kelurahan Liliba', { kelurahan: liliba }],
    ['abon di Liliba', { kelurahan: liliba }],
    ['abon di kel. Oebobo', { kelurahan: oebobo }],
    ['abon di kecamatan Oebobo', { district: 'Oebobo', near: oebobo }],
    ['abon di Oebobo', { district: 'Oebobo', near: oebobo }],
    ['abon di kec kota raja', { district: 'Kota Raja' }],
    ['abon di TDM', { kelurahan: '53.71.04.1014' }],
    ['abon di Naikoten', { district: 'Kota Raja', near: '53.71.05.1004' }],
  ])('reads the place of %j', (sentence, place) => {
    expect(understood(sentence)).toEqual({ words: 'abon', ...place })
  })

  it('keeps a place that stands alone among the words, as goods are named for places too', () => {
    expect(understood('kopi liliba')).toEqual({ words: 'kopi liliba', near: liliba })
  })

  it.each<[string, Partial<ProductQuery>]>([
    ['abon tanpa babi', { withoutPork: true }],
    ['abon non babi', { withoutPork: true }],
    ['abon jang yang babi', { withoutPork: true }],
    ['abon sonde pake babi', { withoutPork: true }],
    ['abon yang tidak mengandung babi', { withoutPork: true }],
    ['abon bukan daging babi', { withoutPork: true }],
    ['abon halal', { onlyCertified: true }],
    ['abon bersertifikat halal', { onlyCertified: true }],
    ['abon yang ready', { onlyInStock: true }],
    ['abon stok ada', { onlyInStock: true }],
  ])('reads the wish of %j', (sentence, wish) => {
    expect(understood(sentence)).toEqual({ words: 'abon', ...wish })
  })

  it('takes what is not halal for pork, and pork alone for a word', () => {
    expect(understood("se'i non halal")).toEqual({ words: "se'i babi" })
    expect(understood("se'i babi")).toEqual({ words: "se'i babi" })
  })

  it('takes words for a whole category for the category', () => {
    expect(understood('kerajinan di kec maulafa')).toEqual({
      words: '',
      category: 'kerajinan',
      district: 'Maulafa',
      near: '53.71.02.1002',
    })
    expect(understood('ada minuman apa saja')).toEqual({ words: '', category: 'minuman' })
    expect(understood('minuman jahe')).toEqual({ words: 'minuman jahe' })
  })

  it('bears any sentence', () => {
    const odd = [
      '\u0000',
      '\ud800',
      "'; DROP TABLE product;--",
      'a'.repeat(50_000),
      '1 '.repeat(5_000),
      'rb '.repeat(500),
    ]
    for (const sentence of odd) expect(typeof search.understand(sentence).words).toBe('string')
    expect(search.understand(`${'tolong '.repeat(20)}abon`).words).toBe('abon')
  })
})
