import type { Context } from 'hono'
import { maskDigits } from '../../language/mask.ts'
import type { AuditEntry } from '../../staff/audit-trail.ts'
import type { StaffAccounts } from '../../staff/staff-accounts.ts'
import { csvDownload } from './desk-csv.ts'
import type { DeskRoute, DeskVisit } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'
import { shortMoment } from './desk-time.ts'
import { detailsOf, type TrailVerdict, type TrailWish, trailView, verdictView } from './trail-views.ts'

/** What is asked of the trail. */
export interface TrailQuestion {
  /** Whoever has one of these ids; everybody when left out. */
  readonly actors?: readonly string[]
  /** How the action's name begins. */
  readonly action?: string
  readonly from?: Date
  /** Not at or after this moment. */
  readonly until?: Date
}

/** The trail as these pages read it, newest first. */
export interface TrailSource {
  /** At most `size` entries that are older than the cursor; `next` is missing on the last page. */
  read(
    question: TrailQuestion,
    page: { readonly before?: string; readonly size: number },
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: string | undefined }>
  /** Goes through the whole trail. */
  verify(): Promise<TrailVerdict>
}

interface Deps {
  readonly texts: DeskTexts
  readonly trail: TrailSource
  readonly accounts: Pick<StaffAccounts, 'list'>
  note(entry: AuditEntry): Promise<void>
  readonly now: () => Date
}

const pageSize = 50
/** More than a spreadsheet is read for; older entries need another range of days. */
const mostRows = 20_000
const chunk = 1000
const dayMs = 86_400_000

/** The trail: pages with filters, a file to keep, and whether it is whole. */
export function trailRoutes(deps: Deps): readonly DeskRoute[] {
  const permission = 'trail'
  const method = 'get'
  return [
    { method, path: '/jejak', permission, handle: (visit) => show(deps, visit) },
    { method, path: '/jejak/csv', permission, handle: (visit) => download(deps, visit) },
    { method, path: '/jejak/verifikasi', permission, handle: (visit) => verify(deps, visit) },
  ]
}

async function show(deps: Deps, visit: DeskVisit): Promise<Response> {
  const wish = readWish(visit.context)
  const before = visit.context.req.query('sebelum')
  const isFirst = before === undefined || !/^\d{1,18}$/.test(before)
  const names = await namesOf(deps)
  const page = await deps.trail.read(questionOf(wish, names), {
    size: pageSize,
    ...(isFirst ? {} : { before }),
  })
  const body = trailView(deps.texts, {
    ...{ wish, isFirst, entries: page.entries, next: page.next },
    nameOf: ({ actor }) => names.get(actor.id) ?? actor.id,
  })
  return visit.page({ title: deps.texts.trail.title, body, section: 'trail' })
}

async function download(deps: Deps, visit: DeskVisit): Promise<Response> {
  const { trail } = deps.texts
  const wish = readWish(visit.context)
  const names = await namesOf(deps)
  // What was looked for may have been a number that must not be kept.
  const asked = { ...wish, actor: maskDigits(wish.actor), action: maskDigits(wish.action) }
  await note(deps, visit, 'trail.download', asked)
  const head = [trail.at, trail.actor, trail.action, trail.outcome, trail.subject, trail.details]
  const rows = await allRows(deps, questionOf(wish, names), names)
  return csvDownload(visit.context, 'jejak', [head, ...rows])
}

async function allRows(
  deps: Deps,
  question: TrailQuestion,
  names: ReadonlyMap<string, string>,
): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  let before: string | undefined
  do {
    const page = await deps.trail.read(question, { size: chunk, ...(before === undefined ? {} : { before }) })
    for (const entry of page.entries) rows.push(rowOf(entry, names))
    before = page.next
  } while (before !== undefined && rows.length < mostRows)
  return rows
}

async function verify(deps: Deps, visit: DeskVisit): Promise<Response> {
  const verdict = await deps.trail.verify()
  await note(deps, visit, 'trail.verify', { whole: verdict.broken === undefined })
  const body = verdictView(deps.texts, verdict)
  return visit.page({ title: deps.texts.trail.verified_title, body, section: 'trail' })
}

function note(deps: Deps, visit: DeskVisit, action: string, details: Record<string, string | boolean>) {
  return deps.note({ at: deps.now(), actor: { type: 'staff', id: visit.officer.name }, action, details })
}

function rowOf(entry: AuditEntry, names: ReadonlyMap<string, string>): readonly string[] {
  const { at, actor, action, outcome = '', subject = '' } = entry
  return [shortMoment(at), names.get(actor.id) ?? actor.id, action, outcome, subject, detailsOf(entry)]
}

/** Accounts by id: the trail keeps ids where names may change. */
async function namesOf({ accounts }: Deps): Promise<ReadonlyMap<string, string>> {
  return new Map((await accounts.list()).map(({ id, name }) => [id, name]))
}

/** What was asked for; a day that is none asks for nothing. */
function readWish({ req }: Context): TrailWish {
  const text = (name: string) => (req.query(name) ?? '').trim().slice(0, 100)
  const day = (name: string) => (Number.isNaN(startOf(text(name))) ? '' : text(name))
  return { actor: text('siapa'), action: text('perbuatan'), from: day('dari'), to: day('sampai') }
}

function questionOf(
  { actor, action, from, to }: TrailWish,
  names: ReadonlyMap<string, string>,
): TrailQuestion {
  const wanted = actor.toLowerCase()
  const ids = [...names].filter(([, name]) => name.toLowerCase().includes(wanted)).map(([id]) => id)
  return {
    ...(actor === '' ? {} : { actors: [actor, ...ids, ...ids.flatMap((id) => names.get(id) ?? [])] }),
    ...(action === '' ? {} : { action }),
    ...(from === '' ? {} : { from: new Date(startOf(from)) }),
    ...(to === '' ? {} : { until: new Date(startOf(to) + dayMs) }),
  }
}

/** When a day begins in Kupang, in milliseconds; NaN when it is no day. */
function startOf(day: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN
}
