import { may, type Officer } from '../../../staff/officer.ts'
import { pendingStates } from '../../../training/registration.ts'
import type { CourseView } from '../../../training/training-desk.ts'
import type { DeskSection } from '../desk-layout.ts'
import type { Tile } from '../home-page.ts'
import type { TrainingPagesDeps } from './training-deps.ts'
import type { TrainingTexts } from './training-texts.ts'

/** The courses' entry in the desk's navigation. */
export function trainingSection({ section }: Pick<TrainingTexts, 'section'>): DeskSection {
  return { name: 'trainings', label: section, path: '/pelatihan', permission: 'trainings' }
}

const dayMs = 86_400_000
/** Courses that ended longer ago are no longer looked at: what was not issued by then will not be. */
const lookBackMs = 90 * dayMs
/** A first page must not read more. */
const mostRead = 30

/** What the desk's first page tells of courses: who waits for a decision, and whose certificate is not issued. */
export async function trainingTiles(
  deps: Pick<TrainingPagesDeps, 'texts' | 'desk' | 'now'>,
  officer: Officer,
): Promise<readonly Tile[]> {
  if (!may(officer, 'trainings')) return []
  const views = await viewsThatMayWait(deps, officer)
  const { decide, issue } = deps.texts.tiles
  return [
    ...tile(decide, views, pending, (number) => `/peserta/${number}?keadaan=${pendingStates.join('.')}`),
    ...tile(
      issue,
      views,
      ({ counts }) => counts.passed,
      (number) => `/sertifikat/${number}`,
      // Those that are over are in the whole list only.
      '/pelatihan?semua=ya',
    ),
  ]
}

async function viewsThatMayWait(
  { desk, now }: Pick<TrainingPagesDeps, 'desk' | 'now'>,
  officer: Officer,
): Promise<readonly CourseView[]> {
  const earliest = now().getTime() - lookBackMs
  const lines = (await desk.list(officer)).filter(({ course, applicants }) => {
    const isOff = course.state === 'draft' || course.state === 'cancelled'
    return applicants > 0 && !isOff && course.endsAt.getTime() > earliest
  })
  const views = await Promise.all(
    lines.slice(0, mostRead).map(({ course }) => desk.read(officer, course.number)),
  )
  return views.filter((view) => view !== undefined)
}

/** Who waits for a decision; once a course is over, nobody decides any more. */
function pending({ course, counts }: CourseView): number {
  if (course.state === 'finished') return 0
  return pendingStates.reduce((sum, state) => sum + counts[state], 0)
}

/** One tile, that leads to the only course where there is one. */
function tile(
  label: string,
  views: readonly CourseView[],
  countOf: (view: CourseView) => number,
  pathOf: (number: number) => string,
  allPath = '/pelatihan',
): readonly Tile[] {
  const some = views.filter((view) => countOf(view) > 0)
  const [first] = some
  if (first === undefined) return []
  const count = some.reduce((sum, view) => sum + countOf(view), 0)
  return [{ label, count, path: some.length === 1 ? pathOf(first.course.number) : allPath }]
}
