import { type Course, type Gender, genders } from './course.ts'
import type { CourseAnswer } from './registration.ts'
import type { TrainingWords } from './training-words.ts'

/** What quotas ask, by the names that these answers have. */
export interface ToldGroups {
  readonly gender: Gender | undefined
  readonly desil: number | undefined
  /** The answers to what the course itself asks. */
  readonly answers: readonly CourseAnswer[]
}

/** Whether a quota asks for something that was not asked yet: it came while the form was filled in. */
export function lacksGroups({ quotas }: Pick<Course, 'quotas'>, answers: readonly CourseAnswer[]): boolean {
  return quotas.some(({ by }) => (by === 'gender' || by === 'desil') && !answers.some(({ id }) => id === by))
}

/** Takes what quotas ask out of the answers of a form: it is kept by itself. */
export function takeGroups(answers: readonly CourseAnswer[], words: TrainingWords): ToldGroups {
  const told = (name: string) => answers.find(({ id }) => id === name)?.answer.trim()
  const gender = told('gender')
  const desil = Number(/\d+/.exec(told('desil') ?? '')?.[0])
  return {
    gender: genders.find((each) => gender === each || gender === words.genders[each]),
    desil: desil >= 1 && desil <= 10 ? desil : undefined,
    answers: answers.filter(({ id }) => id !== 'gender' && id !== 'desil'),
  }
}
