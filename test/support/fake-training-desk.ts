import type { Course, CourseState, Session } from '../../src/training/course.ts'
import {
  isIn,
  type Registration,
  type RegistrationState,
  registrationStates,
  seatedStates,
} from '../../src/training/registration.ts'
import type {
  ApplicantFilter,
  ApplicantView,
  AttendanceView,
  CertificateLine,
  ClassCode,
  CourseRefusal,
  CourseView,
  Decision,
  Left,
  ManyDone,
  TrainingDesk,
} from '../../src/training/training-desk.ts'

/** What the clock of the training pages' tests shows: Thursday 09.30 in Kupang. */
export const trainingNow = new Date('2026-03-05T01:30:00Z')

type Presence = Pick<AttendanceView['people'][number], 'way' | 'at'>
type Certificate = Pick<CertificateLine, 'number' | 'issuedAt' | 'sentAt' | 'revokedAt' | 'isEnough'>
type Person = Partial<Omit<ApplicantView, 'registration' | 'course'>> & {
  readonly registration?: Partial<Registration>
}

/** A training desk in memory, with just the rules that its pages must cope with. */
export interface FakeTrainingDesk extends TrainingDesk {
  /** Every call, as it came: what is read too. */
  readonly calls: { readonly act: string; readonly with: readonly unknown[] }[]
  readonly courseViews: Map<number, CourseView>
  readonly people: Map<number, ApplicantView>
  readonly presences: Map<bigint, Map<number, Presence>>
  readonly certificateOf: Map<number, Certificate>
  /** Why these are left as they are, whatever is done with many. */
  readonly leave: Map<number, Left>
  /** What the next change of a course is answered with, instead of being done. */
  nextCourse: CourseRefusal | undefined
  /** What the next assessment is answered with. */
  nextAssess: 'unknown' | 'score' | 'too_long' | 'arrival' | undefined
  /** What the next list of who was there is answered with. */
  nextMark: 'unknown' | 'early' | undefined
  /** The code of every class. */
  classCode: ClassCode | undefined
  /** What a certificate is as a file. */
  pdf: Uint8Array | undefined
  addCourse(course?: Partial<Course>): Course
  addPerson(courseNumber: number, person?: Person): ApplicantView
}

const hour = 3_600_000
const day = 24 * hour

