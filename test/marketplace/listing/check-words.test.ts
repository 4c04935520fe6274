import { describe, expect, it } from 'vitest'
import {
  checkDescription,
  checkName,
  forbiddenIn,
  holdsContact,
  namesPork,
} from '../../../src/marketplace/listing/check-words.ts'
import { listing, market } from './listing-world.ts'

const words = { market, listing }

describe('checkName', () => {
  it('takes HTML and SQL for text', () => {
    const name = `<b>Abon</b> '; DROP TABLE x; --`
    expect(checkName(name, words)).toEqual({ type: 'fine', text: name })
  })

  it('tidies what is written over several lines', () => {
    expect(checkName('  Abon\n ikan  tuna ', words)).toEqual({ type: 'fine', text: 'Abon ikan tuna' })
  })

  it.each(['', '123', '!!', 'a'.repeat(61), 'Sopi Rote', 'abon 0812 3456 7890'])('refuses "%s"', (name) => {
    expect(checkName(name, words).type).toBe('refused')
  })
})

describe('checkDescription', () => {
  it('takes an empty one, and refuses one of more than 300 letters', () => {
    expect(checkDescription(' ', words)).toEqual({ type: 'fine', text: '' })
    expect(checkDescription('kata '.repeat(61), words).type).toBe('refused')
  })
})

describe('holdsContact', () => {
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
  ])('finds one in "%s"', (text) => expect(holdsContact(text)).toBe(true))

  it.each([
    'isi 500 ml, Rp 1.250.000',
    'Rp 8.500.000 - 9.000.000',
    'kopi @ 250 gr',
    'tahan 12 bulan, 2 kg',
    'no. 1 di Kupang',
    'ukuran 200 x 100 cm',
  ])('finds none in "%s"', (text) => expect(holdsContact(text)).toBe(false))
})

describe('forbiddenIn', () => {
  it.each(['sopi', 'SOPI Rote', 'rokok kretek', 'jual anggur merah', 's0pi asli', 'obatnya manjur'])(
    'finds forbidden goods in "%s"',
    (text) => expect(forbiddenIn(text, market)).toBeDefined(),
  )

  it.each([
    "se'i sapi",
    'se i babi',
    'Tas tembakauan',
    'arakan pengantin',
    'birama',
    'sopir cadangan',
    'anggur',
  ])('finds none in "%s"', (text) => expect(forbiddenIn(text, market)).toBeUndefined())
})

describe('namesPork', () => {
  it.each(["Se'i babi", 'sate BABI', 'babinya enak'])('is told by "%s"', (name) => {
    expect(namesPork(name, words)).toBe(true)
  })

  it.each(["Se'i sapi", 'Abon tanpa babi', 'Sosis bukan babi', 'babibu'])('is not told by "%s"', (name) => {
    expect(namesPork(name, words)).toBe(false)
  })
})
