import { fill } from '../../../language/fill-text.ts'
import { weekdayInWita } from '../../../language/format.ts'
import { dayText } from '../../../training/browse/course-text.ts'
import type { CoursePlan } from '../../../training/course.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import type { TrainingTexts } from './training-texts.ts'

/** One meeting: "Senin, 9 Maret 2026 pukul 08.00 sampai 14.00 WITA". */
export function sessionText(
  { session_text, weekdays }: Pick<TrainingTexts, 'session_text' | 'weekdays'>,
  { startsAt, endsAt }: Pick<CoursePlan['sessions'][number], 'startsAt' | 'endsAt'>,
): string {
  return fill(session_text, {
    weekday: weekdays[weekdayInWita(startsAt)] ?? '',
    date: dayText(startsAt),
    from: writeMoment(startsAt).clock,
    to: writeMoment(endsAt).clock,
  })
}
