import { describe, expect, it } from 'vitest'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { mayBeSame, personHashes } from '../../src/training/person.ts'

const ring = createKeyring([newKeyEntry(), newKeyEntry()])
const hashOf = (name: string, birth = '1998-08-17', kelurahan = '53.71.04.1001') =>
  Buffer.from(personHashes(ring, { name, birth, kelurahan })[0]).toString('hex')

describe('personHashes', () => {
  it.each(['warga contoh  satu', 'WARGA CONTOH SATU', ' Warga. Contoh-Satu ', 'Warga, Contoh Satu.'])(
    'takes %j for the same person, by year alone as well',
    (name) => {
      expect(hashOf(name)).toBe(hashOf('Warga Contoh Satu'))
      expect(hashOf(name, '1998')).toBe(hashOf('Warga Contoh Satu'))
    },
  )

  it('tells people apart by name, year and kelurahan', () => {
    const all = [
      hashOf('Warga Contoh Satu'),
      hashOf('Warga Contoh Dua'),
      hashOf('Warga Contoh Satu', '1999'),
      hashOf('Warga Contoh Satu', '1998', '53.71.04.1008'),
    ]
    expect(new Set(all).size).toBe(4)
  })

  it('gives a hash by each key', () => {
    expect(personHashes(ring, { name: 'A', birth: '1998', kelurahan: 'x' })).toHaveLength(2)
  })
})

describe('mayBeSame', () => {
  it.each([
    ['1998-08-17', '1998-08-17', true],
    ['1998-08-17', '1998-08-18', false],
    ['1998', '1998-08-18', true],
    ['1998', '1999', false],
  ])('%s and %s: %s', (one, other, same) => expect(mayBeSame(one, other)).toBe(same))
})
