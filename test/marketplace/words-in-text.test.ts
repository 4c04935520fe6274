import { describe, expect, it } from 'vitest'
import { contactsIn, forbiddenIn } from '../../src/marketplace/words-in-text.ts'
import { market } from './listing/listing-world.ts'

describe('contactsIn', () => {
  it.each([
    'hubungi 081234567890',
    'wa 0812-3456-7890',
    '+62 812 3456 7890',
    'o812 3456 789o',
    'nol delapan satu dua tiga empat lima enam tujuh delapan',
    'telp (0380) 833100',
    'https://contoh.id/x',
    'lihat www.contoh',
    'wa.me/628123456789',
    'ig @dapur_contoh',
    'contoh@surel.com',
    '@7rasa_kupang',
    'kantor 380833100',
  ])('finds one in "%s"', (text) => expect(contactsIn(text)).not.toEqual([]))

  it.each([
    'isi 500 ml, Rp 1.250.000',
    'Rp 8.500.000 - 9.000.000',
    'kopi @ 250 gr',
    'kopi @250gr, @ 35rb',
    'tahan 12 bulan, 2 kg',
    'no. 1 di Kupang',
    'ukuran 200 x 100 cm',
  ])('finds none in "%s"', (text) => expect(contactsIn(text)).toEqual([]))
})

describe('forbiddenIn', () => {
  it.each([
    'sopi',
    'SOPI Rote',
    'rokok kretek',
    'jual anggur merah',
    's0pi asli',
    's0p1 lama',
    'obatnya manjur',
  ])('finds forbidden goods in "%s"', (text) => expect(forbiddenIn(text, market)).not.toEqual([]))

  it.each([
    "se'i sapi",
    'se i babi',
    'Tas tembakauan',
    'arakan pengantin',
    'birama',
    'sopir cadangan',
    'anggur',
  ])('finds none in "%s"', (text) => expect(forbiddenIn(text, market)).toEqual([]))
})
