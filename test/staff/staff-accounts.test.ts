import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeStaff } from '../../src/staff/purge.ts'
import { advance, Browser, openStaffWorld, type StaffWorld, totp } from './staff-world.ts'

let world: StaffWorld
beforeAll(async () => {
  world = await openStaffWorld()
})
afterAll(() => world.close())

describe('createStaffAccounts', () => {
  it('keeps one admin, also when two disable each other at once', async () => {
    const { accounts } = world
    for (const login of ['satu', 'dua']) await accounts.add({ login, name: login, roles: ['admin'] }, 'cli')
    const done = await Promise.all([accounts.disable('satu', 'x'), accounts.disable('dua', 'y')])
    expect(done.toSorted()).toEqual(['disabled', 'last_admin'])
    const kept = done[0] === 'disabled' ? 'dua' : 'satu'
    expect(await accounts.setRoles(kept, ['bansos'], undefined, 'x')).toBe('last_admin')
    expect(await accounts.setRoles(kept, ['admin', 'bansos'], undefined, 'x')).toBe('set')
    expect((await accounts.list()).filter(({ state }) => state !== 'disabled')).toMatchObject([
      { login: kept },
    ])
  })

  it('does not take an admin who was only invited for the one that is kept', async () => {
    const { accounts } = world
    const { prisma } = world.database
    await world.enrol('satu-satunya')
    await prisma.staffAccount.updateMany({
      where: { name: { not: 'Pegawai satu-satunya' } },
      data: { disabledAt: new Date() },
    })
    await accounts.add({ login: 'undangan', name: 'Undangan', roles: ['admin'] }, 'cli')
    expect(await accounts.disable('satu-satunya', 'x')).toBe('last_admin')
    expect(await accounts.setRoles('satu-satunya', ['bansos'], undefined, 'x')).toBe('last_admin')
    expect(await accounts.disable('undangan', 'x')).toBe('disabled')
    await world.enrol('kedua')
    expect(await accounts.disable('satu-satunya', 'x')).toBe('disabled')
  })

  it('says why an account cannot be', async () => {
    const { accounts } = world
    const wish = { login: 'baru', name: 'Baru', roles: ['bansos'] as const }
    const add = async (other: Partial<Parameters<typeof accounts.add>[0]>) => {
      const added = await accounts.add({ ...wish, ...other }, 'cli')
      return added.type === 'refused' ? added.why : added.type
    }
    for (const login of ['', 'a', 'a b', '.ab', 'ab-', 'ibu@kota', 'x'.repeat(33)]) {
      expect([login, await add({ login })]).toEqual([login, 'login_malformed'])
    }
    expect(await add({ name: '  ' })).toBe('name_missing')
    expect(await add({ roles: [] })).toBe('no_role')
    expect(await add({ roles: ['lurah'] })).toBe('kelurahan_needed')
    expect(await add({ roles: ['lurah'], kelurahan: '99.99.99.9999' })).toBe('kelurahan_unknown')
    expect(await add({ roles: ['lurah'], kelurahan: '5371051001' })).toBe('added')
    expect(await add({ login: 'BARU' })).toBe('login_taken')
    expect(await accounts.enable('tidak.ada', 'cli')).toBe('unknown_account')
    expect((await accounts.list()).find(({ login }) => login === 'baru')?.kelurahan).toBe('53.71.05.1001')
    expect(await accounts.find('not an id')).toBeUndefined()
  })

  it('lets what changed count at the next request, and ends sessions where something is taken away', async () => {
    const { accounts } = world
    const officer = await world.enrol('peran', ['bansos'])
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    await accounts.setRoles('peran', ['bansos', 'umkm'], undefined, 'admin-id')
    expect(await browser.visitor()).toMatchObject({ officer: { roles: ['bansos', 'umkm'] } })
    await accounts.setRoles('peran', ['umkm'], undefined, 'admin-id')
    expect(await browser.visitor()).toEqual({ type: 'stranger' })

    await browser.enter(officer)
    const waiting = new Browser(world.signIn)
    await waiting.password(officer.login, officer.password)
    expect(await accounts.disable('peran', 'admin-id')).toBe('disabled')
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await waiting.code(totp(officer.secret))).toEqual({ type: 'refused' })
    expect(await browser.password(officer.login, officer.password)).toEqual({ type: 'refused' })
    expect(await accounts.enable('peran', 'admin-id')).toBe('enabled')
    expect(await browser.enter(officer)).toMatchObject({ type: 'signed_in' })
    const entries = await world.database.prisma.auditEntry.findMany({
      where: { subject: officer.id, actorId: 'admin-id' },
    })
    expect(entries.map(({ action }) => action)).toEqual([
      'staff.roles',
      'staff.roles',
      'staff.disable',
      'staff.enable',
    ])
  })

  it('forgets password, second factor, sessions and lock when an account is reset', async () => {
    const officer = await world.enrol('lupa')
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    const other = new Browser(world.signIn)
    for (let time = 0; time < 5; time++) await other.password('lupa', 'bukan katanya ini')
    const reset = await world.accounts.reset('lupa', 'admin-id')
    if (reset.type !== 'reset') throw new Error(reset.why)
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await browser.password('lupa', officer.password)).toEqual({ type: 'refused' })
    expect(await browser.password('lupa', reset.firstPassword)).toMatchObject({ type: 'enrol' })
    const begun = await browser.begin(reset.firstPassword, 'bubu penuh ikan kecil')
    if (begun.type !== 'begun') throw new Error(begun.type)
    expect(begun.secret).not.toBe(officer.secret)
    expect(await browser.finish(totp(begun.secret))).toMatchObject({ type: 'signed_in' })
  })
})

describe('purgeStaff', () => {
  it('deletes what ended and what is forgotten, and leaves a session that lasts', async () => {
    const officer = await world.enrol('bersih')
    const [old, lasting] = [new Browser(world.signIn), new Browser(world.signIn)]
    await old.enter(officer)
    await old.password('bersih', 'bukan katanya ini')
    advance({ hours: 25 })
    await lasting.enter(officer)
    expect(await purgeStaff(world.database.prisma, new Date())).toBeGreaterThan(3)
    const { rows } = await world.database.pool.query(`
      SELECT (SELECT count(*) FROM staff_session)::int AS sessions, (SELECT count(*) FROM staff_challenge)::int AS challenges,
        (SELECT count(*) FROM staff_used_code)::int AS codes, (SELECT count(*) FROM staff_attempts)::int AS attempts`)
    expect(rows).toEqual([
      { sessions: 1, challenges: expect.any(Number), codes: 1, attempts: expect.any(Number) },
    ])
    expect(rows[0].attempts).toBeLessThan(2)
    expect(await lasting.visitor()).toMatchObject({ type: 'officer' })
  })
})
