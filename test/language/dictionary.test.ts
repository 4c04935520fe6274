import { describe, expect, it } from 'vitest'
import { createDictionary } from '../../src/language/dictionary.ts'
import { readIntents } from '../../src/language/intents.ts'
import { normalise } from '../../src/language/normalise.ts'
import { readWordTables } from '../../src/language/word-tables.ts'
import { sources } from './the-language.ts'

const problems: string[] = []
const intents = readIntents(sources.intents, problems)
const dictionary = createDictionary(readWordTables(sources, problems), intents)

function roots(text: string): string {
  return dictionary
    .read(normalise(text).tokens)
    .map(({ root }) => root)
    .join(' ')
}

describe('createDictionary', () => {
  it.each([
    ['beta pung nama', 'saya punya nama'],
    ['dong su dapa', 'mereka sudah dapat'],
    ['cek dong', 'cek'],
    ['tolong dong data', 'tolong data'],
    ['dapa ko sonde', 'dapat atau tidak'],
    ['b mo iko', 'saya mau ikut'],
    ['sapa sa', 'siapa saja'],
    ['25k', '25 ribu'],
    ['nomor kk saya', 'nomor kartu keluarga saya'],
    ['makasih kk', 'makasih'],
    ['bu petugas', 'petugas'],
    ['tar usa', 'tidak usah'],
    ['menyanggah', 'sanggah'],
    ['memasarkan', 'pasarkan'],
    ['daftarin', 'daftar'],
    ['pendaftaran', 'pendaftaran'],
    ['baomong', 'bicara'],
    ['cekbansos', 'cek bansos'],
    ['maudaftar', 'mau daftar'],
    ['b4nsos', 'bansos'],
    ['p3latihan', 'pelatihan'],
    ['inf0', 'info'],
    ['pltihan', 'pelatihan'],
    ['pelatiham', 'pelatihan'],
    ['sakarang', 'sekarang'],
    ['parna', 'pernah'],
  ])('reads %j as %j', (text, expected) => {
    expect(roots(text)).toBe(expected)
  })

  it.each(['bahan', 'datar', 'dual', 'laut', 'batas', 'bahas', 'pkg', 'sopi'])(
    'leaves %j as it is',
    (word) => {
      expect(roots(word)).toBe(word)
    },
  )

  it('never loses a denial', () => {
    for (const word of ['sonde', 'son', 'snde', 'tdk', 'gak', 'nggak', 'tidak']) {
      expect(roots(`${word} mau`)).toBe('tidak mau')
    }
    expect(roots('jang kirim')).toBe('jangan kirim')
  })
})
