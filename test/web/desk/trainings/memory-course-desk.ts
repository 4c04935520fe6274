import type { Course, CoursePlan } from '../../../../src/training/course.ts'
import { checkPlan } from '../../../../src/training/plan/check-plan.ts'
import { type RegistrationState, registrationStates } from '../../../../src/training/registration.ts'
import type { CourseDesk, CourseRefusal, CourseView } from '../../../../src/training/training-desk.ts'
import type { TrainingGround } from './training-pages-world.ts'

/** A desk of courses in memory: plans are checked as they are in earnest, and what else can happen is set by a test. */
export interface MemoryCourseDesk extends CourseDesk {
  readonly views: Map<number, CourseView>
  /** What was asked to be done, and with what. */
  readonly deeds: { readonly act: string; readonly with: readonly unknown[] }[]
  /** What the next deed is answered with, instead of being done. */
  next: CourseRefusal | undefined
  /** Puts a course there. */
  put(course?: Partial<Course>, view?: Partial<Omit<CourseView, 'course'>>): Course
}

/** Makes one. */
export function createMemoryCourseDesk(ground: TrainingGround, now: () => Date): MemoryCourseDesk {
  const views = new Map<number, CourseView>()
  const deeds: MemoryCourseDesk['deeds'][number][] = []
  const problemsOf = (plan: CoursePlan, before?: Course) =>
    checkPlan(plan, {
      ...{ subjects: ground.words.subjects, offices: ground.offices, language: ground.language },
      ...{ now: now(), before },
    })
  /** Notes the deed, and says whether a test has it refused. */
  const refused = (act: string, ...given: readonly unknown[]): CourseRefusal | undefined => {
    deeds.push({ act, with: given })
    const refusal = desk.next
    desk.next = undefined
    return refusal
  }
  const change = (number: number, course: Partial<Course>) => {
    const view = views.get(number)!
    views.set(number, { ...view, course: { ...view.course, ...course, version: view.course.version + 1 } })
  }
  const desk: MemoryCourseDesk = {
    ...{ views, deeds, next: undefined },
    put(part = {}, view = {}) {
      const course = { ...sampleCourse(views.size + 1, now()), ...part }
      views.set(course.number, {
        ...{ applicants: 0, seated: 0, reserves: 0, moves: [], announcement: undefined },
        counts: countsOf({}),
        quotas: course.quotas.map((quota) => ({ quota, taken: 0 })),
        ...view,
        course,
      })
      return course
    },
    async list(_, { over } = {}) {
      const isOver = ({ course }: CourseView) => course.state === 'finished' || course.state === 'cancelled'
      return [...views.values()].filter((view) => over === undefined || isOver(view) === over)
    },
    read: async (_, number) => views.get(number),
    async create(_, plan) {
      const refusal = refused('create', plan)
      const problems = problemsOf(plan)
      if (refusal !== undefined) return refusal
      if (problems.length > 0) return { type: 'problems', problems }
      return { type: 'done', number: desk.put({ ...plan, ...timesOf(plan) }).number }
    },
    async edit(_, number, plan, version) {
      const refusal = refused('edit', number, plan, version)
      const course = views.get(number)?.course
      if (course === undefined) return { type: 'unknown' }
      if (refusal !== undefined) return refusal
      if (course.version !== version) return { type: 'moved' }
      const problems = problemsOf(plan, course)
      if (problems.length > 0) return { type: 'problems', problems }
      change(number, { ...plan, ...timesOf(plan) })
      return { type: 'done', told: views.get(number)!.seated }
    },
    async copy(_, number) {
      const refusal = refused('copy', number)
      const course = views.get(number)?.course
      if (course === undefined) return { type: 'unknown' }
      return refusal ?? { type: 'done', number: desk.put({ ...course, number: views.size + 1 }).number }
    },
    async move(_, number, to, reason) {
      const refusal = refused('move', number, to, reason)
      const view = views.get(number)
      if (view === undefined) return { type: 'unknown' }
      if (refusal !== undefined) return refusal
      if (!view.moves.includes(to)) return { type: 'state' }
      change(number, { state: to })
      return { type: 'done' }
    },
    async remove(_, number) {
      const refusal = refused('remove', number)
      if (refusal !== undefined) return refusal
      return views.delete(number) ? { type: 'done' } : { type: 'unknown' }
    },
  }
  return desk
}

/** How many are in each state; none where nothing is said. */
export function countsOf(counts: Partial<Record<RegistrationState, number>>): CourseView['counts'] {
  const all = Object.fromEntries(registrationStates.map((state) => [state, counts[state] ?? 0]))
  return all as CourseView['counts']
}

function timesOf({ sessions }: CoursePlan) {
  return {
    sessions: sessions.map((session, index) => ({ ...session, id: BigInt(index + 1) })),
    startsAt: sessions[0]!.startsAt,
    endsAt: sessions.at(-1)!.endsAt,
  }
}

const hour = 3_600_000
const day = 24 * hour

function sampleCourse(number: number, now: Date): Course {
  const starts = new Date(now.getTime() + 14 * day)
  const sessions = [
    { startsAt: starts, endsAt: new Date(starts.getTime() + 4 * hour), title: undefined, place: undefined },
  ]
  return {
    ...{ number, title: 'Menjahit dasar', subject: 'menjahit', office: 'nakertrans', state: 'draft' },
    ...{ description: 'Belajar membuat pola dan menjahit.', place: 'Balai Contoh, Jalan Contoh 1' },
    ...{ mapUrl: undefined, kelurahan: undefined, cost: 0, contact: 'Bidang Pelatihan' },
    ...{ requirements: 'Membawa KTP', minAge: 17, maxAge: 40, minEducation: undefined, domicile: [] },
    ...{ seats: 16, quotas: [], selection: 'officer', questions: [], exclusive: true },
    ...{ offerHours: 6, barDays: 0, minAttendance: 80 },
    opensAt: new Date(now.getTime() + day),
    closesAt: new Date(now.getTime() + 10 * day),
    ...timesOf({ sessions } as unknown as CoursePlan),
    ...{ version: 1, createdAt: now, createdBy: 'Maria Contoh' },
    ...{ announcedAt: undefined, cancelReason: undefined, endedAt: undefined },
  }
}
