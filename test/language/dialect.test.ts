import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { language, sentences, sources } from './the-language.ts'

const kupang = [
  'beta mo daftar pelatihan jahit',
  'kaka, beta pung mama dapa bansos ko?',
  'sonde ada kabar lai',
  'katong di Sikumana balom dapa beras',
  'lu tau sapa yang jaga kantor camat?',
  'beta su kirim itu surat kamaren',
  'karmana cara ambe uang PKH',
  'barapa lama beta musti tunggu',
  'mo tanya, kursus las su mulai ko balom',
  'dong bilang beta pung nama su hilang',
  'son bisa pi kantor hari ini',
  'kanapa beta sonde tarima pesan',
  'su dapa, makasih bapa',
  'besong buka jam barapa',
  'jang lupa kasi tau beta e',
  'beta deng maitua mo iko pelatihan',
  'balom su',
  'ini kelas masi ada tampat ko',
  'botong mau usul nama tetangga',
  'dia pung rumah batingkat ma dapa bantuan',
  'mo dapat kabar umkm',
  'sonde',
]
const indonesian = [
  'saya mau daftar pelatihan menjahit',
  'Selamat siang, apakah nama ibu saya terdaftar?',
  'belum ada kabar dari kantor',
  'bagaimana cara mengambil uang PKH',
  'sy sdh kirim surat kemarin tp blm dibalas',
  'kenapa saya tidak menerima pesan',
  'kami di RT 5 belum pernah dapat beras',
  'jangan lupa kabari saya ya pak',
  'berapa lama harus menunggu hasil seleksi',
  'mohon bantuannya untuk cek data anak saya',
  'gmn caranya ikut kursus komputer',
  'apakah kelasnya masih ada tempat?',
  'dia punya rumah bertingkat tetapi dapat bantuan',
  'tdk bisa datang hari ini',
  'nama saya sudah hilang dari daftar',
  'tolong kabari kalau ada bantuan untuk lansia',
  'gak jadi ikut, anak sakit, mohon maaf',
  'saya dan istri ingin ikut pelatihan',
]
const untold = [
  ...[
    '',
    ' ',
    '12',
    '17-08-1980',
    '0812 3456 7890',
    'menu',
    'daftar 12',
    'ya',
    'tidak',
    'mo',
    'su',
    'stop',
    '👍',
  ],
  ...[
    'Lasiana',
    'Oebobo',
    'Maria Goreti Bana',
    'Yohanes',
    'kabar',
    'cek bansos',
    'pelatihan',
    'selamat pagi',
    'terima kasih',
  ],
  ...[
    'nona',
    'mama',
    'tarus',
    'kk',
    'siang kak',
    'jadwal pelatihan bulan ini',
    'SMA',
    '1998',
    'Fontein',
    'Kayu Putih',
  ],
]

describe('dialectOf', () => {
  it.each(kupang)('takes %j for Kupang Malay', (text) => expect(language.dialectOf(text)).toBe('kupang'))

  it.each(indonesian)('takes %j for Indonesian', (text) => expect(language.dialectOf(text)).toBe('indonesia'))

  it.each(untold)('does not tell of %j', (text) => expect(language.dialectOf(text)).toBeUndefined())

  it('tells of the example inquiries, Kupang Malay wherever one of its own words is', () => {
    const own = /\b(?:beta|katong|sonde|dapa|mo|lia|tarima|karmana|sapa sa)\b/i
    for (const { text } of sentences('inquiries.tsv')) {
      const told = language.dialectOf(text)
      if (own.test(text)) expect([text, told]).toEqual([text, 'kupang'])
      else if (/\b(?:saya|sy|mau|tidak|berapa|bagaimana)\b/i.test(text))
        expect([text, told]).not.toEqual([text, undefined])
    }
  })

  it('never throws, and always tells the same', () => {
    const word = fc.constantFrom(
      ...sources.kupangMalay.split(/\s+/),
      ...sources.abbreviations.split(/\s+/),
      '__proto__',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(word, { maxLength: 100 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (any) => {
        const told = language.dialectOf(any)
        expect(['kupang', 'indonesia', undefined]).toContain(told)
        expect(language.dialectOf(any)).toBe(told)
      }),
      { numRuns: 300 },
    )
  })

  it('is not held up by a text of any length', () => {
    const long = 'beta sonde tau '.repeat(100_000)
    const before = performance.now()
    expect(language.dialectOf(long)).toBe('kupang')
    expect(performance.now() - before).toBeLessThan(100)
  })
})
