import type { Context } from 'hono'
import type { Visitor } from '../../staff/sign-in/sign-in.ts'
import type { Csrf } from './desk-csrf.ts'
import type { DoorVisit } from './desk-door.ts'
import { type DeskFault, deskErrorPage } from './desk-error-page.ts'
import type { Flash } from './desk-flash.ts'
import { deskHref } from './desk-form.ts'
import type { DeskLayout } from './desk-layout.ts'
import { isHtmx, wantsPart } from './desk-request.ts'
import type { DeskPage } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'

/** What answers are made of. */
export interface VisitDeps {
  readonly texts: DeskTexts
  readonly layout: DeskLayout
  readonly csrf: Csrf
  readonly flash: Flash
}

type Status = 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429 | 500

/** One request, with the ways to read and to answer it. */
export function createVisit(deps: VisitDeps, context: Context, visitor: Visitor): DoorVisit {
  return {
    context,
    visitor,
    csrf: deps.csrf.token(visitor),
    fields: () => readFields(context),
    page: (page, status = 200) => answerPage(deps, context, visitor, page, status),
    redirect(path, flash) {
      if (flash !== undefined) deps.flash.keep(context, flash)
      return goTo(context, deskHref(path))
    },
  }
}

/** Answers with a page in the frame that the visitor sees, or with its body where htmx asked for a part. */
function answerPage(
  deps: VisitDeps,
  context: Context,
  visitor: Visitor,
  page: DeskPage,
  status: Status,
): Response | Promise<Response> {
  if (wantsPart(context)) return context.html(page.body, status)
  const framed = {
    page,
    csrf: deps.csrf.token(visitor),
    officer: visitor.type === 'officer' ? visitor.officer : undefined,
    mayLeave: visitor.type !== 'stranger',
    flash: deps.flash.take(context),
  }
  return context.html(deps.layout(framed), status)
}

/** Answers with a page that says what went wrong. */
export function answerFault(
  deps: VisitDeps,
  context: Context,
  visitor: Visitor,
  fault: DeskFault,
): Response | Promise<Response> {
  const status = { forbidden: 403, stale: 403, not_found: 404, failed: 500, too_large: 413 } as const
  return answerPage(deps, context, visitor, deskErrorPage(deps.texts.errors, fault), status[fault])
}

/** Sends the browser to an address of this server; htmx is told to load it as a whole page. */
export function goTo(context: Context, href: string): Response {
  if (!isHtmx(context)) return context.redirect(href, 303)
  context.header('HX-Redirect', href)
  return context.body(null, 204)
}

async function readFields(context: Context): Promise<Readonly<Record<string, string>>> {
  // What cannot be read as a form has no fields; the csrf word is missing then too.
  const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}))
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(body)) if (typeof value === 'string') fields[name] = value
  return fields
}