/** Makes one. */
export function createFakeTrainingDesk(now: () => Date = () => trainingNow): FakeTrainingDesk {
  const calls: FakeTrainingDesk['calls'][number][] = []
  const courseViews = new Map<number, CourseView>()
  const people = new Map<number, ApplicantView>()
  const presences: FakeTrainingDesk['presences'] = new Map()
  const certificateOf: FakeTrainingDesk['certificateOf'] = new Map()
  const leave: FakeTrainingDesk['leave'] = new Map()
  const note = (act: string, ...given: readonly unknown[]) => void calls.push({ act, with: given })
  const of = (courseNumber: number) =>
    [...people.values()].filter(({ registration }) => registration.courseNumber === courseNumber)
  const setState = (number: number, state: RegistrationState, more: Partial<Registration> = {}) => {
    const view = people.get(number)!
    const registration = { ...view.registration, ...more, state, stateAt: now() }
    const line = { state, by: 'Maria Contoh', actor: 'officer', reason: more.reason, at: now() } as const
    people.set(number, { ...view, registration, history: [...view.history, line] })
  }
  const each = (
    courseNumber: number,
    numbers: readonly number[],
    act: (number: number) => void,
  ): ManyDone | { readonly type: 'unknown' } => {
    if (!courseViews.has(courseNumber)) return { type: 'unknown' }
    const left: ManyDone['left'][number][] = []
    for (const number of numbers) {
      const view = people.get(number)
      const why = view === undefined ? 'unknown' : leave.get(number)
      if (why === undefined) act(number)
      else left.push({ number, name: view?.name ?? '', why })
    }
    return { done: numbers.length - left.length, left }
  }
  const viewOf = (number: number): CourseView | undefined => {
    const view = courseViews.get(number)
    if (view === undefined) return undefined
    const states = of(number).map(({ registration }) => registration.state)
    const count = (...wanted: readonly RegistrationState[]) =>
      states.filter((state) => isIn(state, wanted)).length
    const counts = Object.fromEntries(registrationStates.map((state) => [state, count(state)]))
    return {
      ...view,
      counts: counts as CourseView['counts'],
      applicants: states.length - count('cancelled', 'withdrawn'),
      seated: count(...seatedStates),
      reserves: count('reserve'),
    }
  }
  const change = <Done>(number: number, done: () => Done): Done | CourseRefusal => {
    const refusal = desk.nextCourse
    desk.nextCourse = undefined
    if (refusal !== undefined) return refusal
    return number !== 0 && !courseViews.has(number) ? { type: 'unknown' } : done()
  }
  const setCourse = (number: number, part: Partial<Course>) => {
    const view = courseViews.get(number)!
    courseViews.set(number, {
      ...view,
      course: { ...view.course, ...part, version: view.course.version + 1 },
    })
  }

  const desk: FakeTrainingDesk = {
    calls,
    courseViews,
    people,
    presences,
    certificateOf,
    leave,
    nextCourse: undefined,
    nextAssess: undefined,
    nextMark: undefined,
    classCode: { code: '123456', validUntil: new Date(now().getTime() + 180_000) },
    pdf: new TextEncoder().encode('%PDF-1.4'),
    addCourse(part = {}) {
      const course: Course = { ...sampleCourse(now(), courseViews.size + 1), ...part }
      const counts = Object.fromEntries(registrationStates.map((state) => [state, 0])) as CourseView['counts']
      courseViews.set(course.number, {
        ...{ course, counts, applicants: 0, seated: 0, reserves: 0, moves: [] },
        quotas: course.quotas.map((quota) => ({ quota, taken: 0 })),
        announcement: undefined,
      })
      return course
    },
    addPerson(courseNumber, { registration = {}, ...part } = {}) {
      const number = registration.number ?? 100 + people.size + 1
      const view = samplePerson(now(), courseViews.get(courseNumber)!.course, number)
      const whole = { ...view, ...part, registration: { ...view.registration, ...registration } }
      people.set(number, whole)
      return whole
    },
    courses: {
      async list(viewer, filter) {
        note('courses.list', viewer.id, filter)
        return [...courseViews.keys()].flatMap((number) => viewOf(number) ?? [])
      },
      async read(viewer, number) {
        note('courses.read', viewer.id, number)
        return viewOf(number)
      },
      async create(viewer, plan) {
        note('courses.create', viewer.id, plan)
        return change(0, () => {
          const sessions = plan.sessions.map((session, at) => ({ ...session, id: BigInt(at + 1) }))
          return { type: 'done', number: desk.addCourse({ ...plan, sessions, state: 'draft' }).number }
        })
      },
      async edit(viewer, number, plan, version) {
        note('courses.edit', viewer.id, number, plan, version)
        return change(number, () => {
          const sessions = plan.sessions.map((session, at) => ({ ...session, id: BigInt(at + 1) }))
          setCourse(number, { ...plan, sessions })
          return { type: 'done', told: of(number).length }
        })
      },
      async copy(viewer, number) {
        note('courses.copy', viewer.id, number)
        return change(number, () => {
          const { course } = courseViews.get(number)!
          const copied = { ...course, number: courseViews.size + 1, state: 'draft' } as const
          return { type: 'done', number: desk.addCourse(copied).number }
        })
      },
      async move(viewer, number, to: CourseState, reason) {
        note('courses.move', viewer.id, number, to, reason)
        return change(number, () => {
          setCourse(number, { state: to, cancelReason: reason })
          return { type: 'done' }
        })
      },
      async remove(viewer, number) {
        note('courses.remove', viewer.id, number)
        return change(number, () => {
          courseViews.delete(number)
          return { type: 'done' }
        })
      },
    },
    applicants: {
      async list(viewer, courseNumber, filter, use) {
        note('applicants.list', viewer.id, courseNumber, filter, use)
        return inOrder(
          of(courseNumber).filter((view) => isMeant(view, filter)),
          filter.order,
        )
      },
      async export(viewer, courseNumber, filter) {
        return desk.applicants.list(viewer, courseNumber, filter, 'page').then((lines) => {
          note('applicants.export', viewer.id, courseNumber, filter)
          return lines.flatMap(({ registration }) => people.get(registration.number) ?? [])
        })
      },
      async read(viewer, number) {
        note('applicants.read', viewer.id, number)
        return people.get(number)
      },
      async assess(viewer, number, what) {
        note('applicants.assess', viewer.id, number, what)
        const refusal = desk.nextAssess
        desk.nextAssess = undefined
        const view = people.get(number)
        if (view === undefined) return { type: 'unknown' }
        if (refusal !== undefined) return { type: refusal }
        const registration = { ...view.registration, score: what.score }
        people.set(number, { ...view, registration, note: what.note, hasNote: what.note !== '' })
        return { type: 'done' }
      },
      async decide(viewer, courseNumber, numbers, decision, reason) {
        note('applicants.decide', viewer.id, courseNumber, numbers, decision, reason)
        if (decision === 'reject' && (reason ?? '').length < 3) return { type: 'reason' }
        return each(courseNumber, numbers, (number) => setState(number, stateAfter[decision], { reason }))
      },
    },
    attendance: {
      async read(viewer, courseNumber, sessionId) {
        note('attendance.read', viewer.id, courseNumber, sessionId)
        const course = courseViews.get(courseNumber)?.course
        const session = course?.sessions.find(({ id }) => id === sessionId)
        if (course === undefined || session === undefined) return undefined
        const there = presences.get(sessionId)
        const inClass = of(courseNumber).filter(({ registration }) =>
          isIn(registration.state, ['accepted', 'attending']),
        )
        return {
          course,
          session,
          people: inClass.map(({ registration: { number }, name }) => {
            const presence = there?.get(number)
            return { number, name, present: presence !== undefined, way: presence?.way, at: presence?.at }
          }),
        }
      },
      async code(viewer, courseNumber, sessionId) {
        note('attendance.code', viewer.id, courseNumber, sessionId)
        return desk.classCode
      },
      async mark(viewer, courseNumber, sessionId, present) {
        note('attendance.mark', viewer.id, courseNumber, sessionId, present)
        const refusal = desk.nextMark
        desk.nextMark = undefined
        if (refusal !== undefined) return { type: refusal }
        const before = presences.get(sessionId)
        presences.set(
          sessionId,
          new Map(present.map((number) => [number, before?.get(number) ?? { way: 'list', at: now() }])),
        )
        return { type: 'done', present: present.length }
      },
      async markAbsent(viewer, courseNumber, numbers) {
        note('attendance.markAbsent', viewer.id, courseNumber, numbers)
        return each(courseNumber, numbers, (number) => setState(number, 'absent'))
      },
    },
    certificates: {
      async list(viewer, courseNumber) {
        note('certificates.list', viewer.id, courseNumber)
        if (!courseViews.has(courseNumber)) return undefined
        const seated = of(courseNumber).filter(({ registration }) => isIn(registration.state, seatedStates))
        return seated.map(({ registration, name, attended, held }) => ({
          ...{ registration, name, attended, held },
          ...{ number: undefined, issuedAt: undefined, sentAt: undefined, revokedAt: undefined },
          isEnough: held > 0 && attended * 5 >= held * 4,
          ...certificateOf.get(registration.number),
        }))
      },
      async grade(viewer, courseNumber, numbers, passed) {
        note('certificates.grade', viewer.id, courseNumber, numbers, passed)
        return each(courseNumber, numbers, (number) => setState(number, passed ? 'passed' : 'not_passed'))
      },
      async issue(viewer, courseNumber, numbers) {
        note('certificates.issue', viewer.id, courseNumber, numbers)
        return each(courseNumber, numbers, (number) => {
          setState(number, 'certified')
          const certificate = `PL-2026-${String(number).padStart(6, '0')}`
          certificateOf.set(number, {
            ...{ number: certificate, issuedAt: now(), sentAt: undefined, revokedAt: undefined },
            isEnough: true,
          })
        })
      },
      async revoke(viewer, number, reason) {
        note('certificates.revoke', viewer.id, number, reason)
        if (reason.length < 3) return { type: 'reason' }
        const found = [...certificateOf].find(([, certificate]) => certificate.number === number)
        if (found === undefined) return { type: 'unknown' }
        certificateOf.set(found[0], { ...found[1], revokedAt: now() })
        return { type: 'done' }
      },
      async pdf(viewer, number) {
        note('certificates.pdf', viewer.id, number)
        return desk.pdf
      },
    },
  }
  return desk
}

