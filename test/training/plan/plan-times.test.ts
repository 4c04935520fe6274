import { describe, expect, it } from 'vitest'
import { parseDay, parseMoment, readMoment, writeMoment } from '../../../src/training/plan/plan-times.ts'

describe('parseMoment', () => {
  it.each([
    ['2026-12-01', '08.00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01', '08:05', '2026-12-01T00:05:00.000Z'],
    ['1-12-2026', '7.30', '2026-11-30T23:30:00.000Z'],
    [' 01/12/2026 ', ' 23:59 ', '2026-12-01T15:59:00.000Z'],
    ['2028-02-29', '00.00', '2028-02-28T16:00:00.000Z'],
  ])('reads %s and %s in the time of Kupang', (day, clock, iso) => {
    expect(parseMoment(day, clock)?.toISOString()).toBe(iso)
  })

  it.each([
    ['2026-02-29', '08.00'],
    ['31-04-2026', '08.00'],
    ['2026-13-01', '08.00'],
    ['0000-01-01', '08.00'],
    ['besok', '08.00'],
    ['', ''],
    ['2026-12-01', '24.00'],
    ['2026-12-01', '08.60'],
    ['2026-12-01', '0800'],
    ['2026-12-01', '8'],
    ['2026-12-01', 'pagi'],
  ])('takes %j and %j for nothing', (day, clock) => expect(parseMoment(day, clock)).toBeUndefined())
})

describe('readMoment', () => {
  it.each([
    ['2026-12-01 08.00', '2026-12-01T00:00:00.000Z'],
    ['1/12/2026  08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00+08:00', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T08:00:30.5Z', '2026-12-01T08:00:30.500Z'],
  ])('reads %s', (text, iso) => expect(readMoment(text)?.toISOString()).toBe(iso))

  it.each(['2026-12-01', '2026-12-01T08:00', '2026-12-01 08.00 09.00', '2026-12-41T08:00Z', 'nanti'])(
    'takes %j for nothing',
    (text) => expect(readMoment(text)).toBeUndefined(),
  )
})

describe('parseDay', () => {
  it('is the midnight with which the day begins in Kupang', () => {
    expect(parseDay('2026-12-01')?.toISOString()).toBe('2026-11-30T16:00:00.000Z')
    expect(parseDay('2026-06-31')).toBeUndefined()
  })
})

describe('writeMoment', () => {
  it('writes what parseMoment reads', () => {
    const moment = new Date('2026-12-31T16:05:00Z')
    const { day, clock } = writeMoment(moment)
    expect([day, clock]).toEqual(['2027-01-01', '00.05'])
    expect(parseMoment(day, clock)).toEqual(moment)
  })
})
