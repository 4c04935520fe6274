import type { App } from '../app.ts'
import { callAction } from '../conversation/call-action.ts'
import type { OfficeDeed } from '../flow/office-deed.ts'
import type { Officer } from '../staff/officer.ts'
import type { Course, CourseState } from '../training/course.ts'
import type { ApplicantLine, Decision, ManyDone } from '../training/training-desk.ts'

const officer: Officer = { id: 'script', name: 'Petugas', roles: ['admin'] }
const dayMs = 86_400_000
const hourMs = 3_600_000

/** An applicant, and the course that they applied to. */
type Found = ApplicantLine & { readonly course: number }

/** Does at the desk what a script has an office do about courses. Throws when the desk refuses any of it. */
export async function actAsOffice(app: App, deed: OfficeDeed): Promise<void> {
  const { what, words, course = 1, reason } = deed
  switch (what) {
    case 'umumkan':
    case 'buka':
    case 'tutup':
    case 'mulai':
    case 'selesai':
    case 'batalkan_pelatihan':
      return accept(await app.trainings.courses.move(officer, course, moves[what], reason))
    case 'hapus_pelatihan':
      return accept(await app.trainings.courses.remove(officer, course))
    case 'pindah':
      return change(app, course, (plan) => ({ ...plan, place: words[0] ?? plan.place }))
    case 'geser_hari':
      return change(app, course, (plan) => later(plan, Number(words[0])))
    case 'batal':
      return actForOther(app, deed, 'cancel_registration', 'cancelled', {})
    case 'ambil':
      return actForOther(app, deed, 'answer_offer', 'taken', { take: true })
    default:
      return actOnPeople(app, what, deed)
  }
}

const moves = {
  ...{ umumkan: 'announced', buka: 'registration', tutup: 'selection' },
  ...{ mulai: 'running', selesai: 'finished', batalkan_pelatihan: 'cancelled' },
} as const satisfies Record<string, CourseState>

const decisions = {
  ...{ saring: 'screen', wawancara: 'interview', terima: 'accept' },
  ...{ cadangan: 'reserve', tolak: 'reject', undurkan: 'withdraw' },
} as const satisfies Record<string, Decision>

type PeopleDeed = keyof typeof decisions | 'hadir' | 'tidak_datang' | 'lulus' | 'tidak_lulus' | 'sertifikat'

async function actOnPeople(app: App, what: PeopleDeed, { words, course, reason }: OfficeDeed): Promise<void> {
  const { applicants, attendance, certificates } = app.trainings
  const people = await Promise.all(words.map((name) => find(app, name, course)))
  const [first] = people
  if (first === undefined) return
  const numbers = people.map(({ registration }) => registration.number)
  switch (what) {
    case 'hadir':
      return accept(
        await attendance.mark(officer, first.course, await sessionNow(app, first.course), numbers),
      )
    case 'tidak_datang':
      return acceptAll(await attendance.markAbsent(officer, first.course, numbers))
    case 'lulus':
    case 'tidak_lulus':
      return acceptAll(await certificates.grade(officer, first.course, numbers, what === 'lulus'))
    case 'sertifikat':
      return acceptAll(await certificates.issue(officer, first.course, numbers))
    default:
      return acceptAll(await applicants.decide(officer, first.course, numbers, decisions[what], reason))
  }
}

/** The code of the class that is on, as its people read it on the wall. */
export async function codeOnTheWall(app: App): Promise<string> {
  for (const { number, sessions } of await courses(app)) {
    for (const { id } of sessions) {
      const shown = await app.trainings.attendance.code(officer, number, id)
      if (shown !== undefined) return shown.code
    }
  }
  throw new Error('no class is on now')
}

async function courses(app: App): Promise<readonly Course[]> {
  const lines = await app.trainings.courses.list(officer)
  return lines.map(({ course }) => course).sort((one, other) => one.number - other.number)
}

/** The one that is on, or else the last one that was. */
async function sessionNow(app: App, number: number): Promise<bigint> {
  const view = await app.trainings.courses.read(officer, number)
  const soon = new Date(app.now().getTime() + hourMs)
  const session = view?.course.sessions.findLast(({ startsAt }) => startsAt <= soon)
  if (session === undefined) throw new Error(`course ${number} had no session yet`)
  return session.id
}

async function find(app: App, name: string, course: number | undefined): Promise<Found> {
  const numbers = course === undefined ? (await courses(app)).map(({ number }) => number) : [course]
  const found: Found[] = []
  for (const number of numbers) {
    const lines = await app.trainings.applicants.list(officer, number, {}, 'page')
    found.push(...lines.filter((line) => same(line.name, name)).map((line) => ({ ...line, course: number })))
  }
  const [one, ...more] = found
  if (one === undefined) throw new Error(`nobody called ${name} registered`)
  if (more.length > 0) throw new Error(`${name} registered more than once: write pelatihan: N beside it`)
  return one
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

async function change(
  { trainings }: App,
  number: number,
  changed: (course: Course) => Course,
): Promise<void> {
  const view = await trainings.courses.read(officer, number)
  if (view === undefined) throw new Error(`no course has the number ${number}`)
  accept(await trainings.courses.edit(officer, number, changed(view.course), view.course.version))
}

function later(course: Course, days: number): Course {
  const move = (at: Date) => new Date(at.getTime() + days * dayMs)
  const sessions = course.sessions.map(({ startsAt, endsAt, ...session }) => {
    return { ...session, startsAt: move(startsAt), endsAt: move(endsAt) }
  })
  return { ...course, sessions }
}

/** What a flow would do when the other person answered in their own chat. */
async function actForOther(
  app: App,
  { words: [name = ''], course }: OfficeDeed,
  action: string,
  expected: string,
  input: Readonly<Record<string, boolean>>,
): Promise<void> {
  const { number, chatId, contactId } = (await find(app, name, course)).registration
  if (chatId === undefined || contactId === undefined) throw new Error(`${name} has no chat`)
  const { outcome } = await app.storage.database.prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
    return callAction(
      app.house().actions,
      action,
      { number, ...input },
      {
        ...{ transaction, contactId, chatId: String(chatId), channel: 'terminal', now: app.now() },
      },
    )
  })
  if (outcome !== expected) throw new Error(`${action} for ${name}: ${outcome}`)
}

function accept(done: { readonly type: string }): void {
  if (done.type !== 'done') throw new Error(`the desk refused: ${JSON.stringify(done)}`)
}

function acceptAll(done: ManyDone | { readonly type: string }): void {
  if ('type' in done) throw new Error(`the desk refused: ${done.type}`)
  const left = done.left.map(({ name, why }) => `${name}: ${why}`)
  if (left.length > 0) throw new Error(`the desk left ${left.join(', ')}`)
}
