import { fill } from '../../language/fill-text.ts'
import { formatMoment } from '../../language/format.ts'
import type { Transaction } from '../../storage/database.ts'
import { type Course, isOpen } from '../course.ts'
import type { BrowseDeps } from './browse-deps.ts'
import type { BrowseWords, Standing } from './browse-words.ts'
import { costText, placeText, requirementLines, scheduleText } from './course-text.ts'
import { seatsLeft } from './seats-left.ts'

/** Courses as people are told of them, apart from the words. */
type FactsDeps = Pick<BrowseDeps, 'browse' | 'words' | 'texts' | 'offices' | 'language'>

/** A course as it is told of, in words, and how it stands now. */
export interface CourseFacts {
  readonly standing: Standing
  readonly waiting: number
  readonly free: number
  readonly opens: string
  readonly shown: {
    readonly course_id: number
    readonly title: string
    readonly office: string
    readonly place: string
    readonly schedule: string
    readonly seats: string
    readonly requirements: string
    readonly cost: string
    readonly closes: string
    readonly contact: string
  }
}

/** What is told of a course that residents may see. */
export async function readFacts(
  deps: FactsDeps,
  transaction: Transaction,
  course: Course,
  now: Date,
): Promise<CourseFacts> {
  const { browse, language } = deps
  const [words, texts] = [deps.words(), deps.texts()]
  const seated = (await browse.seatedOf(transaction, [course.number])).get(course.number) ?? []
  const city = language.places.all.map(({ code }) => code)
  const free = seatsLeft(course, seated, city)
  const standing = standingOf(course, free, now)
  const { number, title, contact } = course
  return {
    standing,
    free,
    waiting: standing === 'full' ? await browse.waiting(transaction, number) : 0,
    opens: formatMoment(course.opensAt),
    shown: {
      course_id: number,
      title,
      office: deps.offices().get(course.office)?.title ?? course.office,
      place: placeText(course, texts, language.places),
      schedule: scheduleText(course.sessions, texts),
      seats: seatsText(course, standing, free, texts),
      requirements: requirementLines(course, texts, words, language.places).join('\n'),
      cost: costText(course, words),
      closes: formatMoment(lastMoment(course)),
      contact,
    },
  }
}

/** How a course that residents may see stands for whoever would register, with so many seats left. */
export function standingOf(
  course: Pick<Course, 'state' | 'opensAt' | 'closesAt' | 'startsAt' | 'selection'>,
  left: number,
  now: Date,
): Standing {
  if (isOpen(course, now)) return course.selection === 'arrival' && left === 0 ? 'full' : 'open'
  const { state, opensAt } = course
  const isYetToOpen = (state === 'announced' || state === 'registration') && now < opensAt
  return isYetToOpen && opensAt < lastMoment(course) ? 'soon' : 'closed'
}

/** Until when one may register. */
function lastMoment({ closesAt, startsAt }: Pick<Course, 'closesAt' | 'startsAt'>): Date {
  return closesAt < startsAt ? closesAt : startsAt
}

function seatsText(
  { seats, selection, quotas }: Pick<Course, 'seats' | 'selection' | 'quotas'>,
  standing: Standing,
  free: number,
  { seats: texts }: Pick<BrowseWords, 'seats'>,
): string {
  if (selection === 'officer') return fill(texts.chosen, { seats })
  if (standing === 'full') return fill(texts.full, { seats })
  if (standing !== 'open') return fill(texts.all, { seats })
  return fill(quotas.length > 0 ? texts.left_by_group : texts.left, { free, seats })
}
