import { describe, expect, it } from 'vitest'
import {
  certificateNumber,
  isCertificateNumber,
  isCertificateToken,
  newCertificateToken,
  printCertificate,
} from '../../../src/training/certificates/certificate.ts'

const at = (iso: string) => new Date(`2026-${iso}+08:00`)
const session = (from: string, to: string) => ({
  ...{ id: 1n, startsAt: at(from), endsAt: at(to), title: undefined, place: undefined },
})

describe('certificateNumber', () => {
  it('tells the year in Kupang and the row', () => {
    expect(certificateNumber(123n, at('03-05T09:00'))).toBe('PL-2026-000123')
    expect(certificateNumber(1_234_567n, at('12-31T23:59'))).toBe('PL-2026-1234567')
    expect(certificateNumber(7n, new Date('2026-12-31T16:00:00Z'))).toBe('PL-2027-000007')
  })
})

describe('isCertificateNumber', () => {
  it('takes what certificateNumber makes, and nothing else', () => {
    for (const id of [1n, 123n, 1_234_567n])
      expect(isCertificateNumber(certificateNumber(id, at('03-05T09:00')))).toBe(true)
    for (const text of ['', 'PL-2026-1', 'pl-2026-000001', ' PL-2026-000001', 'PL-2026-000001\u0000']) {
      expect(isCertificateNumber(text)).toBe(false)
    }
  })
})

describe('printCertificate', () => {
  it('tells the days in Kupang and the hours of all sessions', () => {
    const sessions = [session('03-05T07:30', '03-05T10:00'), session('03-06T07:30', '03-06T08:40')]
    const course = { title: 'Barista', sessions, startsAt: at('03-05T07:30'), endsAt: at('03-06T08:40') }
    const given = {
      name: 'Ama Contoh',
      office: 'Dinas',
      number: 'PL-2026-000001',
      issuedAt: at('03-07T00:10'),
    }
    expect(printCertificate(course, given)).toEqual({
      ...{ name: 'Ama Contoh', office: 'Dinas', number: 'PL-2026-000001', course: 'Barista', hours: 3.7 },
      ...{ startsOn: '2026-03-05', endsOn: '2026-03-06', issuedOn: '2026-03-07' },
    })
  })
})

describe('newCertificateToken', () => {
  it('makes tokens that need no escaping, and never the same', () => {
    const tokens = Array.from({ length: 500 }, newCertificateToken)
    for (const token of tokens)
      expect([isCertificateToken(token), encodeURIComponent(token)]).toEqual([true, token])
    expect(new Set(tokens).size).toBe(500)
  })
})

describe('isCertificateToken', () => {
  it('takes nothing else', () => {
    for (const text of ['', 'a'.repeat(23), 'a'.repeat(25), `${'a'.repeat(23)}%`, `${'a'.repeat(24)}\n`]) {
      expect(isCertificateToken(text)).toBe(false)
    }
  })
})
