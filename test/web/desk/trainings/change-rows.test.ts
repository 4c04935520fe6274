import { beforeAll, describe, expect, it } from 'vitest'
import { changeRows, numbered } from '../../../../src/web/desk/trainings/change-rows.ts'
import { mostRows, rowsOf } from '../../../../src/web/desk/trainings/form-fields.ts'
import type { TrainingTexts } from '../../../../src/web/desk/trainings/training-texts.ts'
import { writeForm } from '../../../../src/web/desk/trainings/write-form.ts'
import { richPlan } from './plans.ts'
import { readTrainingGround } from './training-pages-world.ts'

let texts: TrainingTexts
beforeAll(async () => {
  texts = (await readTrainingGround()).texts
})

const fields = writeForm(richPlan)
const change = (step: string, more: Readonly<Record<string, string>> = {}) =>
  changeRows(texts, { ...fields, ...more }, step)!

describe(changeRows.name, () => {
  it('adds a session at the times of the one before, and keeps all others', () => {
    const { fields: after, focus } = change('add.sessions', { 'sessions.1.from': '9', 'sessions.1.to': 'x' })
    expect(rowsOf(after, 'sessions')[2]).toEqual({ date: '', from: '9', to: 'x' })
    expect([rowsOf(after, 'sessions').length, focus]).toEqual([3, 'sessions.2'])
    expect(rowsOf(after, 'quotas')).toEqual(rowsOf(fields, 'quotas'))
  })

  it('adds a quota of the kind that is chosen, and a question whose id was never used', () => {
    expect(rowsOf(change('add.quotas', { newQuota: 'desil' }).fields, 'quotas')[4]).toEqual({
      by: 'desil',
      seats: '',
    })
    expect(rowsOf(change('add.questions').fields, 'questions')[3]).toMatchObject({ id: 'q8', kind: 'text' })
  })

  it('takes a row away and moves the others up; the last session leaves an empty one', () => {
    const once = change('remove.sessions.0')
    expect(rowsOf(once.fields, 'sessions').map(({ date }) => date)).toEqual(['2026-03-24'])
    expect(once.focus).toBe('sessions')
    const twice = changeRows(texts, once.fields, 'remove.sessions.0')!
    expect(rowsOf(twice.fields, 'sessions')).toEqual([
      { date: '', from: texts.defaults.session_from, to: texts.defaults.session_to },
    ])
    expect(rowsOf(change('remove.quotas.1').fields, 'quotas').map(({ by }) => by)).toEqual([
      'gender',
      'kelurahan',
      'desil',
    ])
  })

  it('writes sessions that come again, below those that are there and instead of empty rows', () => {
    const repeat = {
      ...{
        'sessions.1.date': '',
        'repeat.date': '2026-03-30',
        'repeat.weekday.1': 'ya',
        'repeat.weekday.4': 'ya',
      },
      ...{ 'repeat.from': '13', 'repeat.to': '15:30', 'repeat.count': '4' },
    }
    const { fields: after, problems, note } = change('repeat', repeat)
    expect(problems).toEqual([])
    expect(rowsOf(after, 'sessions').slice(1)).toEqual(
      ['2026-03-30', '2026-04-02', '2026-04-06', '2026-04-09'].map((date) => ({
        date,
        from: '13.00',
        to: '15.30',
      })),
    )
    expect(note).toContain('4')
    expect(Object.keys(after).filter((name) => name.startsWith('repeat.'))).toEqual([])
  })

  it('says everything that is wrong with what should come again, and keeps it', () => {
    const asked = { 'repeat.from': 'pagi', 'repeat.count': '0' }
    const { fields: after, problems } = change('repeat', asked)
    expect(problems.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'date repeat.date',
      'weekdays repeat.weekday',
      'time repeat.from',
      'time repeat.to',
      'count repeat.count',
    ])
    expect(after).toMatchObject(asked)
  })

  it('takes no more sessions than a form holds', () => {
    const many = Object.fromEntries(
      Array.from({ length: mostRows }, (_, row) => [`sessions.${row}.date`, '2026-04-01']),
    )
    const repeat = {
      'repeat.date': '2026-05-01',
      'repeat.weekday.1': 'ya',
      'repeat.from': '8',
      'repeat.to': '9',
      'repeat.count': '2',
    }
    const { problems } = change('repeat', { ...many, ...repeat })
    expect(problems).toMatchObject([{ code: 'too_many', details: { most: mostRows, left: 0 } }])
    expect(rowsOf(change('add.sessions', many).fields, 'sessions')).toHaveLength(mostRows)
  })

  it('is nothing for the button that saves, or one that is none of the form', () => {
    for (const step of ['save', '', 'add.pets', 'remove', 'sessions']) {
      expect(changeRows(texts, fields, step)).toBeUndefined()
    }
  })
})

describe(numbered.name, () => {
  it('closes gaps between rows', () => {
    const gaps = { 'sessions.3.date': '2026-03-01', 'sessions.12.date': '2026-03-02', title: 'x' }
    expect(numbered(gaps)).toEqual({
      'sessions.0.date': '2026-03-01',
      'sessions.1.date': '2026-03-02',
      title: 'x',
    })
  })
})
