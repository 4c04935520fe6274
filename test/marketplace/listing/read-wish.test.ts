import { describe, expect, it } from 'vitest'
import { matchProducts } from '../../../src/marketplace/listing/match-products.ts'
import { clausesOf, readWish } from '../../../src/marketplace/listing/read-wish.ts'
import { language } from '../../language/the-language.ts'
import { listing, monday } from './listing-world.ts'

const products = ['Abon ikan tuna', 'Madu hutan Timor', "Se'i sapi", 'Kopi 250 gr', 'Jagung bose'].map(
  (name) => ({ name }),
)
const read = (sentence: string) =>
  readWish(sentence, { language, reading: listing.reading, products, now: monday })
const meant = (sentence: string) => {
  const wish = read(sentence)
  return wish && { what: wish.what, names: matchProducts(wish.target, products).map(({ name }) => name) }
}

describe('readWish', () => {
  it.each([
    ['stok madu habis', 'sold_out', 'Madu hutan Timor'],
    ['madu su abis', 'sold_out', 'Madu hutan Timor'],
    ['stok madu kosong', 'sold_out', 'Madu hutan Timor'],
    ['madu kosong', 'sold_out', 'Madu hutan Timor'],
    ['mdu hutan hbis', 'sold_out', 'Madu hutan Timor'],
    ['abon sonde ada', 'sold_out', 'Abon ikan tuna'],
    ['madu ada lagi', 'back', 'Madu hutan Timor'],
    ['madu redi lagi', 'back', 'Madu hutan Timor'],
    ['sembunyikan madu', 'hide', 'Madu hutan Timor'],
    ['tolong sembunyikn abon', 'hide', 'Abon ikan tuna'],
    ['hapus madu', 'hide', 'Madu hutan Timor'],
    ['hilangkan madu dari katalog', 'hide', 'Madu hutan Timor'],
    ['copot kopi', 'hide', 'Kopi 250 gr'],
    ['tampilkan se i', 'show', "Se'i sapi"],
    ['sei masih ada', 'confirm', "Se'i sapi"],
    ['madu belum habis', 'confirm', 'Madu hutan Timor'],
    ['harga abon 35rb', 'price', 'Abon ikan tuna'],
    ['hrg abonn tuna 35rb', 'price', 'Abon ikan tuna'],
    ['naikkan harga abon jadi 35rb', 'price', 'Abon ikan tuna'],
    ['ubah harga jagung bose', 'price', 'Jagung bose'],
  ])('reads "%s"', (sentence, what, name) => expect(meant(sentence)).toEqual({ what, names: [name] }))

  it.each([
    ['harga abon 35rb', 35_000, undefined],
    ['harga abon jadi Rp 35.000,-', 35_000, undefined],
    ['harga abon 1 jt 500 rb', 1_500_000, undefined],
    ['harga kopi 250 gr 35rb', 35_000, undefined],
    ['harga abon tiga puluh lima ribu', 35_000, undefined],
    ['naikkan harga abon 5rb', 5_000, 'raise'],
    ['naikkan harga abon jadi 35rb', 35_000, undefined],
    ['turunkan harga abon 5rb', 5_000, 'lower'],
    ['harga abon', undefined, undefined],
  ])('finds the amount in "%s"', (sentence, amount, by) =>
    expect(read(sentence)).toMatchObject({ amount, by }),
  )

  it('names no product where none is named', () => {
    expect(read('stok habis')).toMatchObject({ what: 'sold_out', target: [] })
    expect(read('stok kosong')).toMatchObject({ what: 'sold_out', target: [] })
    expect(read('masih semua')).toMatchObject({ what: 'confirm', all: true, target: [] })
  })

  it.each(['selamat pagi', 'apa kabar', 'jangan sembunyikan madu'])('asks for nothing in "%s"', (sentence) =>
    expect(read(sentence)).toBeUndefined(),
  )
})

describe('matchProducts', () => {
  it('takes the one that is called just so, and all that fit as well', () => {
    const some = ['Abon', 'Abon ikan', 'Abon sapi'].map((name) => ({ name }))
    expect(matchProducts(['abon'], some)).toEqual([{ name: 'Abon' }])
    expect(matchProducts(['abon'], some.slice(1))).toHaveLength(2)
    expect(matchProducts(['rendang'], some)).toEqual([])
  })
})

describe('clausesOf', () => {
  it('parts what is said of several products', () => {
    expect(clausesOf('madu habis, abon masih tapi 1.500 tidak', listing.reading)).toEqual([
      'madu habis',
      'abon masih',
      '1.500 tidak',
    ])
  })
})
