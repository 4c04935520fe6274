import { z } from 'zod'
import { maskDigits } from '../../language/mask.ts'
import type { AuditEntry } from '../../staff/audit-trail.ts'
import type { StaffAccount, StaffAccounts } from '../../staff/staff-accounts.ts'
import { type ChainHead, readHead } from '../../staff/trail/audit-chain.ts'
import type { TrailFilter, TrailPage } from '../../staff/trail/read-trail.ts'
import type { TrailState } from '../../staff/trail/verify-trail.ts'
import type { Keyring } from '../../storage/keyring.ts'
import { csvStream } from './desk-csv.ts'
import type { DeskRoute, DeskVisit } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'
import { createSealedSearch, holdsLongNumber, type SealedSearch } from './sealed-search.ts'
import { type TrailWish, trailPath, trailView, verdictView } from './trail-views.ts'

/** The trail as these pages read it: `readTrail`, `readTrailCsv` and `verifyTrail` on a database. */
export interface TrailSource {
  read(filter: TrailFilter, page: { readonly before?: string | undefined }): Promise<TrailPage>
  csv(filter: TrailFilter, headings: readonly string[]): AsyncIterable<string>
  verify(expected: ChainHead | undefined): Promise<TrailState>
}

interface TrailDeps {
  readonly secrets: Pick<Keyring, 'seal' | 'open'>
  readonly texts: DeskTexts
  readonly trail: TrailSource
  readonly accounts: Pick<StaffAccounts, 'list'>
  note(entry: AuditEntry): Promise<void>
  readonly now: () => Date
}

interface Deps extends Omit<TrailDeps, 'secrets'> {
  readonly searches: SealedSearch
}

const dayMs = 86_400_000

/** The trail: pages with filters, a file to keep, and whether it is whole. */
export function trailRoutes({ secrets, ...given }: TrailDeps): readonly DeskRoute[] {
  const deps: Deps = { ...given, searches: createSealedSearch(secrets, 'trail') }
  const permission = 'trail'
  const method = 'get'
  return [
    { method, path: '/jejak', permission, handle: (visit) => show(deps, visit) },
    { method: 'post', path: '/jejak/cari', permission, handle: (visit) => takeSearch(deps, visit) },
    { method, path: '/jejak/csv', permission, handle: (visit) => download(deps, visit) },
    { method, path: '/jejak/verifikasi', permission, handle: (visit) => verify(deps, visit) },
  ]
}

/** Goes to what was asked for. The address holds it only sealed: it may be the name of a person. */
async function takeSearch({ searches, texts }: Deps, visit: DeskVisit): Promise<Response> {
  const { csrf: _, ...fields } = await visit.fields()
  if (Object.values(fields).some(holdsLongNumber)) return visit.redirect('/jejak', texts.trail.refused)
  const wish = readWish(fields)
  if (Object.values(wish).every((text) => text === '')) return visit.redirect('/jejak')
  return visit.redirect(trailPath('/jejak', searches.seal(visit.officer.id, JSON.stringify(wish))))
}

async function show(deps: Deps, visit: DeskVisit): Promise<Response> {
  const { wish, sealed } = openWish(deps, visit)
  const asked = visit.context.req.query('sebelum') ?? ''
  const before = /^\d{1,18}$/.test(asked) ? asked : undefined
  const accounts = await deps.accounts.list()
  const { entries, next } = await deps.trail.read(filterOf(wish, accounts), { before })
  await noteLook(deps, visit, 'trail.read', wish)
  const names = new Map(accounts.map(({ id, name }) => [id, name]))
  const body = trailView(deps.texts, {
    ...{ wish, sealed, csrf: visit.csrf, entries, next, isFirst: before === undefined },
    nameOf: ({ actor }) => names.get(actor.id) ?? actor.id,
  })
  return visit.page({ title: deps.texts.trail.title, body, section: 'trail' })
}

async function download(deps: Deps, visit: DeskVisit): Promise<Response> {
  const { wish } = openWish(deps, visit)
  const accounts = await deps.accounts.list()
  await noteLook(deps, visit, 'trail.download', wish)
  const pieces = deps.trail.csv(filterOf(wish, accounts), deps.texts.trail.headings)
  return csvStream(visit.context, 'jejak', pieces)
}

async function verify(deps: Deps, visit: DeskVisit): Promise<Response> {
  const noted = (visit.context.req.query('ujung') ?? '').trim()
  const expected = readHead(noted)
  const state = await deps.trail.verify(expected)
  await note(deps, visit, 'trail.verify', { whole: state.broken === undefined })
  const isReadable = noted === '' || expected !== undefined
  const body = verdictView(deps.texts, state, noted, isReadable)
  return visit.page({ title: deps.texts.trail.verified_title, body, section: 'trail' })
}

/** Whoever reads the trail stands in it too, with what was looked for, except numbers that must not be kept. */
function noteLook(deps: Deps, visit: DeskVisit, action: string, wish: TrailWish): Promise<void> {
  const asked = Object.entries(wish).filter(([, text]) => text !== '')
  const isDay = (name: string) => name === 'from' || name === 'to'
  const kept = asked.map(([name, text]) => [name, isDay(name) ? text : maskDigits(text)] as const)
  return note(deps, visit, action, Object.fromEntries(kept))
}

function note(deps: Deps, visit: DeskVisit, action: string, details: Record<string, string | boolean>) {
  return deps.note({ at: deps.now(), actor: { type: 'staff', id: visit.officer.id }, action, details })
}

/** What was asked for; a day that is none asks for nothing. */
function readWish(fields: Readonly<Record<string, string>>): TrailWish {
  const text = (name: string) => (fields[name] ?? '').trim().slice(0, 100)
  const day = (name: string) => (Number.isNaN(startOf(text(name))) ? '' : text(name))
  return {
    actor: text('siapa'),
    action: text('perbuatan'),
    subject: text('tentang'),
    from: day('dari'),
    to: day('sampai'),
  }
}

const wishShape = z.object({
  ...{ actor: z.string(), action: z.string(), subject: z.string() },
  ...{ from: z.string(), to: z.string() },
})

/** What the address asks for, and the word by which it does. */
function openWish({ searches }: Deps, { context, officer }: DeskVisit) {
  const sealed = context.req.query('cari')
  const opened = searches.open(officer.id, sealed)
  if (opened === undefined) return { wish: readWish({}), sealed: undefined }
  return { wish: wishShape.parse(JSON.parse(opened)), sealed }
}

function filterOf(
  { actor, action, subject, from, to }: TrailWish,
  accounts: readonly StaffAccount[],
): TrailFilter {
  return {
    actor: actor === '' ? undefined : (idOf(actor, accounts) ?? actor),
    action: action === '' ? undefined : action,
    subject: subject === '' ? undefined : subject,
    from: from === '' ? undefined : new Date(startOf(from)),
    to: to === '' ? undefined : new Date(startOf(to) + dayMs),
  }
}

/** The account that is meant by a name to sign in with, or by a name or a part of it. */
function idOf(actor: string, accounts: readonly StaffAccount[]): string | undefined {
  const wanted = actor.toLowerCase()
  const exact = accounts.find(({ login, name }) => login === wanted || name.toLowerCase() === wanted)
  return (exact ?? accounts.find(({ name }) => name.toLowerCase().includes(wanted)))?.id
}

/** When a day begins in Kupang, in milliseconds; NaN when it is no day. */
function startOf(day: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN
}