const stateAfter: Readonly<Record<Decision, RegistrationState>> = {
  screen: 'screened',
  interview: 'interview',
  accept: 'accepted',
  reserve: 'reserve',
  reject: 'rejected',
  withdraw: 'withdrawn',
}

function isMeant({ registration, name }: ApplicantView, filter: ApplicantFilter): boolean {
  const { states, kelurahan, gender, search = '' } = filter
  return (
    (states === undefined || isIn(registration.state, states)) &&
    (kelurahan === undefined || registration.kelurahan === kelurahan) &&
    (gender === undefined || registration.gender === gender) &&
    name.toLowerCase().includes(search.toLowerCase())
  )
}

function inOrder(
  people: readonly ApplicantView[],
  order: ApplicantFilter['order'],
): readonly ApplicantView[] {
  if (order === 'name') return people.toSorted((one, other) => one.name.localeCompare(other.name))
  if (order !== 'score') return people
  return people.toSorted((one, other) => (other.registration.score ?? -1) - (one.registration.score ?? -1))
}

/** Sewing, on two days, of which the first is today. */
function sampleCourse(now: Date, number: number): Course {
  const session = (id: bigint, days: number): Session => ({
    id,
    startsAt: new Date(now.getTime() + days * day - hour / 2),
    endsAt: new Date(now.getTime() + days * day + 3 * hour),
    title: undefined,
    place: undefined,
  })
  const sessions = [session(11n, 0), session(12n, 1)]
  return {
    number,
    title: 'Menjahit dasar',
    subject: 'menjahit',
    office: 'nakertrans',
    description: 'Belajar menjahit dari awal.',
    place: 'Aula Contoh',
    mapUrl: undefined,
    kelurahan: undefined,
    cost: 0,
    contact: 'Ibu Contoh, 0800-000-000',
    requirements: '',
    minAge: 17,
    maxAge: 40,
    minEducation: undefined,
    domicile: [],
    seats: 16,
    quotas: [],
    selection: 'officer',
    opensAt: new Date(now.getTime() - 20 * day),
    closesAt: new Date(now.getTime() - 2 * day),
    sessions,
    questions: [],
    exclusive: true,
    offerHours: 6,
    barDays: 90,
    minAttendance: 80,
    state: 'selection',
    startsAt: sessions[0]!.startsAt,
    endsAt: sessions[1]!.endsAt,
    version: 1,
    createdAt: new Date(now.getTime() - 30 * day),
    createdBy: 'Maria Contoh',
    announcedAt: new Date(now.getTime() - 25 * day),
    cancelReason: undefined,
    endedAt: undefined,
  }
}

function samplePerson(now: Date, course: Course, number: number): ApplicantView {
  const createdAt = new Date(now.getTime() - 10 * day + number * 60_000)
  return {
    registration: {
      number,
      courseNumber: course.number,
      contactId: `contact-${number}`,
      chatId: BigInt(number),
      forWhom: 'self',
      kelurahan: '53.71.01.1001',
      education: 'sma',
      gender: 'female',
      desil: undefined,
      consentVersion: '2026-11-1',
      consentAt: createdAt,
      state: 'registered',
      stateAt: createdAt,
      score: undefined,
      reason: undefined,
      offerUntil: undefined,
      acceptedAt: undefined,
      barredUntil: undefined,
      createdAt,
    },
    name: `Peserta Contoh ${number}`,
    birth: '1999-05-12',
    age: 26,
    placeInLine: undefined,
    hasNote: false,
    attended: 0,
    held: 0,
    course,
    reason: 'Mau buka usaha jahit di rumah.',
    phone: undefined,
    answers: [],
    note: '',
    channel: 'telegram',
    history: [{ state: 'registered', by: undefined, actor: 'resident', reason: undefined, at: createdAt }],
  }
}
