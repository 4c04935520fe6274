import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agesOf, judgeEligibility } from '../../../src/training/seats/eligibility.ts'
import { refusalText } from '../../../src/training/seats/refusal-text.ts'
import { readWords } from './seats-parts.ts'
import { monday } from './seats-world.ts'

const open = { minAge: undefined, maxAge: undefined, minEducation: undefined, domicile: [] }
const person = { forWhom: 'self', birth: '1998-08-17', kelurahan: '53.71.02.1001', education: 'sma' } as const

/** What a course with these rules says to a person, on 7 December 2026. */
const judge = (rules: Partial<Parameters<typeof judgeEligibility>[0]>, more: object = {}) =>
  judgeEligibility({ ...open, ...rules }, { ...person, ...more }, monday)

describe('judgeEligibility', () => {
  it('lets anybody in where there is no rule', () => {
    expect(judge({})).toEqual({ type: 'fits' })
    expect(judge({}, { birth: '1998' })).toEqual({ type: 'fits' })
  })

  it('counts the age on the day of registration', () => {
    const minAge = { type: 'refused', rule: 'min_age', limit: 20 }
    expect(judge({ minAge: 20 }, { birth: '2006-12-07' })).toEqual({ type: 'fits' })
    expect(judge({ minAge: 20 }, { birth: '2006-12-08' })).toEqual(minAge)
    const maxAge = { type: 'refused', rule: 'max_age', limit: 35 }
    expect(judge({ maxAge: 35 }, { birth: '1990-12-08' })).toEqual({ type: 'fits' })
    expect(judge({ maxAge: 35 }, { birth: '1990-12-07' })).toEqual(maxAge)
  })

  it('takes the day in Kupang for it, which begins before that of Greenwich', () => {
    const lateSunday = new Date('2026-12-06T20:00:00Z')
    const born = { ...person, birth: '2006-12-07' }
    expect(judgeEligibility({ ...open, minAge: 20 }, born, lateSunday)).toEqual({ type: 'fits' })
  })

  it('asks for the date only where the year leaves a limit open', () => {
    expect(judge({ minAge: 20 }, { birth: '2006' })).toEqual({ type: 'need_date' })
    expect(judge({ minAge: 20 }, { birth: '2005' })).toEqual({ type: 'fits' })
    expect(judge({ minAge: 20 }, { birth: '2007' })).toMatchObject({ rule: 'min_age' })
    expect(judge({ maxAge: 35 }, { birth: '1990' })).toEqual({ type: 'need_date' })
    expect(judge({ maxAge: 35 }, { birth: '1991' })).toEqual({ type: 'fits' })
    expect(judge({ maxAge: 35 }, { birth: '1989' })).toMatchObject({ rule: 'max_age' })
    expect(judge({}, { birth: '2009' })).toEqual({ type: 'need_date' })
  })

  it('tells at once of a rule that refuses whatever the date is', () => {
    const rules = { minAge: 20, domicile: ['53.71.06'] }
    expect(judge(rules, { birth: '2006' })).toMatchObject({ rule: 'domicile' })
  })

  it('asks for the date again where it is none, or is in the future', () => {
    for (const birth of ['', 'agustus', '98', '2027', '2026-12-08', '1850-01-01'])
      expect(judge({}, { birth })).toEqual({ type: 'need_date' })
  })

  it('leaves those under 17 to somebody who registers them', () => {
    const young = { birth: '2010-01-01' }
    expect(judge({}, young)).toEqual({ type: 'refused', rule: 'guardian' })
    expect(judge({}, { ...young, forWhom: 'other' })).toEqual({ type: 'fits' })
    expect(judge({}, { birth: '2009-12-07' })).toEqual({ type: 'fits' })
    expect(judge({ minAge: 20 }, young)).toMatchObject({ rule: 'min_age' })
  })

  it('orders what somebody learnt', () => {
    const rules = { minEducation: 'smp' } as const
    for (const education of ['smp', 'sma', 'diploma', 's1'])
      expect(judge(rules, { education })).toEqual({ type: 'fits' })
    for (const education of ['none', 'sd'])
      expect(judge(rules, { education })).toEqual({ type: 'refused', rule: 'min_education', limit: 'smp' })
  })

  it('takes a kelurahan by its own code or by that of its kecamatan', () => {
    expect(judge({ domicile: ['53.71.02.1001'] })).toEqual({ type: 'fits' })
    expect(judge({ domicile: ['53.71.06', '53.71.02'] })).toEqual({ type: 'fits' })
    const domicile = ['53.71.02.1002', '53.71.06']
    expect(judge({ domicile })).toEqual({ type: 'refused', rule: 'domicile', limit: domicile })
    expect(judge({ domicile: ['53.71.0'] })).toMatchObject({ type: 'refused' })
  })

  it('never says of a year what a date in it contradicts', () => {
    const dates = fc.date({ min: new Date('1950-01-01Z'), max: new Date('2020-12-31Z'), noInvalidDate: true })
    const ages = fc.option(fc.integer({ min: 10, max: 60 }), { nil: undefined })
    fc.assert(
      fc.property(dates, ages, ages, (date, minAge, maxAge) => {
        const birth = date.toISOString().slice(0, 10)
        const byDate = judge({ minAge, maxAge }, { birth })
        const byYear = judge({ minAge, maxAge }, { birth: birth.slice(0, 4) })
        expect(byDate.type).not.toBe('need_date')
        if (byYear.type !== 'need_date') expect(byYear.type).toBe(byDate.type)
      }),
    )
  })
})

describe('agesOf', () => {
  it('has no birthday on 29 February in other years until 1 March', () => {
    expect(agesOf('2008-02-29', new Date('2026-02-28T12:00:00+08:00'))?.oldest).toBe(17)
    expect(agesOf('2008-02-29', new Date('2026-03-01T12:00:00+08:00'))?.oldest).toBe(18)
  })
})

describe('refusalText', () => {
  it('says which rule it is, with its limit', async () => {
    const words = await readWords()
    const deps = { words: () => words, placeName: (code: string) => `Kelurahan ${code}` }
    const text = (rule: Parameters<typeof refusalText>[1]) => refusalText(deps, rule)
    expect(text({ type: 'refused', rule: 'min_age', limit: 19 })).toContain('19')
    expect(text({ type: 'refused', rule: 'max_age', limit: 35 })).toContain('35')
    expect(text({ type: 'refused', rule: 'min_education', limit: 'smp' })).toContain(words.educations.smp)
    expect(text({ type: 'refused', rule: 'domicile', limit: ['1', '2'] })).toContain(
      'Kelurahan 1, Kelurahan 2',
    )
    expect(text({ type: 'refused', rule: 'guardian' })).toBe(words.rules.guardian)
  })
})
