import { html } from 'hono/html'
import { beforeEach, describe, expect, it } from 'vitest'
import { may, type Permission, staffRoles } from '../../src/staff/officer.ts'
import { guarded } from '../../src/web/desk/desk-guard.ts'
import type { DeskRoute } from '../../src/web/desk/desk-route.ts'
import { createDeskWorld, type DeskWorld, deskOrigin } from '../support/desk-world.ts'

const handled: string[] = []

function route(permission: DeskRoute['permission'], method: DeskRoute['method'], path: string): DeskRoute {
  return {
    permission,
    method,
    path,
    async handle(visit) {
      handled.push(path)
      if (method === 'post') return visit.redirect('/', 'Sudah <b>disimpan</b>.')
      return visit.page({ title: 'Contoh', body: html`<h1>Contoh</h1>` })
    },
  }
}

const permissions: readonly Permission[] = [
  ...(['tickets', 'lists', 'claim_codes', 'content', 'alarms', 'channels', 'staff', 'trail'] as const),
]
const others = [
  ...permissions.map((permission) => route(permission, 'get', `/contoh/${permission}`)),
  ...permissions.map((permission) => route(permission, 'post', `/contoh/${permission}`)),
  route('tickets', 'get', '/tiket/:number'),
  { ...route('lists', 'post', '/unggah'), maxBytes: 1000 },
  {
    ...route('signed_in', 'get', '/rusak'),
    handle: () => Promise.reject(new Error('the table of <secrets> is away')),
  },
]

let world: DeskWorld

beforeEach(() => {
  handled.length = 0
  world = createDeskWorld({ routes: others })
})

const address = (path: string) => `/desk${path === '/' ? '' : path.replace(/:\w+/g, '7')}`
const send = (method: 'get' | 'post', path: string, cookie?: string) =>
  method === 'get' ? world.get(address(path), cookie) : world.post(address(path), {}, cookie)

