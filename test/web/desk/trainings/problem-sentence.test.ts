import { beforeAll, describe, expect, it } from 'vitest'
import type { CoursePlan } from '../../../../src/training/course.ts'
import { checkPlan } from '../../../../src/training/plan/check-plan.ts'
import { courseProblems } from '../../../../src/training/plan/course-problem.ts'
import { placeProblem } from '../../../../src/web/desk/trainings/form-problem.ts'
import { problemSentence } from '../../../../src/web/desk/trainings/problem-sentence.ts'
import { createMemoryTrainingWorld, type MemoryTrainingWorld } from './memory-training-world.ts'
import { march, now, richPlan } from './plans.ts'

let world: MemoryTrainingWorld
beforeAll(() => {
  world = createMemoryTrainingWorld()
})

const question = {
  id: 'q1',
  text: 'Ukuran?',
  kind: 'choice',
  choices: ['Kecil', 'Besar'],
  optional: false,
} as const
const session = {
  startsAt: march(23, '08:00'),
  endsAt: march(23, '14:00'),
  title: undefined,
  place: undefined,
}
const gender = { by: 'gender', values: ['female'], seats: 1 } as const

/** Everything wrong that an officer can write, with where it stands in the form. */
const wrong: readonly (readonly [Partial<CoursePlan>, string])[] = [
  [{ title: '' }, 'title'],
  [{ title: 'a'.repeat(500) }, 'title'],
  [{ subject: 'memancing' }, 'subject'],
  [{ office: '' }, 'office'],
  [{ place: '' }, 'place'],
  [{ mapUrl: 'http://maps.example' }, 'mapUrl'],
  [{ kelurahan: '53.71.99.1001' }, 'kelurahan'],
  [{ cost: Number.NaN }, 'cost'],
  [{ contact: '' }, 'contact'],
  [{ minAge: 3 }, 'minAge'],
  [{ maxAge: Number.NaN }, 'maxAge'],
  [{ minAge: 50, maxAge: 40 }, 'maxAge'],
  [{ domicile: ['53.01.01'] }, 'domicile'],
  [{ seats: Number.NaN }, 'seats'],
  [{ seats: 0 }, 'seats'],
  [{ quotas: [{ ...gender, seats: Number.NaN }] }, 'quotas.0.seats'],
  [{ quotas: [{ ...gender, values: [] }] }, 'quotas.0.values'],
  [{ quotas: [gender, { ...gender, seats: 99 }] }, 'quotas.1.seats'],
  [{ quotas: [gender, gender] }, 'quotas.1.values'],
  [{ quotas: [{ ...gender, values: ['unknown'] }] }, 'quotas.0.values'],
  [{ quotas: [{ by: 'kelurahan', values: ['53.71.99.1'], seats: 1 }] }, 'quotas.0.values'],
  [{ opensAt: march(21, '08:00') }, 'closesAt.date'],
  [{ opensAt: new Date(Number.NaN) }, 'opensAt.date'],
  [{ opensAt: march(1, '08:00') }, 'opensAt.date'],
  [{ closesAt: march(30, '08:00') }, 'closesAt.date'],
  [{ sessions: [] }, 'sessions'],
  [{ sessions: [{ ...session, endsAt: session.startsAt }] }, 'sessions.0.from'],
  [{ sessions: [{ ...session, startsAt: march(2, '08:00'), endsAt: march(2, '09:00') }] }, 'sessions.0.date'],
  [{ sessions: [session, { ...session, startsAt: march(23, '13:00') }] }, 'sessions.1.from'],
  [{ questions: [{ ...question, text: '' }] }, 'questions.0.text'],
  [{ questions: [{ ...question, id: '' }] }, 'questions.0.text'],
  [{ questions: [{ ...question, choices: ['Satu'] }] }, 'questions.0.choices'],
  [{ questions: [{ ...question, choices: ['Besar', 'Besaar'] }] }, 'questions.0.choices'],
  [{ questions: [{ ...question, choices: ['1', 'Besar'] }] }, 'questions.0.choices'],
  [{ questions: [{ ...question, text: 'NIK Bapak/Ibu?' }] }, 'questions.0.text'],
  [{ questions: Array.from({ length: 30 }, (_, index) => ({ ...question, id: `q${index}` })) }, 'questions'],
  [{ offerHours: 0 }, 'offerHours'],
  [{ minAttendance: 101 }, 'minAttendance'],
]

const rows = { sessions: [0, 1, 2], quotas: [0, 1, 2, 3], questions: [0, 1, 2] }
const problemsOf = (part: Partial<CoursePlan>) =>
  checkPlan(
    { ...richPlan, quotas: [], ...part },
    {
      subjects: world.ground.words.subjects,
      offices: world.ground.offices,
      language: world.ground.language,
      now,
    },
  )

describe(problemSentence.name, () => {
  it.each(wrong)('says what to do about %j, at %s', (part, place) => {
    const problems = problemsOf(part).map((problem) => placeProblem(problem, rows))
    expect(problems.map(({ at }) => at)).toContain(place)
    for (const problem of problems) {
      const sentence = problemSentence(world.deps, problem)
      expect(sentence).not.toMatch(/\{\{|undefined|NaN/)
      expect(sentence).toMatch(/[.!]$|: /)
    }
  })

  it('has words for every problem that there is, and needs nothing but what is told with it', () => {
    const details = {
      ...{
        least: 1,
        most: 2,
        seats: 3,
        taken: 4,
        value: '53.71.01',
        begins: 'besok',
        one: 'satu',
        other: 'dua',
      },
    }
    for (const code of courseProblems) {
      const sentence = problemSentence(world.deps, { code, at: 'title', details }, { title: 'Semula' })
      expect(sentence, code).not.toContain('{{')
    }
  })

  it('tells what stood there of what may no longer be changed, and which meeting began', () => {
    const fixed = (at: string, details = {}) =>
      problemSentence(world.deps, { code: 'fixed', at, details }, { title: 'Menjahit dasar', mapUrl: '' })
    expect(fixed('title')).toContain('Menjahit dasar')
    expect(fixed('mapUrl')).toContain(world.ground.texts.refused.empty)
    expect(fixed('sessions.0.date', { one: 'Senin' })).toContain('Senin')
  })

  it('names groups as people know them, not by their codes', () => {
    const [twice] = problemsOf({ quotas: [gender, gender] })
    const [place] = problemsOf({
      quotas: Array.from({ length: 2 }, () => ({ by: 'kecamatan', values: ['53.71.01'], seats: 1 }) as const),
    })
    const tell = (problem: typeof twice) => problemSentence(world.deps, placeProblem(problem!, rows))
    expect(tell(twice)).toContain('Perempuan')
    expect(tell(place)).toContain('Kecamatan Alak')
  })
})
