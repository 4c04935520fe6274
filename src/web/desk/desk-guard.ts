import type { Context, Handler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AuditEntry } from '../../staff/audit-trail.ts'
import { may, type Officer } from '../../staff/officer.ts'
import type { SignIn, Visitor } from '../../staff/sign-in/sign-in.ts'
import type { DoorRoute } from './desk-door.ts'
import { deskHref } from './desk-form.ts'
import { currentPage, deskRoot, isFromDesk, pageWithin, signInHeaders } from './desk-request.ts'
import type { DeskRoute } from './desk-route.ts'
import { answerFault, createVisit, goTo, type VisitDeps } from './desk-visit.ts'

/** What the guard needs besides the means to answer. */
export interface GuardDeps extends VisitDeps {
  readonly signIn: Pick<SignIn, 'visitor'>
  /** Writes a line into the trail; rejects when it cannot, and the request fails with it. */
  note(entry: AuditEntry): Promise<void>
  readonly publicUrl?: string | undefined
  readonly now: () => Date
}

/** A route with who may take it. */
export type GuardedRoute = DeskRoute | DoorRoute

const formBytes = 64 * 1024

/**
 * Lets a request through to its route only when the visitor may make it and, for a post, when it comes from a page that
 * the desk made for this session. The body is read last, and no more of it than the route takes; one with a file is left to
 * its route.
 */
export function guarded(deps: GuardDeps, route: GuardedRoute): Handler {
  return async (context) => {
    const visitor = await deps.signIn.visitor(signInHeaders(context))
    const verdict = decide(visitor, route.permission)
    if (verdict !== 'pass') return turnAway(deps, context, visitor, verdict, route)
    if (route.method === 'get') return run(deps, context, visitor, route)
    if (!isFromDesk(context, deps.publicUrl)) return refuse(deps, context, visitor, 'stale', route)
    const word = context.req.query('csrf')
    if (route.maxBytes !== undefined && word !== undefined) {
      if (!deps.csrf.matches(visitor, word)) return refuse(deps, context, visitor, 'stale', route)
      if (declaredBytes(context) > route.maxBytes) return answerFault(deps, context, visitor, 'too_large')
      return run(deps, context, visitor, route)
    }
    const most = Math.min(route.maxBytes ?? formBytes, formBytes)
    const tooLarge = await overLimit(deps, context, visitor, most)
    if (tooLarge !== undefined) return tooLarge
    const needsWord = route.permission !== 'open'
    if (needsWord && !deps.csrf.matches(visitor, await wordOf(context))) {
      return refuse(deps, context, visitor, 'stale', route)
    }
    return run(deps, context, visitor, route)
  }
}

/** Answers what no route takes: a stranger cannot tell it from a page that exists. */
export function unknownPage(deps: GuardDeps): Handler {
  return async (context) => {
    const visitor = await deps.signIn.visitor(signInHeaders(context))
    const verdict = decide(visitor, 'signed_in')
    if (verdict !== 'pass') return turnAway(deps, context, visitor, verdict, undefined)
    // As people type it: `/desk/`.
    const { path, method } = context.req
    if (method === 'GET' && path.endsWith('/')) return goTo(context, pageWithin(path.slice(0, -1)))
    return answerFault(deps, context, visitor, 'not_found')
  }
}

type Verdict = 'pass' | 'sign_in' | 'enrol' | 'home' | 'forbidden'

function decide(visitor: Visitor, asked: GuardedRoute['permission']): Verdict {
  if (asked === 'open') return 'pass'
  if (visitor.type === 'stranger') return 'sign_in'
  if (asked === 'any_session') return 'pass'
  if (asked === 'enrolling') return visitor.type === 'enrolling' ? 'pass' : 'home'
  if (visitor.type === 'enrolling') return 'enrol'
  return asked === 'signed_in' || may(visitor.officer, asked) ? 'pass' : 'forbidden'
}

function turnAway(
  deps: GuardDeps,
  context: Context,
  visitor: Visitor,
  verdict: Exclude<Verdict, 'pass'>,
  route: GuardedRoute | undefined,
): Response | Promise<Response> {
  if (verdict === 'forbidden') return refuse(deps, context, visitor, 'forbidden', route)
  if (verdict === 'enrol') return goTo(context, deskHref('/daftar-aman'))
  if (verdict === 'home') return goTo(context, deskRoot)
  const page = currentPage(context)
  return goTo(context, `${deskHref('/masuk')}${page === deskRoot ? '' : `?ke=${encodeURIComponent(page)}`}`)
}

/** Says no, and notes it where an officer is known: what strangers send must not be able to fill the trail. */
async function refuse(
  deps: GuardDeps,
  context: Context,
  visitor: Visitor,
  fault: 'forbidden' | 'stale',
  route: GuardedRoute | undefined,
): Promise<Response> {
  if (visitor.type !== 'stranger') await deps.note(refusal(deps.now(), visitor.officer, fault, route))
  return answerFault(deps, context, visitor, fault)
}

// The route, not the address: what officers put into addresses may name residents.
function refusal(at: Date, officer: Officer, outcome: string, route: GuardedRoute | undefined): AuditEntry {
  return {
    at,
    actor: { type: 'staff', id: officer.id },
    action: 'desk.refused',
    outcome,
    details: { route: route === undefined ? '' : `${route.method} ${route.path}` },
  }
}

function run(
  deps: GuardDeps,
  context: Context,
  visitor: Visitor,
  route: GuardedRoute,
): Promise<Response> | Response {
  const visit = createVisit(deps, context, visitor)
  if (isDoor(route)) return route.handle(visit)
  if (visitor.type !== 'officer') return answerFault(deps, context, visitor, 'forbidden')
  const { visitor: _, ...rest } = visit
  return route.handle({ ...rest, officer: visitor.officer })
}

function isDoor(route: GuardedRoute): route is DoorRoute {
  return ['open', 'enrolling', 'any_session'].includes(route.permission)
}

/** What a request says of its length; nothing where it is sent in pieces. */
function declaredBytes(context: Context): number {
  return Number(context.req.header('content-length') ?? 0)
}

/** Reads the whole body into memory: only for forms without a file. */
async function overLimit(
  deps: GuardDeps,
  context: Context,
  visitor: Visitor,
  maxSize: number,
): Promise<Response | undefined> {
  const limit = bodyLimit({ maxSize, onError: () => answerFault(deps, context, visitor, 'too_large') })
  return (await limit(context, async () => undefined)) ?? undefined
}

/** The csrf word: in the address for a form with files, whose body is left to its route; else among the fields. */
async function wordOf(context: Context): Promise<string | undefined> {
  const inAddress = context.req.query('csrf')
  if (inAddress !== undefined) return inAddress
  const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}))
  return typeof body.csrf === 'string' ? body.csrf : undefined
}
