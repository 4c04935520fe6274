import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyring, newKeyEntry } from '../../../src/storage/keyring.ts'
import { classCode, isAttendanceTaken, isClassCode } from '../../../src/training/attendance/class-code.ts'

const entry = newKeyEntry()
const secrets = createKeyring([entry])
const minutes = (count: number) => new Date(Date.UTC(2026, 2, 5, 1, 0) + count * 60_000)
const window = 180_000

describe('classCode', () => {
  it('is six digits that change every three minutes, and differ between sessions', () => {
    const codes = Array.from({ length: 200 }, (_, n) => classCode(secrets, 7n, minutes(3 * n)).code)
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
    expect(new Set(codes).size).toBeGreaterThan(195)
    expect(classCode(secrets, 7n, minutes(0)).code).toBe(classCode(secrets, 7n, minutes(2.99)).code)
    expect(classCode(secrets, 8n, minutes(0)).code).not.toBe(classCode(secrets, 7n, minutes(0)).code)
  })

  it('is what RFC 4226 makes of a hash', () => {
    const hash = createHmac('sha1', '12345678901234567890')
      .update(Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]))
      .digest()
    const known = { hash: () => new Uint8Array(hash), ids: ['one'] }
    expect(classCode(known, 1n, minutes(0)).code).toBe('287082')
  })

  it('tells when there is another', () => {
    const at = minutes(4)
    const { validUntil } = classCode(secrets, 7n, at)
    expect(validUntil).toEqual(minutes(6))
    expect(classCode(secrets, 7n, validUntil).code).not.toBe(classCode(secrets, 7n, at).code)
  })
})

describe('isClassCode', () => {
  it('takes a code as long as it is shown, and exactly three minutes more', () => {
    const { code, validUntil } = classCode(secrets, 7n, minutes(0))
    const end = validUntil.getTime() + window
    for (const at of [minutes(0).getTime(), validUntil.getTime() - 1, validUntil.getTime(), end - 1]) {
      expect(isClassCode(secrets, 7n, code, new Date(at))).toBe(true)
    }
    expect(isClassCode(secrets, 7n, code, new Date(end))).toBe(false)
    expect(isClassCode(secrets, 7n, code, new Date(minutes(0).getTime() - 1))).toBe(false)
  })

  it('takes none of another session, another city, or another length', () => {
    const { code } = classCode(secrets, 7n, minutes(0))
    expect(isClassCode(secrets, 8n, code, minutes(0))).toBe(false)
    expect(isClassCode(createKeyring([newKeyEntry()]), 7n, code, minutes(0))).toBe(false)
    for (const other of ['', code.slice(1), `${code}0`, `${code} `]) {
      expect(isClassCode(secrets, 7n, other, minutes(0))).toBe(false)
    }
  })

  it('takes one that is shown by the key before', () => {
    const { code } = classCode(secrets, 7n, minutes(0))
    const both = createKeyring([newKeyEntry(), entry])
    expect(classCode(both, 7n, minutes(0)).code).not.toBe(code)
    expect(isClassCode(both, 7n, code, minutes(0))).toBe(true)
  })
})

describe('isAttendanceTaken', () => {
  it('is so from an hour before a session to an hour after it', () => {
    const session = { startsAt: minutes(0), endsAt: minutes(180) }
    const at = [-61, -60, 0, 239, 240].map((minute) => isAttendanceTaken(session, minutes(minute)))
    expect(at).toEqual([false, true, true, true, false])
  })
})
