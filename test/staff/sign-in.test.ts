import { hashPassword } from 'better-auth/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStaffResealer } from '../../src/staff/sign-in/secret-store.ts'
import { renewalHeader } from '../../src/staff/sign-in/sign-in.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { advance, Browser, openStaffWorld, type StaffWorld, totp } from './staff-world.ts'

let world: StaffWorld
beforeAll(async () => {
  world = await openStaffWorld()
})
afterAll(() => world.close())

describe('createSignIn', () => {
  it('leads from a first password to a session with both factors', async () => {
    const { accounts, signIn } = world
    const added = await accounts.add({ login: 'Maria.B', name: 'Maria Bria', roles: ['admin'] }, 'cli')
    if (added.type !== 'added') throw new Error(added.why)
    expect(added.account).toMatchObject({ login: 'maria.b', state: 'invited' })
    const browser = new Browser(signIn)
    expect(await browser.visitor()).toEqual({ type: 'stranger' })

    expect(await browser.password('maria.b', added.firstPassword)).toMatchObject({ type: 'enrol' })
    expect(await browser.visitor()).toMatchObject({ type: 'enrolling', officer: { name: 'Maria Bria' } })
    expect(await browser.finish('123456')).toEqual({ type: 'refused' })
    const { firstPassword } = added
    expect(await browser.begin(firstPassword, firstPassword)).toEqual({ type: 'weak_password', why: 'same' })
    expect(await browser.begin('salah sekali ini', 'tali jemuran di kebun')).toEqual({ type: 'refused' })
    const begun = await browser.begin(firstPassword, 'tali jemuran di kebun')
    if (begun.type !== 'begun') throw new Error(begun.type)
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Lopo:maria\.b\?secret=[A-Z2-7]+&issuer=Lopo$/)
    expect(begun.backupCodes).toHaveLength(10)
    expect(await browser.visitor()).toMatchObject({ type: 'enrolling' })
    expect(await browser.finish('000000')).toEqual({ type: 'refused' })
    const proof = totp(begun.secret)
    expect(await browser.finish(proof)).toMatchObject({ type: 'signed_in', failedAttempts: 2 })
    expect(await browser.visitor()).toMatchObject({ type: 'officer', officer: { roles: ['admin'] } })
    expect(await accounts.find(added.account.id)).toMatchObject({ state: 'active' })

    await browser.leave()
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await browser.password('maria.b', firstPassword)).toEqual({ type: 'refused' })
    expect(await browser.password(' MARIA.B ', 'tali jemuran di kebun')).toMatchObject({
      type: 'code_needed',
    })
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    expect(await browser.code(proof)).toEqual({ type: 'refused' })
    advance({ seconds: 30 })
    const code = totp(begun.secret)
    expect(await browser.code(`${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({
      type: 'signed_in',
      failedAttempts: 2,
    })
    expect(await browser.visitor()).toMatchObject({ type: 'officer' })
  })

  it('takes a code once, also from two browsers at the same time', async () => {
    const officer = await world.enrol('sekali')
    const browsers = [new Browser(world.signIn), new Browser(world.another())]
    for (const browser of browsers) await browser.password(officer.login, officer.password)
    const code = totp(officer.secret)
    const steps = await Promise.all(browsers.map((browser) => browser.code(code)))
    expect(steps.map(({ type }) => type).sort()).toEqual(['refused', 'signed_in'])
    const late = new Browser(world.signIn)
    await late.password(officer.login, officer.password)
    expect(await late.code(code)).toEqual({ type: 'refused' })
    advance({ seconds: 30 })
    expect(await late.code(totp(officer.secret))).toMatchObject({ type: 'signed_in' })
  })

  it('takes a code for a lost phone once, however it is typed', async () => {
    const officer = await world.enrol('hilang')
    const [first = '', second = ''] = officer.backupCodes
    const browser = new Browser(world.signIn)
    await browser.password(officer.login, officer.password)
    expect(await browser.code(` ${first.toUpperCase().replace('-', ' ')}`)).toMatchObject({
      type: 'signed_in',
    })
    await browser.leave()
    advance({ hours: 2 })
    await browser.password(officer.login, officer.password)
    expect(await browser.code(first)).toEqual({ type: 'refused' })
    expect(await browser.code(second)).toMatchObject({ type: 'signed_in' })
  })

  it('gives no session to a cookie that was not signed here, nor to a challenge', async () => {
    const officer = await world.enrol('palsu')
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    const [name = '', cookie = ''] = [...browser.jar].find(([, value]) => value.includes('.')) ?? []
    const [token = ''] = decodeURIComponent(cookie).split('.')
    for (const value of [token, `${token}.`, `${token}.${'A'.repeat(43)}=`]) {
      const forger = new Browser(world.signIn)
      forger.jar.set(name, encodeURIComponent(value))
      expect(await forger.visitor()).toEqual({ type: 'stranger' })
    }
    const waiting = new Browser(world.signIn)
    await waiting.password(officer.login, officer.password)
    expect(await waiting.visitor()).toEqual({ type: 'stranger' })
    expect(await waiting.sessions()).toEqual([])
    expect(await waiting.finish(totp(officer.secret))).toEqual({ type: 'refused' })
    expect(await waiting.change(officer.password, 'lain lagi ini kata')).toBe('refused')
  })

  it('lets a session of the first password never become one of both factors', async () => {
    const { accounts, signIn } = world
    const added = await accounts.add({ login: 'dua.orang', name: 'Dua', roles: ['umkm'] }, 'cli')
    if (added.type !== 'added') throw new Error(added.why)
    const [officer, thief] = [new Browser(signIn), new Browser(signIn)]
    for (const browser of [thief, officer]) await browser.password('dua.orang', added.firstPassword)
    const begun = await officer.begin(added.firstPassword, 'jaring tua di pantai')
    if (begun.type !== 'begun') throw new Error(begun.type)
    await thief.password('dua.orang', 'jaring tua di pantai')
    expect(await thief.visitor()).toMatchObject({ type: 'enrolling' })
    expect(await officer.finish(totp(begun.secret))).toMatchObject({ type: 'signed_in' })
    expect(await thief.visitor()).toEqual({ type: 'stranger' })
    expect(await officer.visitor()).toMatchObject({ type: 'officer', officer: { roles: ['umkm'] } })
  })

  it('lets whoever broke off enrol again, with the own password kept', async () => {
    const added = await world.accounts.add({ login: 'putus', name: 'Putus', roles: ['umkm'] }, 'cli')
    if (added.type !== 'added') throw new Error(added.why)
    const browser = new Browser(world.signIn)
    await browser.password('putus', added.firstPassword)
    await browser.begin(added.firstPassword, 'sampan kecil ke semau')
    await browser.leave()
    expect(await browser.password('putus', 'sampan kecil ke semau')).toMatchObject({ type: 'enrol' })
    const again = await browser.begin('sampan kecil ke semau', 'sampan kecil ke semau')
    if (again.type !== 'begun') throw new Error(again.type)
    expect(await browser.finish(totp(again.secret))).toMatchObject({ type: 'signed_in' })
  })

  it('ends a session after an hour without a request, and after twelve hours in any case', async () => {
    const officer = await world.enrol('lama')
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    advance({ minutes: 59 })
    expect(await browser.visitor()).toMatchObject({ type: 'officer' })
    advance({ minutes: 61 })
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
    await browser.enter(officer)
    for (let half = 1; half < 24; half++) {
      advance({ minutes: 30 })
      expect(await browser.visitor()).toMatchObject({ type: 'officer' })
    }
    advance({ minutes: 30 })
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
  })

  it('lets a page that renews itself keep no session from standing idle', async () => {
    const officer = await world.enrol('tunggu')
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    advance({ minutes: 40 })
    const renewal = browser.headers()
    renewal.set(renewalHeader, 'yes')
    expect(await world.signIn.visitor(renewal)).toMatchObject({ type: 'officer' })
    advance({ minutes: 21 })
    expect(await browser.visitor()).toEqual({ type: 'stranger' })
  })

  it('shows an officer the own sessions, and ends one of them', async () => {
    const officer = await world.enrol('sesi')
    const other = await world.enrol('orang.lain')
    const phone = new Browser(world.signIn)
    const desk = new Browser(world.signIn, { userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/142.0' })
    const stranger = new Browser(world.signIn)
    await phone.enter(officer)
    await desk.enter(officer)
    await stranger.enter(other)
    const sessions = await desk.sessions()
    expect(sessions.map(({ device, isThisOne }) => [device, isThisOne])).toEqual([
      ['Firefox · Windows', true],
      ['Chrome · Android', false],
    ])
    const [, theirs] = sessions
    await stranger.revoke(theirs!.id)
    expect(await phone.visitor()).toMatchObject({ type: 'officer' })
    await desk.revoke('no-such-session')
    await desk.revoke(theirs!.id)
    expect(await phone.visitor()).toEqual({ type: 'stranger' })
    expect(await desk.visitor()).toMatchObject({ type: 'officer' })
    expect((await world.trail()).filter((line) => line === 'staff.revoke')).toHaveLength(1)
  })

  it('changes a password, which ends the other sessions', async () => {
    const officer = await world.enrol('ganti')
    const [here, there] = [new Browser(world.signIn), new Browser(world.signIn)]
    await here.enter(officer)
    await there.enter(officer)
    expect(await here.change(officer.password, 'pendek')).toBe('too_short')
    expect(await here.change(officer.password, officer.password)).toBe('same')
    expect(await here.change(officer.password, 'Kupang2026!!')).toBe('common')
    expect(await here.change('bukan ini katanya', 'angin timur di bukit')).toBe('refused')
    expect(await here.change(officer.password, 'angin timur di bukit')).toBe('changed')
    expect(await here.visitor()).toMatchObject({ type: 'officer' })
    expect(await there.visitor()).toEqual({ type: 'stranger' })
    expect(await there.password(officer.login, officer.password)).toEqual({ type: 'refused' })
  })

  it('binds its cookies to https where the desk has it, and keeps them from scripts', async () => {
    const officer = await world.enrol('kue')
    const attempt = { login: officer.login, password: officer.password }
    const step = async (publicUrl?: string) => {
      const signIn = world.another(publicUrl === undefined ? {} : { publicUrl })
      const given = await signIn.withPassword(new Headers(), attempt)
      return 'cookies' in given ? given.cookies : []
    }
    const secure = await step('https://lopo.example')
    expect(secure.length).toBeGreaterThan(0)
    for (const cookie of secure) {
      expect(cookie).toMatch(/^__Host-lopo\./)
      for (const word of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(word)
      expect(cookie).not.toContain('Domain')
    }
    for (const cookie of await step()) expect(cookie).not.toContain('Secure')
  })

  it('keeps no secret that can be read in the database, and survives a new key', async () => {
    const officer = await world.enrol('kunci')
    const browser = new Browser(world.signIn)
    await browser.enter(officer)
    const { rows } = await world.database.pool.query(
      'SELECT secret, backup_codes FROM staff_factor WHERE user_id = $1',
      [officer.id],
    )
    const written = JSON.stringify(rows)
    expect(written).not.toContain(officer.secret)
    for (const code of officer.backupCodes) expect(written).not.toContain(code)
    expect(written).toMatch(/^\[\{"secret":"[0-9a-f]+","backup_codes":"[0-9a-f]+"\}\]$/)

    const added = newKeyEntry()
    const next = createKeyring([added, ...world.keyEntries])
    const resealer = createStaffResealer(world.database)
    const reseal = (sealed: Uint8Array) => next.seal(next.open(sealed))
    expect(await resealer.next(0n, reseal)).toEqual({ last: 1n, rows: 1 })
    expect(await resealer.next(1n, reseal)).toBeUndefined()
    const later = new Browser(world.another({ keyring: createKeyring([added]) }))
    for (const [name, value] of browser.jar) later.jar.set(name, value)
    expect(await later.visitor()).toMatchObject({ type: 'officer' })
    expect(await later.enter(officer)).toMatchObject({ type: 'signed_in' })
    const strange = world.another({ keyring: createKeyring([newKeyEntry()]) })
    await expect(strange.visitor(new Headers())).rejects.toThrow()
    await resealer.next(0n, (sealed) => world.keyring.seal(next.open(sealed)))
  })

  it('works as hard for a login that nobody has as for one that somebody has', async () => {
    const { login } = await world.enrol('waktu')
    const effortOf = async (work: () => Promise<unknown>) => {
      const before = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const hashing = await effortOf(() => hashPassword('kata sandi apa saja'))
    const attempt = (name: string) => () => new Browser(world.signIn).password(name, 'bukan katanya ini')
    for (const name of [login, 'tidak.ada', 'bukan login!', '']) {
      expect([name, (await effortOf(attempt(name))) > hashing / 2]).toEqual([name, true])
    }
  })
})
