import { describe, expect, it } from 'vitest'
import {
  costText,
  domicileText,
  placeText,
  requirementLines,
  scheduleText,
  shortDay,
} from '../../../src/training/browse/course-text.ts'
import type { CoursePlan } from '../../../src/training/course.ts'
import { language } from '../../language/the-language.ts'
import { at, meeting, plan, texts, words } from './browse-world.ts'

const everyDay = (first: number, count: number, skipped: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) => first + index)
    .filter((day) => !skipped.includes(day))
    .map((day) => meeting(new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10)))

describe('scheduleText', () => {
  const told = (sessions: CoursePlan['sessions']) => scheduleText(sessions, texts)

  it('tells the day and the times of a single session', () => {
    expect(told([meeting('2026-01-12')])).toBe('Senin, 12 Januari 2026 pukul 09.00 sampai 15.00 WITA')
  })

  it('tells several on one day as one', () => {
    const sessions = [meeting('2026-01-12', '09:00', '12:00'), meeting('2026-01-12', '13:00', '16:30')]
    expect(told(sessions)).toBe('Senin, 12 Januari 2026 pukul 09.00 sampai 16.30 WITA')
  })

  it('tells the first day, the last day, how often, and times that are the same', () => {
    expect(told(everyDay(12, 5))).toBe('12 sampai 16 Januari 2026, 5 kali, pukul 09.00 sampai 15.00 WITA')
    expect(told(everyDay(12, 26, [17, 18, 24, 25, 31, 32]))).toBe(
      '12 Januari sampai 6 Februari 2026, 20 kali, pukul 09.00 sampai 15.00 WITA',
    )
    expect(told([...everyDay(-1, 4)])).toContain('30 Desember 2025 sampai 2 Januari 2026')
  })

  it('tells the days of the week of a course that meets on each of them', () => {
    const weekly = [3, 4, 10, 11, 17, 18].flatMap((day) => everyDay(day, 1))
    expect(told(weekly)).toBe(
      '3 sampai 18 Januari 2026, tiap Sabtu dan Minggu, 6 kali, pukul 09.00 sampai 15.00 WITA',
    )
    const interrupted = weekly.toSpliced(2, 1)
    expect(told(interrupted)).toBe('3 sampai 18 Januari 2026, 5 kali, pukul 09.00 sampai 15.00 WITA')
  })

  it('tells only when it begins where the times differ', () => {
    const sessions = [meeting('2026-01-12', '09:00', '12:00'), meeting('2026-01-14', '13:00', '15:00')]
    expect(told(sessions)).toBe('12 sampai 14 Januari 2026, 2 kali, mulai Senin pukul 09.00 WITA')
    const weekly = [meeting('2026-01-12', '09:00', '12:00'), meeting('2026-01-19', '13:00', '15:00')]
    expect(told(weekly)).toBe('12 sampai 19 Januari 2026, tiap Senin, 2 kali, mulai pukul 09.00 WITA')
  })

  it('counts days in the time of Kupang', () => {
    const late = {
      ...meeting('2026-01-12'),
      startsAt: at('2026-01-12 00:30'),
      endsAt: at('2026-01-12 02:00'),
    }
    expect(told([late])).toBe('Senin, 12 Januari 2026 pukul 00.30 sampai 02.00 WITA')
  })
})

describe('shortDay', () => {
  it('leaves a year out that stands beside it', () => {
    expect(shortDay(at('2026-01-05 08:00'), at('2026-01-12 09:00'))).toBe('5 Januari')
    expect(shortDay(at('2025-12-29 08:00'), at('2026-01-12 09:00'))).toBe('29 Desember 2025')
  })
})

describe('placeText', () => {
  const told = (change: Partial<CoursePlan>) => placeText(plan(change), texts, language.places)

  it('names the kelurahan unless the place does, and puts the link on a line of its own', () => {
    expect(told({ place: 'Aula' })).toBe('Aula, Kelurahan Oesapa')
    expect(told({ place: 'Kantor Lurah OESAPA' })).toBe('Kantor Lurah OESAPA')
    expect(told({ place: 'Aula', kelurahan: undefined, mapUrl: 'https://peta.example/1' })).toBe(
      'Aula\nhttps://peta.example/1',
    )
  })
})

describe('costText', () => {
  it('says free, or the amount', () => {
    expect(costText({ cost: 0 }, words)).toBe('Gratis')
    expect(costText({ cost: 50_000 }, words)).toBe('Rp50.000')
  })
})

describe('requirementLines', () => {
  const told = (change: Partial<CoursePlan>) => requirementLines(plan(change), texts, words, language.places)

  it('says the rules in words, then the own lines of the course', () => {
    const rules = { minAge: 17, maxAge: 40, minEducation: 'smp' as const, domicile: ['53.71.03'] }
    expect(told({ ...rules, requirements: 'Bawa KTP\n\n- Bawa mesin sendiri \n• Sehat' })).toEqual([
      '• Usia 17 sampai 40 tahun',
      '• Lulusan paling rendah SMP atau sederajat',
      '• Warga Kecamatan Kelapa Lima',
      '• Bawa KTP',
      '• Bawa mesin sendiri',
      '• Sehat',
    ])
  })

  it('says one end of the ages alone, and nothing of schooling that nobody lacks', () => {
    expect(told({ minAge: 17, minEducation: 'none' })).toEqual([
      '• Usia paling muda 17 tahun',
      '• Warga Kota Kupang',
    ])
    expect(told({ maxAge: 35 })[0]).toBe('• Usia paling tua 35 tahun')
  })
})

describe('domicileText', () => {
  it('names kecamatan and kelurahan', () => {
    const told = (...codes: string[]) => domicileText(codes, texts.requirements, language.places)
    expect(told()).toBe('Kota Kupang')
    expect(told('53.71.03.1010')).toBe('Kelurahan Oesapa')
    expect(told('53.71.03.1010', '53.71.03.1011', '53.71.01')).toBe(
      'Kecamatan Alak dan Kelurahan Oesapa dan Lasiana',
    )
    expect(told('53.71.01', '53.71.02', '53.71.03')).toBe('Kecamatan Alak, Maulafa dan Kelapa Lima')
  })
})