describe(guarded.name, () => {
  it('lets each role take exactly the routes that its permissions name', async () => {
    for (const role of staffRoles) {
      for (const { method, path, permission } of world.routes) {
        // Each with a session of its own: one of the routes ends it.
        const { cookie, officer } = world.signedIn(role)
        const csrf = await world.csrfOf(cookie)
        world.notes.length = 0
        const response =
          method === 'get'
            ? await world.get(address(path), cookie)
            : await world.post(address(path), { csrf }, cookie)
        const isDoor = ['open', 'enrolling', 'any_session', 'signed_in'].includes(permission)
        const isAllowed = isDoor || may(officer, permission as Permission)
        const told = `${role} ${method} ${path}`
        expect(response.status === 403, told).toBe(!isAllowed)
        expect(
          world.notes.filter(({ action }) => action === 'desk.refused').map(({ outcome }) => outcome),
          told,
        ).toEqual(isAllowed ? [] : ['forbidden'])
      }
    }
  })

  it('sends a stranger to the door from every route, and from paths that do not exist', async () => {
    const paths = world.routes.filter(({ permission }) => permission !== 'open')
    for (const { method, path } of [...paths, { method: 'get', path: '/tidak-ada' } as const]) {
      const response = await send(method, path)
      expect(response.status, path).toBe(303)
      const to = new URL(response.headers.get('location') ?? '', deskOrigin)
      expect(to.pathname, path).toBe('/desk/masuk')
      const back = method === 'get' && path !== '/' ? address(path) : null
      if (path !== '/daftar-aman') expect(to.searchParams.get('ke'), path).toBe(back)
    }
    expect(handled).toEqual([])
  })

  it('lets whoever must still enrol go nowhere else', async () => {
    const paths = world.routes.filter(
      ({ permission }) => !['open', 'enrolling', 'any_session'].includes(permission),
    )
    for (const { method, path } of [...paths, { method: 'get', path: '/tidak-ada' } as const]) {
      const cookie = world.signIn.enter(world.signedIn('admin').officer, 'enrolling')
      const response = await send(method, path, cookie)
      expect(response.status, path).toBe(303)
      expect(response.headers.get('location'), path).toBe('/desk/daftar-aman')
    }
    expect(handled).toEqual([])
  })

  it('tells htmx to load the door as a whole page, with the way back', async () => {
    const response = await world.get('/desk/contoh/tickets', undefined, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
      'hx-current-url': `${deskOrigin}/desk/tiket/7?urut=baru`,
    })
    expect(response.headers.get('hx-redirect')).toBe('/desk/masuk?ke=%2Fdesk%2Ftiket%2F7%3Furut%3Dbaru')
    expect(await response.text()).toBe('')
  })

  it('reveals nothing where a permission is missing, whatever was asked for', async () => {
    const { cookie } = world.signedIn('auditor')
    const [one, other] = [
      await world.get('/desk/tiket/7', cookie),
      await world.post('/desk/unggah', {}, cookie),
    ]
    const main = async (response: Response) => /<main.*<\/main>/s.exec(await response.text())?.[0]
    const said = await main(one)
    expect(said).toContain(world.texts.errors.forbidden.text)
    expect(await main(other)).toBe(said)
    expect(world.notes.map(({ actor, details }) => [actor.id, details?.route])).toEqual([
      ['u-auditor', 'get /tiket/:number'],
      ['u-auditor', 'post /unggah'],
    ])
  })

  it.each([
    ['no word', async () => ({})],
    ['an empty word', async () => ({ csrf: '' })],
    ['a word of its own making', async () => ({ csrf: 'x'.repeat(43) })],
    [
      "another session's word",
      async () => ({ csrf: await world.csrfOf(world.signIn.enter(world.signedIn('admin').officer)) }),
    ],
  ] as const)('refuses a post with %s', async (_, fields) => {
    const { cookie } = world.signedIn('admin')
    const response = await world.post('/desk/contoh/tickets', { csrf: '', ...(await fields()) }, cookie)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain(world.texts.errors.stale.text)
    expect(handled).toEqual([])
    expect(world.notes.map(({ outcome }) => outcome)).toEqual(['stale'])
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://other.lopo.example' }],
    ['an old browser on another site', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['a page without an origin', { 'sec-fetch-site': '', origin: 'null' }],
    ['nobody says where', { 'sec-fetch-site': '', origin: '' }],
  ])('refuses a post from %s, even with the right word', async (_, headers) => {
    const { cookie } = world.signedIn('admin')
    const csrf = await world.csrfOf(cookie)
    const body = new URLSearchParams({ csrf })
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
    const response = await world.request('/desk/contoh/tickets', {
      method: 'POST',
      body,
      headers: { host: 'lopo.example', cookie, ...sent },
    })
    expect(response.status).toBe(403)
    expect(handled).toEqual([])
  })

  it('takes a post of an old browser that names its own page', async () => {
    const { cookie } = world.signedIn('admin')
    const csrf = await world.csrfOf(cookie)
    const response = await world.request('/desk/contoh/tickets', {
      method: 'POST',
      body: new URLSearchParams({ csrf }),
      headers: { host: 'lopo.example', cookie, origin: deskOrigin },
    })
    expect(response.status).toBe(303)
    expect(handled).toEqual(['/contoh/tickets'])
  })

  it('takes the word in the address of a form with a file, and leaves the body to the route', async () => {
    const { cookie } = world.signedIn('bansos')
    const form = new FormData()
    form.set('file', new Blob(['nik']), 'daftar.csv')
    const headers = { host: 'lopo.example', cookie, origin: deskOrigin, 'sec-fetch-site': 'same-origin' }
    const upload = (csrf: string) =>
      world.request(`/desk/unggah?csrf=${csrf}`, { method: 'POST', body: form, headers })
    expect((await upload(await world.csrfOf(cookie))).status).toBe(303)
    expect((await upload('')).status).toBe(403)
  })

  it('reads nothing of an upload before its word, and lets the route count what does not say its length', async () => {
    const { cookie } = world.signedIn('bansos')
    const headers = { host: 'lopo.example', cookie, origin: deskOrigin, 'sec-fetch-site': 'same-origin' }
    const upload = (csrf: string) => {
      // It begins, and never ends.
      const body = new ReadableStream({ start: (sender) => sender.enqueue(new Uint8Array(10)) })
      const init = { method: 'POST', body, headers, duplex: 'half' } as const
      return world.request(`/desk/unggah?csrf=${csrf}`, init)
    }
    expect((await upload('')).status).toBe(403)
    expect((await upload(await world.csrfOf(world.signedIn('bansos').cookie))).status).toBe(403)
    expect(handled).toEqual([])
    expect((await upload(await world.csrfOf(cookie))).status).toBe(303)
    expect(handled).toEqual(['/unggah'])
  })

  it.each([
    ['/desk/contoh/tickets', 70_000],
    ['/desk/unggah', 1100],
    ['/desk/masuk', 70_000],
  ])('refuses a body that is too large for %s with a sentence', async (path, size) => {
    const { cookie } = world.signedIn('admin')
    const response = await world.post(
      path,
      { csrf: await world.csrfOf(cookie), text: 'x'.repeat(size) },
      cookie,
    )
    expect(response.status).toBe(413)
    expect(await response.text()).toContain(world.texts.errors.too_large.text)
    expect(handled).toEqual([])
  })

  it('answers an unknown path with a page of the desk for those who are signed in', async () => {
    const response = await world.get('/desk/tidak-ada', world.signedIn('penjawab').cookie)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain(world.texts.errors.not_found.text)
  })

  it('forgives a slash at the end', async () => {
    const { cookie } = world.signedIn('penjawab')
    expect((await world.get('/desk/', cookie)).headers.get('location')).toBe('/desk')
    expect((await world.get('/desk/akun/', cookie)).headers.get('location')).toBe('/desk/akun')
    expect((await world.get('/desk//evil.example/', cookie)).headers.get('location')).toBe(
      '/desk//evil.example',
    )
    expect((await world.get('/desk/')).headers.get('location')).toMatch(/^\/desk\/masuk/)
  })

  it('says that it failed without saying how', async () => {
    const response = await world.get('/desk/rusak', world.signedIn('penjawab').cookie)
    const page = await response.text()
    expect(response.status).toBe(500)
    expect(page).toContain(world.texts.errors.failed.text)
    expect(page).toContain('href="/desk/akun"')
    expect(page).not.toContain('secrets')
    expect(world.log.join('')).toContain('the table of <secrets> is away')
  })

  it('still says so when nobody can be looked up', async () => {
    world.signIn.broken = true
    const response = await world.get('/desk', world.signedIn('admin').cookie)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain(world.texts.errors.failed.text)
  })

  it.each([
    ['/desk/masuk', 200],
    ['/desk', 303],
    ['/desk/tidak-ada', 303],
    ['/desk/contoh/trail', 403],
    ['/desk/rusak', 500],
    ['/desk/tidak-ada', 404],
    ['/desk', 200],
  ])('sets the headers on %s with %i', async (path, status) => {
    const cookie =
      [303].includes(status) || path === '/desk/masuk' ? undefined : world.signedIn('bansos').cookie
    const { headers, status: got } = await world.get(path, cookie)
    expect(got).toBe(status)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})
