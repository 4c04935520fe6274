import { Hono } from 'hono'
import type { Logger } from '../../log.ts'
import type { AuditEntry } from '../../staff/audit-trail.ts'
import type { Officer } from '../../staff/officer.ts'
import type { SignIn } from '../../staff/sign-in/sign-in.ts'
import type { StaffAccounts } from '../../staff/staff-accounts.ts'
import type { Keyring } from '../../storage/keyring.ts'
import type { Pages } from '../pages.ts'
import { accountRoutes } from './account-pages.ts'
import { createCsrf } from './desk-csrf.ts'
import { createFlash } from './desk-flash.ts'
import { type GuardDeps, type GuardedRoute, guarded, unknownPage } from './desk-guard.ts'
import { createDeskLayout, type DeskSection } from './desk-layout.ts'
import { signInHeaders } from './desk-request.ts'
import type { DeskRoute } from './desk-route.ts'
import type { DeskTexts } from './desk-texts.ts'
import { answerFault } from './desk-visit.ts'
import { enrolRoutes } from './enrol-pages.ts'
import { homeRoute, type Tile } from './home-page.ts'
import { signInRoutes } from './sign-in-pages.ts'
import { staffRoutes } from './staff-pages.ts'
import type { KelurahanChoice } from './staff-views.ts'
import { type TrailSource, trailRoutes } from './trail-pages.ts'

/** What the desk is made of. */
export interface DeskDeps {
  readonly texts: DeskTexts
  readonly pages: Pick<Pages, 'texts' | 'assets'>
  /** The data are synthetic: every page says so. */
  readonly demo: boolean
  readonly signIn: SignIn
  readonly accounts: StaffAccounts
  /** What a lurah may be appointed for. */
  readonly kelurahan: readonly KelurahanChoice[]
  readonly trail: TrailSource
  /** Writes a line into the trail; rejects when it cannot. */
  note(entry: AuditEntry): Promise<void>
  readonly secrets: Pick<Keyring, 'hash' | 'ids' | 'seal' | 'open'>
  /** What other areas show on the first page to this officer. */
  tiles(officer: Officer): Promise<readonly Tile[]>
  /** The pages of other areas. */
  readonly routes: readonly DeskRoute[]
  /** Their entries in the navigation, after the first page and before staff, trail and the own account. */
  readonly sections: readonly DeskSection[]
  /** The address people use; https makes the cookies secure. */
  readonly publicUrl?: string | undefined
  readonly now: () => Date
  readonly log: Logger
}

/** The staff desk, to be mounted at /desk. Every path below it asks for a session but those of signing in. */
export function createDesk(deps: DeskDeps): Hono {
  const guard = guardDeps(deps)
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
    context.header('X-Robots-Tag', 'noindex, nofollow')
  })
  for (const route of routes(deps)) app.on(route.method.toUpperCase(), route.path, guarded(guard, route))
  app.all('*', unknownPage(guard))
  app.onError(async (error, context) => {
    deps.log.error({ err: error }, 'a request at the desk failed')
    context.header('Cache-Control', 'no-store')
    // What failed may be the look-up itself: then the page has no navigation.
    const visitor = await deps.signIn
      .visitor(signInHeaders(context))
      .catch(() => ({ type: 'stranger' }) as const)
    return answerFault(guard, context, visitor, 'failed')
  })
  return app
}

/** Every route of the desk with who may take it, in the order in which they are tried. */
export function routes(deps: DeskDeps): readonly GuardedRoute[] {
  return [
    ...signInRoutes(deps),
    ...enrolRoutes(deps),
    homeRoute(deps),
    ...accountRoutes(deps),
    ...staffRoutes(deps),
    ...trailRoutes(deps),
    ...deps.routes,
  ]
}

function guardDeps(deps: DeskDeps): GuardDeps {
  const { texts, pages, demo, secrets, publicUrl } = deps
  const layout = createDeskLayout({
    texts,
    site: pages.texts.site,
    assets: pages.assets,
    demo,
    sections: sections(deps),
  })
  const secure = publicUrl?.startsWith('https:') === true
  return { ...deps, layout, csrf: createCsrf(secrets), flash: createFlash({ secrets, secure }) }
}

function sections({ texts, sections: others }: DeskDeps): readonly DeskSection[] {
  const { home, account, staff, trail } = texts.frame.sections
  return [
    { name: 'home', label: home, path: '/', permission: 'signed_in' },
    ...others,
    { name: 'staff', label: staff, path: '/staf', permission: 'staff' },
    { name: 'trail', label: trail, path: '/jejak', permission: 'trail' },
    { name: 'account', label: account, path: '/akun', permission: 'signed_in' },
  ]
}
