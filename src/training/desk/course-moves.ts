import type { Course, CourseState } from '../course.ts'

/** Where an officer may take a course from here at the moment. */
export function movesFrom(
  { state, closesAt, startsAt }: Pick<Course, 'state' | 'closesAt' | 'startsAt'>,
  now: Date,
): readonly CourseState[] {
  switch (state) {
    case 'draft':
      return ['announced']
    case 'announced':
      return now < closesAt && now < startsAt
        ? ['registration', 'selection', 'cancelled']
        : ['selection', 'cancelled']
    case 'registration':
      return ['selection', 'cancelled']
    case 'selection':
      return ['running', 'cancelled']
    case 'running':
      return ['finished', 'cancelled']
    case 'finished':
    case 'cancelled':
      return []
  }
}
