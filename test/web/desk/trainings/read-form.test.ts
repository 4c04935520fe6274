import { describe, expect, it } from 'vitest'
import { readForm } from '../../../../src/web/desk/trainings/read-form.ts'
import { writeForm } from '../../../../src/web/desk/trainings/write-form.ts'
import { march, richPlan } from './plans.ts'

const fields = writeForm(richPlan)
const without = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.some((one) => name.startsWith(one))))

describe(readForm.name, () => {
  it('reads back what was written into the form', () => {
    const { plan, problems, rows } = readForm(fields)
    expect(plan).toEqual(richPlan)
    expect(problems).toEqual([])
    expect(rows).toEqual({ sessions: [0, 1], quotas: [0, 1, 2, 3], questions: [0, 1, 2] })
  })

  it('leaves out what nobody wrote: rows of sessions with only their times, quotas and questions without anything', () => {
    const blank = {
      ...without('quotas', 'questions'),
      ...{ 'sessions.1.date': '', 'quotas.0.by': 'gender', 'quotas.0.seats': '', 'questions.0.id': 'q1' },
    }
    const { plan, rows } = readForm(blank)
    expect([plan.sessions.length, plan.quotas, plan.questions]).toEqual([1, [], []])
    expect(rows).toEqual({ sessions: [0], quotas: [], questions: [] })
  })

  it('puts sessions in the order of time, and knows in which row each stands', () => {
    const { plan, rows } = readForm({
      ...fields,
      'sessions.2.date': '2026-03-22',
      'sessions.2.from': '8',
      'sessions.2.to': '9:30',
    })
    expect(plan.sessions.map(({ startsAt }) => startsAt)).toEqual([
      march(22, '08:00'),
      march(23, '08:00'),
      march(24, '08:00'),
    ])
    expect(plan.sessions[0]!.endsAt).toEqual(march(22, '09:30'))
    expect(rows.sessions).toEqual([2, 0, 1])
  })

  it('takes a kecamatan for all that is in it', () => {
    const { plan } = readForm({ ...fields, 'domicile.53.71.01.1001': 'ya' })
    expect(plan.domicile).toEqual(richPlan.domicile)
  })

  it('takes the link to a map without what browsers hide', () => {
    expect(readForm({ ...fields, mapUrl: 'maps.example/x' }).plan.mapUrl).toBe('https://maps.example/x')
    expect(readForm({ ...fields, mapUrl: 'http://maps.example/x' }).plan.mapUrl).toBe('http://maps.example/x')
    expect(readForm({ ...fields, mapUrl: ' ' }).plan.mapUrl).toBeUndefined()
  })

  it('says at each date and time what cannot be read, a day of a session once', () => {
    const { problems, plan } = readForm({
      ...fields,
      ...{ 'opensAt.date': '', 'closesAt.time': 'sore', 'sessions.0.date': '2026-02-30' },
      ...{ 'sessions.1.from': '25', 'sessions.1.to': '' },
    })
    expect(problems.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'date opensAt.date',
      'time closesAt.time',
      'date sessions.0.date',
      'time sessions.1.from',
      'time sessions.1.to',
    ])
    expect([plan.opensAt, plan.closesAt].map((moment) => moment.getTime())).toEqual([Number.NaN, Number.NaN])
    expect(plan.sessions).toHaveLength(2)
  })

  it('makes nothing up for a figure that cannot be read', () => {
    const { plan } = readForm({ ...fields, ...{ seats: 'banyak', minAge: 'dewasa', maxAge: '', cost: '' } })
    expect([plan.seats, plan.minAge, plan.maxAge, plan.cost]).toEqual([Number.NaN, Number.NaN, undefined, 0])
  })

  it('keeps choices and leave to skip only where the kind of answer has them', () => {
    const { plan } = readForm({
      ...without('questions'),
      ...{ 'questions.0.id': 'q1', 'questions.0.text': 'Ukuran?', 'questions.0.kind': 'number' },
      ...{ 'questions.0.choices': 'Kecil\nBesar', 'questions.0.optional': 'ya' },
    })
    expect(plan.questions).toEqual([
      { id: 'q1', text: 'Ukuran?', kind: 'number', choices: [], optional: false },
    ])
  })
})
