import { beforeEach, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/staff/officer.ts'
import { accountRoutes } from '../../src/web/desk/account-pages.ts'
import { homeRoute } from '../../src/web/desk/home-page.ts'
import { staffRoutes } from '../../src/web/desk/staff-pages.ts'
import { createDeskWorld, type DeskWorld } from '../support/desk-world.ts'

let world: DeskWorld

beforeEach(() => {
  world = createDeskWorld({
    tiles: async ({ roles }) =>
      roles.includes('auditor')
        ? []
        : [{ label: 'Tiket <menunggu>', count: 3, path: '/tiket', urgent: true }],
    sections: [
      { name: 'tickets', label: 'Tiket', path: '/tiket', permission: 'tickets' },
      { name: 'lists', label: 'Daftar', path: '/daftar', permission: 'lists' },
    ],
  })
})

const read = async (path: string, cookie: string) => (await world.get(path, cookie)).text()

describe(homeRoute.name, () => {
  it('greets by the time of day in Kupang and shows what waits', async () => {
    const page = await read('/desk', world.signedIn('bansos').cookie)
    expect(page).toContain('Selamat pagi, Maria bansos')
    expect(page).toContain('class="tile urgent" href="/desk/tiket"')
    expect(page).toContain('Tiket &lt;menunggu&gt;')
  })

  it('shows in the navigation what the roles allow, and nothing else', async () => {
    const seen = async (...roles: readonly StaffRole[]) => {
      const page = await read('/desk', world.signedIn(...roles).cookie)
      return [
        ...new Set([...page.matchAll(/class="nav-link" href="([^"]+)"/g)].map((match) => match[1])),
      ].sort()
    }
    expect(await seen('auditor')).toEqual(['/desk', '/desk/akun', '/desk/jejak'])
    expect(await seen('umkm')).toEqual(['/desk', '/desk/akun', '/desk/tiket'])
    expect(await seen('bansos')).toContain('/desk/daftar')
    expect(await seen('auditor', 'umkm')).toEqual(['/desk', '/desk/akun', '/desk/jejak', '/desk/tiket'])
    expect(await seen('admin')).toHaveLength(6)
  })
})

describe(accountRoutes.name, () => {
  it('shows own devices and signs one of them out', async () => {
    const { officer, cookie } = world.signedIn('bansos')
    const other = world.signIn.enter(officer)
    const strangers = world.signIn.enter({ ...officer, id: 'somebody-else' })
    const page = await read('/desk/akun', cookie)
    expect(page.match(/name="session"/g)).toHaveLength(1)
    expect(page).toContain(world.texts.account.this_one)
    const id = other.split('=')[1] ?? ''
    const done = await world.post('/desk/akun/perangkat', { session: id }, cookie)
    expect(done.headers.get('location')).toBe('/desk/akun')
    expect((await world.get('/desk', other)).status).toBe(303)
    await world.post('/desk/akun/perangkat', { session: strangers.split('=')[1] ?? '' }, cookie)
    expect((await world.get('/desk', strangers)).status).toBe(200)
  })

  it('changes the password, or says why not', async () => {
    const { officer, cookie } = world.signedIn('bansos')
    const account = { officer, password: 'kata sandi lama', code: '123456' }
    world.signIn.accounts.set('maria', account)
    const wish = {
      old_password: 'kata sandi lama',
      new_password: 'angin timur laut',
      repeat: 'angin timur laut',
    }
    for (const [change, problem] of [
      [{ old_password: 'salah' }, 'refused'],
      [{ new_password: 'x', repeat: 'x' }, 'too_short'],
      [{ repeat: 'x' }, 'mismatch'],
    ] as const) {
      const response = await world.post('/desk/akun/kata-sandi', { ...wish, ...change }, cookie)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain(world.texts.passwords[problem])
    }
    expect(account.password).toBe('kata sandi lama')
    expect((await world.post('/desk/akun/kata-sandi', wish, cookie)).status).toBe(303)
    expect(account.password).toBe('angin timur laut')
  })
})

describe(staffRoutes.name, () => {
  const wish = {
    name: 'Yohanes <b>Ndun</b>',
    login: 'yohanes.ndun',
    role_lurah: 'ya',
    kelurahan: '53.71.02.1002',
  }

  it('adds an account and shows the first password once', async () => {
    const { cookie } = world.signedIn('admin')
    const response = await world.post('/desk/staf/baru', wish, cookie)
    const page = await response.text()
    expect(page).toContain('kopi-lontar-pasir-42')
    expect(page).toContain('Yohanes &lt;b&gt;Ndun&lt;/b&gt;')
    expect(world.accounts.all.get('yohanes.ndun')).toMatchObject({
      roles: ['lurah'],
      kelurahan: '53.71.02.1002',
    })
    const list = await read('/desk/staf', cookie)
    expect(list).toContain('href="/desk/staf/akun/yohanes.ndun"')
    expect(list).not.toContain('kopi-lontar')
    expect(list).not.toContain('<b>Ndun')
  })

  it.each([
    [{ login: 'Yohanes Ndun' }, 'login_malformed'],
    [{ name: ' ' }, 'name_missing'],
    [{ role_lurah: '' }, 'no_role'],
  ] as const)('says why an account cannot be added, and keeps what was written: %o', async (change, why) => {
    const response = await world.post(
      '/desk/staf/baru',
      { ...wish, ...change },
      world.signedIn('admin').cookie,
    )
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toContain(world.texts.staff.refused[why])
    expect(page).toContain('<option value="53.71.02.1002" selected>Oesapa</option>')
  })

  it('changes roles, disables, enables and gives a first password again', async () => {
    const { cookie } = world.signedIn('admin')
    await world.post('/desk/staf/baru', wish, cookie)
    const account = () => world.accounts.all.get('yohanes.ndun')
    const path = '/desk/staf/akun/yohanes.ndun'
    await world.post(`${path}/peran`, { role_umkm: 'ya', role_penjawab: 'ya' }, cookie)
    expect(account()?.roles).toEqual(['umkm', 'penjawab'])
    expect((await world.post(`${path}/peran`, {}, cookie)).status).toBe(422)
    await world.post(`${path}/nonaktif`, {}, cookie)
    expect(account()?.state).toBe('disabled')
    expect(await read(path, cookie)).toContain(`${path}/aktif`)
    await world.post(`${path}/aktif`, {}, cookie)
    expect(account()?.state).toBe('active')
    expect(await (await world.post(`${path}/sandi`, {}, cookie)).text()).toContain('kopi-lontar-pasir-42')
    expect(account()?.state).toBe('invited')
  })

  it('offers nobody to disable the own account, and knows no account that is not there', async () => {
    const { officer, cookie } = world.signedIn('admin')
    world.accounts.all.set('maria', {
      ...officer,
      login: 'maria',
      state: 'active',
      createdAt: new Date(0),
      lastSeenAt: undefined,
    })
    const page = await read('/desk/staf/akun/maria', cookie)
    expect(page).toContain(world.texts.staff.self)
    expect(page).not.toContain('nonaktif"')
    expect((await world.get('/desk/staf/akun/tidak-ada', cookie)).status).toBe(404)
    expect((await world.post('/desk/staf/akun/tidak-ada/sandi', {}, cookie)).status).toBe(404)
  })
})
