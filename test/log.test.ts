import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLogger, maskLongNumbers } from '../src/log.ts'

describe('maskLongNumbers', () => {
  it.each([
    ['NIK 5399010101800001 salah', 'NIK # salah'],
    ['5399 0101 0180 0001', '#'],
    ['53.99.01.010180.0001', '#'],
    ['0812-3456-7890', '#'],
    ['2026-11-25T02:20:39.000Z', '2026-11-25T02:20:39.000Z'],
    ['port 3000, 15 rows', 'port 3000, 15 rows'],
  ])('writes %j as %j', (text, masked) => expect(maskLongNumbers(text)).toBe(masked))

  it('leaves no 16 digits in a row, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^\d{16}$/), fc.string(), (before, nik, after) => {
        expect(maskLongNumbers(`${before}${nik}${after}`)).not.toMatch(/\d{16}/)
      }),
    )
  })
})

describe('createLogger', () => {
  it('masks in messages, fields and errors alike', () => {
    const lines: string[] = []
    const log = createLogger('info', { write: (line) => lines.push(line) })
    log.error({ err: new Error('no 5399010101800001'), nik: '5399010101800002' }, 'about 5399010101800003')
    expect(lines.join('')).not.toMatch(/\d{9}/)
    expect(JSON.parse(lines[0]!).time).toMatch(/^\d{4}-\d{2}-\d{2}T/)
    log.info({ key: 947474811234, escaped: '"5399010101800004"' }, 'a number of its own')
    expect(JSON.parse(lines[1]!)).toMatchObject({ key: '#', escaped: '"#"' })
  })

  it('tells of an error what it is, and of what it came, but not what it carries', () => {
    const lines: string[] = []
    const log = createLogger('info', { write: (line) => lines.push(line) })
    const cause = Object.assign(new Error('terminating connection'), {
      code: '57P01',
      client: { secretKey: 1 },
    })
    log.error({ err: new Error('it broke', { cause }) }, 'broken')
    expect(JSON.parse(lines[0]!).err).toMatchObject({ message: 'it broke', cause: { code: '57P01' } })
    expect(lines[0]).not.toContain('secretKey')
  })
})
