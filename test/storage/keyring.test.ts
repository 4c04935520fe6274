import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addKey, createKeyring, loadKeyring, newKeyEntry } from '../../src/storage/keyring.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('createKeyring', () => {
  it('opens what it sealed, and seals the same text differently each time', () => {
    const keyring = createKeyring([newKeyEntry()])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const wellFormed = text.toWellFormed()
        const sealed = keyring.seal(wellFormed)
        expect(keyring.open(sealed)).toBe(wellFormed)
        expect(hex(keyring.seal(wellFormed))).not.toBe(hex(sealed))
      }),
    )
  })

  it('seals bytes as it seals a text', () => {
    const keyring = createKeyring([newKeyEntry()])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const sealed = keyring.sealBytes(bytes)
        expect(hex(keyring.openBytes(sealed))).toBe(hex(bytes))
        expect(keyring.keyIdOf(sealed)).toBe(keyring.currentId)
      }),
    )
    expect(keyring.open(keyring.sealBytes(Buffer.from('Warga Contoh')))).toBe('Warga Contoh')
  })

  it('never uses a nonce twice', () => {
    const keyring = createKeyring([newKeyEntry()])
    const nonces = Array.from({ length: 2_000 }, () => hex(keyring.seal('x').subarray(8, 20)))
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  it('refuses bytes that were changed', () => {
    const keyring = createKeyring([newKeyEntry()])
    const sealed = keyring.seal('Warga Contoh')
    for (const at of [9, 21, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed)
      changed[at]! ^= 1
      expect(() => keyring.open(changed)).toThrow()
    }
    expect(() => keyring.open(new Uint8Array(3))).toThrow()
  })

  it('hashes by label and key', () => {
    const [one, two] = [newKeyEntry(), newKeyEntry()]
    const both = createKeyring([two, one])
    const old = createKeyring([one])
    expect(hex(both.hash('nik', 'x', old.currentId))).toBe(hex(old.hash('nik', 'x')))
    expect(hex(both.hash('nik', 'x'))).not.toBe(hex(old.hash('nik', 'x')))
    expect(hex(old.hash('code', 'x'))).not.toBe(hex(old.hash('nik', 'x')))
  })

  it('still opens what an older key sealed', () => {
    const [one, two] = [newKeyEntry(), newKeyEntry()]
    const sealed = createKeyring([one]).seal('lama')
    expect(createKeyring([two, one]).open(sealed)).toBe('lama')
    expect(() => createKeyring([two]).open(sealed)).toThrow('has no key')
  })

  it.each(['', 'short', 'abcdefgh:zz', 'ABCDEFGH:'])('refuses the entry %j without quoting it', (entry) => {
    expect(() => createKeyring([entry])).toThrow(/^key 1 is not "id:secret"$/)
  })
})

describe('loadKeyring', () => {
  it('makes one key for all that start at once, readable by its owner only', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-keys-'))
    const file = path.join(folder, 'deep', 'keys')
    const rings = await Promise.all([1, 2, 3, 4].map(() => loadKeyring(file)))
    expect(new Set(rings.map(({ currentId }) => currentId)).size).toBe(1)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const next = await addKey(file)
    expect(next.ids).toEqual([next.currentId, rings[0]!.currentId])
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2)
    const sealed = next.seal('baru')
    expect(rings[1]!.open(sealed)).toBe('baru')
    expect(hex(rings[1]!.hash('nik', 'x', next.currentId))).toBe(hex(next.hash('nik', 'x')))
    expect(rings[1]!.ids).toContain(next.currentId)
    await rm(folder, { recursive: true })
  })
})
