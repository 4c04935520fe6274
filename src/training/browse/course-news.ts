import { formatMoment } from '../../language/format.ts'
import type { Places } from '../../language/places.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Course } from '../course.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { BrowseWords } from './browse-words.ts'
import { costText, placeText, scheduleText } from './course-text.ts'
import type { BrowseStore } from './store-browse.ts'

/** What others may tell of a course: `values` are words by name, such as `title`, `office`, `schedule`, `place`. */
export interface CourseNews {
  readonly number: number
  readonly subject: string
  readonly values: Readonly<Record<string, string>>
  /** From then on nobody can register. */
  readonly closesAt: Date
}

/** What is new about courses, for whoever tells many of it. */
export interface CourseNewsDesk {
  /** A course that residents may see and can still register for; undefined for any other. */
  one(client: Transaction, number: number): Promise<CourseNews | undefined>
  /** All such courses, by their beginning. */
  open(client: Transaction): Promise<readonly CourseNews[]>
  /** What courses are called whose people may be told something, the newest first. */
  titles(client: Transaction): ReturnType<BrowseStore['titles']>
}

interface Deps extends Pick<TrainingDeps, 'store' | 'words' | 'offices' | 'now'> {
  readonly browse: Pick<BrowseStore, 'upcoming' | 'titles'>
  readonly texts: () => BrowseWords
  readonly places: Places
}

/** More courses than these are in no digest. */
const mostCourses = 20
const mostTitles = 100

/** Makes it. */
export function createCourseNews(deps: Deps): CourseNewsDesk {
  const { store, browse, now } = deps
  return {
    async one(client, number) {
      const course = await store.course(client, number)
      return course !== undefined && isOpen(course, now()) ? newsOf(deps, course) : undefined
    },
    titles: (client) => browse.titles(client, mostTitles),
    async open(client) {
      return (await browse.upcoming(client, now(), mostCourses)).map((course) => newsOf(deps, course))
    },
  }
}

function isOpen({ state, closesAt, startsAt }: Course, now: Date): boolean {
  return (state === 'announced' || state === 'registration') && now < closesAt && now < startsAt
}

function newsOf({ words, texts, offices, places }: Deps, course: Course): CourseNews {
  const { number, subject, title, office, seats, closesAt } = course
  const values = {
    ...{ number: String(number), title, seats: String(seats) },
    office: offices().get(office)?.title ?? office,
    schedule: scheduleText(course.sessions, texts()),
    place: placeText({ ...course, mapUrl: undefined }, texts(), places),
    ...{ cost: costText(course, words()), closes: formatMoment(closesAt) },
  }
  return { number, subject, values, closesAt }
}
