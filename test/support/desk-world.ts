import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { pino } from 'pino'
import type { AuditEntry } from '../../src/staff/audit-trail.ts'
import type { Officer, StaffRole } from '../../src/staff/officer.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createDesk, type DeskDeps, routes } from '../../src/web/desk/desk-app.ts'
import { type DeskTexts, parseDeskTexts } from '../../src/web/desk/desk-texts.ts'
import { createPages } from '../../src/web/pages.ts'
import { createWebApp } from '../../src/web/web-app.ts'
import { createWebServer, type WebServer } from '../../src/web/web-server.ts'
import { createFakeSignIn, type FakeSignIn } from './fake-sign-in.ts'
import { createFakeStaffAccounts, type FakeStaffAccounts } from './fake-staff-accounts.ts'
import { createFakeTrail } from './fake-trail.ts'

/** The web app with a desk on fakes in it. */
export interface DeskWorld {
  readonly texts: DeskTexts
  readonly signIn: FakeSignIn
  readonly accounts: FakeStaffAccounts
  /** What was written into the trail. */
  readonly notes: AuditEntry[]
  readonly routes: ReturnType<typeof routes>
  readonly log: string[]
  /** An officer with these roles, and a cookie header of a session. */
  signedIn(...roles: readonly StaffRole[]): { readonly officer: Officer; readonly cookie: string }
  /** A request as it is, of the whole web app. */
  request(path: string, init: RequestInit): Promise<Response>
  get(path: string, cookie?: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Posts as a page of the desk would; the csrf word is fetched from a page when none is given. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    cookie?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
  /** The same over real HTTP on a free port. */
  serve(): WebServer
  /** The csrf word of the session, as its pages carry it. */
  csrfOf(cookie: string): Promise<string>
}

/** Where the desk of the tests is reached. */
export const deskOrigin = 'https://lopo.example'

/** Makes the parts of a desk, of which a test may give its own. */
export function createDeskWorld(given: Partial<DeskDeps> = {}): DeskWorld {
  const signIn = createFakeSignIn()
  const accounts = createFakeStaffAccounts()
  const notes: AuditEntry[] = []
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const pages = createPages({ words: readFileSync('flows/content/laman.yaml', 'utf8'), demo: false })
  const texts = parseDeskTexts(readFileSync('flows/content/meja.yaml', 'utf8'))
  const deps: DeskDeps = {
    texts,
    pages,
    demo: false,
    signIn,
    accounts,
    kelurahan: [{ code: '53.71.02.1002', name: 'Oesapa' }],
    trail: createFakeTrail(notes),
    note: async (entry) => void notes.push(entry),
    secrets: createKeyring([newKeyEntry()]),
    tiles: async () => [],
    routes: [],
    sections: [],
    publicUrl: deskOrigin,
    now: () => new Date('2026-03-05T01:30:00Z'),
    log: logger,
    ...given,
  }
  const parts = {
    ...pages,
    chat: new Hono(),
    desk: createDesk(deps),
    health: async () => true,
    publicUrl: deps.publicUrl,
    log: logger,
  }
  const web = createWebApp({ ...parts, onStream: () => undefined })
  const get: DeskWorld['get'] = async (path, cookie, headers = {}) =>
    web.request(`${deskOrigin}${path}`, {
      headers: { host: 'lopo.example', ...(cookie === undefined ? {} : { cookie }), ...headers },
    })
  const world: DeskWorld = {
    texts,
    signIn,
    accounts,
    notes,
    routes: routes(deps),
    log,
    signedIn(...roles) {
      const officer: Officer = { id: `u-${roles.join('-')}`, name: `Maria ${roles.join(' ')}`, roles }
      return { officer, cookie: signIn.enter(officer) }
    },
    request: async (path, init) => web.request(`${deskOrigin}${path}`, init),
    get,
    async post(path, fields, cookie, headers = {}) {
      const word = fields.csrf === undefined && cookie !== undefined ? await world.csrfOf(cookie) : undefined
      return web.request(`${deskOrigin}${path}`, {
        method: 'POST',
        body: new URLSearchParams({ ...(word === undefined ? {} : { csrf: word }), ...fields }),
        headers: {
          host: 'lopo.example',
          origin: deskOrigin,
          'sec-fetch-site': 'same-origin',
          ...(cookie === undefined ? {} : { cookie }),
          ...headers,
        },
      })
    },
    serve: () => createWebServer({ ...parts, host: '127.0.0.1', graceMs: 200 }),
    async csrfOf(cookie) {
      const page = await (await get('/desk/nowhere', cookie)).text()
      return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    },
  }
  return world
}
