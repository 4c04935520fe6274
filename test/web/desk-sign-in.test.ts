import { beforeEach, describe, expect, it } from 'vitest'
import { enrolRoutes } from '../../src/web/desk/enrol-pages.ts'
import { signInRoutes } from '../../src/web/desk/sign-in-pages.ts'
import { createDeskWorld, type DeskWorld, deskOrigin } from '../support/desk-world.ts'
import { readQrOfPage } from '../support/read-qr.ts'

let world: DeskWorld

const officer = { id: 'u1', name: 'Maria <b>Lado</b>', roles: ['bansos'] } as const
const right = { login: 'maria.lado', password: 'perahu hijau laut' }

beforeEach(() => {
  world = createDeskWorld()
  world.signIn.accounts.set(right.login, { officer, password: right.password, code: '123456' })
})

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''

describe(signInRoutes.name, () => {
  it('signs in by password and code, and comes back to the page that was asked for', async () => {
    const door = await world.get('/desk/masuk?ke=%2Fdesk%2Fakun%3Fa%3D1')
    expect(await door.text()).toContain('name="ke" value="/desk/akun?a=1"')
    const password = await world.post('/desk/masuk', { ...right, ke: '/desk/akun?a=1' })
    expect(password.status).toBe(303)
    expect(password.headers.get('location')).toBe('/desk/kode?ke=%2Fdesk%2Fakun%3Fa%3D1')
    const code = await world.post('/desk/kode', { code: '123 456', ke: '/desk/akun?a=1' }, cookieOf(password))
    expect(code.status).toBe(303)
    expect(code.headers.get('location')).toBe('/desk/akun?a=1')
    expect((await world.get('/desk/akun', cookieOf(code))).status).toBe(200)
  })

  it.each([
    [{ ...right, password: 'salah' }],
    [{ ...right, login: 'orang.lain' }],
    [{ login: '', password: '' }],
  ])('has one wording for every wrong login: %o', async (fields) => {
    const response = await world.post('/desk/masuk', fields)
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.texts.sign_in.refused)
    expect(page).not.toContain('salah"')
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it('tells of attempts that failed meanwhile', async () => {
    world.signIn.failures = 4
    const password = await world.post('/desk/masuk', right)
    const code = await world.post('/desk/kode', { code: '123456' }, cookieOf(password))
    const cookies = code.headers.getSetCookie().map((line) => line.split(';')[0])
    expect(await (await world.get('/desk', cookies.join('; '))).text()).toContain(
      'ada 4 percobaan yang gagal',
    )
  })

  it('says until when it is locked, in WITA', async () => {
    world.signIn.lockedUntil = new Date('2026-03-05T01:45:00Z')
    for (const path of ['/desk/masuk', '/desk/kode']) {
      const response = await world.post(path, { ...right, code: '123456' })
      expect(response.status).toBe(429)
      expect(response.headers.get('retry-after')).toBe('Thu, 05 Mar 2026 01:45:00 GMT')
      expect(await response.text()).toContain('Kamis, 5 Maret 2026 pukul 09.45 WITA')
    }
  })

  it.each([
    'https://evil.example/desk',
    '//evil.example/desk',
    '/\\evil.example/desk',
    '\\\\evil.example',
    '/desk/../chat',
    '/desk/%2e%2e/chat',
    '/deskevil',
    '/desk@evil.example',
    'javascript:alert(1)',
    '/desk\r\nLocation: https://evil.example',
    '/desk/masuk?ke=/desk',
    '/desk/keluar',
    '',
  ])('goes to no other place than the desk: %j', async (ke) => {
    const step = await world.post('/desk/masuk', { ...right, ke })
    const code = await world.post('/desk/kode', { code: '123456', ke }, cookieOf(step))
    expect(code.headers.get('location')).toBe('/desk')
    const door = await world.get(`/desk/masuk?ke=${encodeURIComponent(ke)}`, world.signedIn('bansos').cookie)
    expect(door.headers.get('location')).toBe('/desk')
  })

  it('refuses a login that another site sends', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const response = await world.post('/desk/masuk', right, undefined, headers)
    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
    // Strangers cannot fill the trail.
    expect(world.notes).toEqual([])
  })

  it('escapes what was written into the form', async () => {
    const page = await (
      await world.post('/desk/masuk', { login: '"><script>alert(1)</script>', password: 'x' })
    ).text()
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('leaves: the session is gone and the cookie forgotten', async () => {
    const { cookie } = world.signedIn('bansos')
    const response = await world.post('/desk/keluar', {}, cookie)
    expect(response.headers.get('location')).toBe('/desk/masuk')
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0')
    expect((await world.get('/desk', cookie)).status).toBe(303)
  })

  it('tells signing in one address to believe, whatever the request claims', async () => {
    await world.get('/desk/masuk', undefined, { 'x-forwarded-for': '203.0.113.9' })
    expect(world.signIn.seen.at(-1)?.get('x-forwarded-for')).toBeNull()
  })
})

describe(enrolRoutes.name, () => {
  const first = {
    old_password: 'pertama-123',
    new_password: 'kopi pagi di oesapa',
    repeat: 'kopi pagi di oesapa',
  }
  let cookie = ''

  beforeEach(async () => {
    world.signIn.accounts.set(right.login, { officer, password: first.old_password, code: undefined })
    const step = await world.post('/desk/masuk', { login: right.login, password: first.old_password })
    expect(step.headers.get('location')).toBe('/desk/daftar-aman')
    cookie = cookieOf(step)
  })

  const send = async (path: string, fields: Readonly<Record<string, string>>) => {
    const page = await (await world.get('/desk/daftar-aman', cookie)).text()
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    return world.post(path, { csrf, ...fields }, cookie)
  }

  it('shows a QR, the secret in groups and the backup codes once, then signs in by code', async () => {
    const begun = await send('/desk/daftar-aman', first)
    const page = await begun.text()
    expect(begun.status).toBe(200)
    expect(await readQrOfPage(page)).toMatch(/^otpauth:\/\/totp\/.*secret=JBSWY3DPEHPK3PXP/)
    expect(page).not.toContain('style=')
    expect(page).toContain('JBSW Y3DP EHPK 3PXP')
    expect(page).toContain('a1b2c-9d3e4')
    expect(await (await world.get('/desk/daftar-aman', cookie)).text()).not.toContain('JBSW')
    const wrong = await send('/desk/daftar-aman/kode', { code: '000000' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain(world.texts.enrol.wrong_code)
    const done = await send('/desk/daftar-aman/kode', { code: '123456' })
    expect(done.headers.get('location')).toBe('/desk')
    const home = await world.get(
      '/desk',
      done.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
    )
    expect(await home.text()).toContain(world.texts.enrol.done)
  })

  it.each([
    [{ old_password: 'salah' }, 'refused'],
    [{ new_password: 'pendek', repeat: 'pendek' }, 'too_short'],
    [{ repeat: 'lain sama sekali' }, 'mismatch'],
  ] as const)('says what is wrong with the password: %o', async (change, problem) => {
    const response = await send('/desk/daftar-aman', { ...first, ...change })
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.texts.passwords[problem])
    expect(page).not.toContain('<svg class="qr"')
    expect(page).not.toContain(first.new_password)
  })

  it('escapes the name, and lets one leave', async () => {
    const page = await (await world.get('/desk/daftar-aman', cookie)).text()
    expect(page).not.toContain('<b>Lado</b>')
    expect(page).toContain('Maria &lt;b&gt;Lado')
    expect((await send('/desk/keluar', {})).headers.get('location')).toBe('/desk/masuk')
  })

  it('is closed to strangers and to those who have enrolled', async () => {
    expect((await world.get('/desk/daftar-aman')).headers.get('location')).toBe('/desk/masuk')
    const { cookie: other } = world.signedIn('bansos')
    expect((await world.get('/desk/daftar-aman', other)).headers.get('location')).toBe('/desk')
    expect((await world.post('/desk/daftar-aman', first, other)).headers.get('location')).toBe('/desk')
  })
})

describe('the flash', () => {
  it('is shown once, as text, in a cookie that scripts and other sites cannot use', async () => {
    const { cookie } = world.signedIn('admin')
    const response = await world.post(
      '/desk/staf/baru',
      { name: '<i>Yan</i>', login: 'yan', role_umkm: 'ya' },
      cookie,
    )
    expect(response.status).toBe(200)
    const set = await world.post('/desk/staf/akun/yan/nonaktif', {}, cookie)
    const [flash = ''] = set.headers.getSetCookie()
    expect(flash).toMatch(
      /^__Secure-lopo_desk_flash=[\w-]+; Max-Age=120; Path=\/desk; HttpOnly; Secure; SameSite=Strict$/,
    )
    const page = await world.get('/desk/staf', `${cookie}; ${flash.split(';')[0]}`)
    expect(await page.text()).toContain('Akun &lt;i&gt;Yan&lt;/i&gt; sudah dinonaktifkan.')
    expect(page.headers.getSetCookie()[0]).toContain('Max-Age=0')
  })

  it('shows nothing that the desk did not say', async () => {
    const planted = `__Secure-lopo_desk_flash=${Buffer.from('Kirim OTP ke 081').toString('base64url')}`
    const page = await world.get('/desk', `${world.signedIn('admin').cookie}; ${planted}`)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain('class="flash"')
  })

  it('is not secure where people use http', async () => {
    world = createDeskWorld({ publicUrl: undefined })
    const { cookie } = world.signedIn('admin')
    const set = await world.post('/desk/akun/perangkat', { session: 'x' }, cookie)
    expect(set.headers.getSetCookie()[0]).toMatch(/^lopo_desk_flash=/)
    expect(set.headers.getSetCookie()[0]).not.toContain('Secure')
    expect(deskOrigin).toContain('https')
  })
})
