import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { may, type StaffRole, staffRoles } from '../../src/staff/officer.ts'
import { type AttemptCount, attemptLimits, countAttempt } from '../../src/staff/sign-in/attempt-limit.ts'
import { newBackupCodes, newFirstPassword, parseBackupCode } from '../../src/staff/sign-in/backup-code.ts'
import { clientNetwork } from '../../src/staff/sign-in/client-address.ts'
import { deviceOf } from '../../src/staff/sign-in/device.ts'
import { parseLogin } from '../../src/staff/sign-in/login.ts'
import { weaknessOf } from '../../src/staff/sign-in/password-rules.ts'

describe('weaknessOf', () => {
  const login = 'maria.bria'
  it.each([
    ['sebelas kat', 'too_short'],
    ['kata yang lama', 'same'],
    ['password1234', 'common'],
    ['Kupang2026!!', 'common'],
    ['KotaKupang-2026', 'common'],
    ['admin-admin-admin', 'common'],
    ['Maria.Bria2026', 'common'],
    ['123456789012', 'common'],
    ['202611272026', 'common'],
    ['qwertyuiopas', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['!!!!????1234', 'common'],
  ])('refuses %j', (password, why) => {
    expect(weaknessOf(password, { login, not: 'kata yang lama' })).toBe(why)
  })

  it('takes a sentence, and every first password that it gives itself', () => {
    expect(weaknessOf('tali jemuran di kebun', { login })).toBeUndefined()
    for (let time = 0; time < 200; time++) expect(weaknessOf(newFirstPassword(), { login })).toBeUndefined()
  })
})

describe('countAttempt', () => {
  const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)

  it('never lets more attempts through between two locks than are allowed, nor locks for more than four hours', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 })
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 6 }), (minutes, most) => {
        let now = new Date('2026-11-27T00:00:00Z')
        let count: AttemptCount | undefined
        let row = 0
        for (const wait of minutes) {
          now = later(now, wait)
          const counted = countAttempt(count, { most, slidesOver: undefined }, now)
          if (counted.type === 'locked') {
            expect(counted.until > now && counted.until <= later(now, 240)).toBe(true)
            continue
          }
          row = count?.lockedUntil === undefined ? row + 1 : 1
          expect(row).toBeLessThanOrEqual(most)
          count = counted.count
        }
      }),
    )
  })

  it('forgets after a day', () => {
    const lastAt = new Date('2026-11-27T00:00:00Z')
    const before = { failures: 4, locks: 3, lockedUntil: undefined, lastAt }
    const counted = countAttempt(before, attemptLimits.login, later(lastAt, 1441))
    expect(counted).toMatchObject({ count: { failures: 1, locks: 0, lockedUntil: undefined } })
  })

  /** Attempts that all fail, so many minutes after one another. */
  const failing = (minutes: readonly number[]) => {
    let now = new Date('2026-11-27T00:00:00Z')
    let count: AttemptCount | undefined
    return minutes.map((wait) => {
      now = later(now, wait)
      const counted = countAttempt(count, attemptLimits.address, now)
      if (counted.type === 'locked') return 'locked'
      count = counted.count
      const { lockedUntil } = count
      return lockedUntil !== undefined && lockedUntil > now ? lockedUntil.getTime() - now.getTime() : 'free'
    })
  }

  it('never locks a network out whose failures are no more than half of what an hour takes', () => {
    const gaps = fc.array(fc.integer({ min: 4, max: 90 }), { maxLength: 300 })
    fc.assert(
      fc.property(gaps, (minutes) => {
        expect(failing([0, ...minutes])).not.toContain('locked')
      }),
    )
  })

  it('locks a network at the thirtieth failure in a row, and for longer soon after', () => {
    const [first, second] = [Array(30).fill(0), [15, ...Array(29).fill(0)]]
    expect(failing(first).at(-1)).toBe(15 * 60_000)
    expect(failing([...first, ...second]).at(-1)).toBe(30 * 60_000)
    expect(failing([...first, 75, ...Array(29).fill(0)]).at(-1)).toBe(15 * 60_000)
  })
})

describe('clientNetwork', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:7::1', '2001:db8:0:7'],
    ['2001:0DB8:0000:0007:1:2:3:4', '2001:db8:0:7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['unsinn', 'unknown'],
    ['', 'unknown'],
  ])('reads %j as %s', (told, network) => {
    expect(clientNetwork(new Headers({ 'x-forwarded-for': told }))).toBe(network)
  })
})

describe('deviceOf', () => {
  it('names browser and system, and keeps nothing else', () => {
    const safari =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604.1'
    expect(deviceOf(safari)).toBe('Safari · iOS')
    expect(deviceOf('Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0 Mobile Safari/537.36')).toBe(
      'Chrome · Android',
    )
    expect(deviceOf('<script>')).toBe('? · ?')
  })
})

describe('parseBackupCode', () => {
  it('reads every code that was given, however it is typed, and nothing else', () => {
    const codes = newBackupCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(parseBackupCode(` ${code.toUpperCase().replace('-', '  ')}`)).toBe(code)
    for (const text of ['', '123456', 'abcde-abcd', 'abcde-abcde-a'])
      expect(parseBackupCode(text)).toBeUndefined()
  })
})

describe('parseLogin', () => {
  it('takes small letters, digits, and dots or hyphens between', () => {
    expect(parseLogin(' Maria.B-2 ')).toBe('maria.b-2')
    for (const text of ['a', 'a..b', '-ab', 'ab.', 'a b', 'a@b', 'é1', 'x'.repeat(33)]) {
      expect([text, parseLogin(text)]).toEqual([text, undefined])
    }
  })
})

describe('may', () => {
  it('lets an auditor read the trail and nothing else, and an admin everything', () => {
    const permitted = (role: StaffRole) =>
      (
        ['tickets', 'lists', 'claim_codes', 'content', 'alarms', 'channels', 'staff', 'trail'] as const
      ).filter((permission) => may({ roles: [role] }, permission))
    expect(permitted('auditor')).toEqual(['trail'])
    expect(permitted('admin')).toHaveLength(8)
    for (const role of staffRoles) if (role !== 'admin') expect(permitted(role)).not.toContain('staff')
  })
})
