import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance, Browser, type Enrolled, openStaffWorld, type StaffWorld, totp } from './staff-world.ts'

let world: StaffWorld
beforeAll(async () => {
  world = await openStaffWorld()
})
afterAll(() => world.close())

const minute = 60_000
const wrong = 'bukan katanya ini'
/** Refused without being hashed, which is dear where many fail. */
const endless = 'x'.repeat(300)

async function fail(login: string, times: number, browser = new Browser(world.signIn), password = endless) {
  const steps: unknown[] = []
  for (let time = 0; time < times; time++) {
    steps.push(await browser.password(login, password))
  }
  return steps
}

describe('createGuard', () => {
  it('locks a login after five failures for a quarter of an hour, tells, and then lets the officer in', async () => {
    const officer = await world.enrol('terkunci')
    const until = new Date(Date.now() + 15 * minute)
    const refused = { type: 'refused' }
    expect(await fail(officer.login, 6, undefined, wrong)).toEqual([
      ...[refused, refused, refused, refused],
      ...[
        { type: 'locked', until },
        { type: 'locked', until },
      ],
    ])
    const browser = new Browser(world.signIn, { address: '198.51.100.9' })
    expect(await browser.password(officer.login, officer.password)).toEqual({ type: 'locked', until })
    const alarms = await world.database.prisma.alarm.findMany({ where: { kind: 'sign_in_locked' } })
    expect(alarms.map(({ details }) => details)).toEqual([{ of: 'login', locks: '1' }])
    expect(inspect(alarms)).not.toContain(officer.login)
    const locks = await world.database.prisma.auditEntry.findMany({ where: { action: 'staff.lock' } })
    expect(locks).toMatchObject([{ subject: officer.id, actorType: 'system' }])

    advance({ minutes: 15 })
    await browser.password(officer.login, officer.password)
    expect(await browser.code(totp(officer.secret))).toMatchObject({ type: 'signed_in', failedAttempts: 5 })
    await browser.leave()
    advance({ seconds: 30 })
    expect(await browser.enter(officer)).toMatchObject({ type: 'signed_in', failedAttempts: 0 })
  })

  it('locks for longer each time, until the officer has signed in', async () => {
    const officer = await world.enrol('lagi')
    const browser = new Browser(world.signIn, { address: '198.51.100.10' })
    const minutesOfNext = async () => {
      const [last] = (await fail(officer.login, 5, browser)).slice(-1)
      const until = last !== null && typeof last === 'object' && 'until' in last ? Number(last.until) : 0
      const minutes = (until - Date.now()) / minute
      advance({ minutes })
      return minutes
    }
    expect([await minutesOfNext(), await minutesOfNext(), await minutesOfNext()]).toEqual([15, 30, 60])
    expect(await browser.enter(officer)).toMatchObject({ type: 'signed_in', failedAttempts: 15 })
    expect(await minutesOfNext()).toBe(15)
  })

  it('counts wrong codes as it counts wrong passwords, and lets no right password wipe them out', async () => {
    const officer = await world.enrol('kode')
    const browser = new Browser(world.signIn, { address: '198.51.100.11' })
    await fail(officer.login, 2, browser)
    for (let time = 0; time < 2; time++) {
      expect(await browser.password(officer.login, officer.password)).toMatchObject({ type: 'code_needed' })
      expect(await browser.code('000000')).toEqual({ type: 'refused' })
    }
    await browser.password(officer.login, officer.password)
    expect(await browser.code('salah')).toMatchObject({ type: 'locked' })
    expect(await browser.code(totp(officer.secret))).toMatchObject({ type: 'locked' })
    advance({ minutes: 15 })
    expect(await browser.enter(officer)).toMatchObject({ type: 'signed_in', failedAttempts: 5 })
  })

  it('treats a login that nobody has as one that somebody has', async () => {
    const officer = await world.enrol('nyata')
    const until = new Date(Date.now() + 15 * minute)
    const browser = new Browser(world.signIn, { address: '198.51.100.12' })
    const real = await fail(officer.login, 6, browser)
    expect(real.slice(-1)).toEqual([{ type: 'locked', until }])
    for (const login of ['khayalan', 'bukan login!', '']) {
      expect(await fail(login, 6, browser)).toEqual(real)
    }
    advance({ minutes: 15 })
    await world.accounts.disable(officer.login, 'cli')
    expect(await browser.password(officer.login, officer.password)).toEqual({ type: 'refused' })
  })

  it('counts for all processes, and looks at five of many attempts at once', async () => {
    const officer = await world.enrol('serentak')
    const others = [world.signIn, world.another(), world.another()]
    const before = (await world.trail()).length
    const steps = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        new Browser(others[index % 3]!, { address: '198.51.100.13' }).password(officer.login, wrong),
      ),
    )
    expect(steps.filter(({ type }) => type === 'refused')).toHaveLength(4)
    expect(steps.filter(({ type }) => type === 'locked')).toHaveLength(8)
    const trail = (await world.trail()).slice(before)
    expect(trail.filter((line) => line === 'staff.sign_in refused')).toHaveLength(5)
    expect(trail.filter((line) => line === 'staff.lock')).toHaveLength(1)
  })

  it('locks a network from which many logins are tried, and no other network', async () => {
    const officer = await world.enrol('jaringan')
    const home = (host: string) => new Browser(world.signIn, { address: `2001:db8:0:7::${host}` })
    for (let time = 0; time < 30; time++) {
      expect(await home(String(time)).password(`orang${time}`, endless)).toEqual({ type: 'refused' })
    }
    expect(await home('ffff').password(officer.login, officer.password)).toMatchObject({ type: 'locked' })
    const elsewhere = new Browser(world.signIn, { address: '2001:db8:0:8::1' })
    expect(await elsewhere.enter(officer)).toMatchObject({ type: 'signed_in' })
    advance({ minutes: 15 })
    expect(await home('ffff').enter(officer)).toMatchObject({ type: 'signed_in' })
  })

  it('locks no office out by the typos of many days', async () => {
    const officers = [await world.enrol('kantor1'), await world.enrol('kantor2')]
    const office = new Browser(world.signIn, { address: '198.51.100.20' })
    for (let day = 0; day < 8; day++) {
      // People who mistype, get in all the same, and others who give up.
      for (const { login } of officers) await fail(login, 2, office)
      for (const officer of officers) expect(await office.enter(officer)).toMatchObject({ type: 'signed_in' })
      await fail(`menyerah${day}`, 3, office)
      advance({ hours: 8 })
    }
  })

  it('takes what was mistyped off the network of whoever gets in', async () => {
    const officer = await world.enrol('akhirnya')
    const office = new Browser(world.signIn, { address: '198.51.100.21' })
    for (let time = 0; time < 9; time++) {
      await fail(officer.login, 4, office)
      expect(await office.enter(officer)).toMatchObject({ type: 'signed_in' })
    }
  })

  it('lets nobody in by any row of wrong attempts', async () => {
    const officer = await world.enrol('benteng')
    const spent = totp(officer.secret, -1)
    let round = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: acts.length - 1 }), { maxLength: 8 }),
        async (plan) => {
          advance({ hours: 25 })
          const browser = new Browser(world.another(), { address: `203.0.113.${++round}` })
          for (const act of plan) {
            const step = await acts[act]!(browser, officer, spent)
            expect(step).not.toMatchObject({ type: 'signed_in' })
            expect(await browser.visitor()).toEqual({ type: 'stranger' })
          }
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)
})

/** What somebody might try who knows the password, an old code, or nothing. */
const acts: readonly ((browser: Browser, officer: Enrolled, spent: string) => Promise<unknown>)[] = [
  (browser, { login }) => browser.password(login, wrong),
  (browser, { login, password }) => browser.password(login, password),
  (browser, { secret }) => browser.code(totp(secret, 3)),
  (browser, _, spent) => browser.code(spent),
  (browser) => browser.code('aaaaa-bbbbb'),
  (browser, { secret }) => browser.finish(totp(secret)),
  (browser, { password }) => browser.begin(password, 'kata lain yang baru'),
  (browser, { password }) => browser.change(password, 'kata lain yang baru'),
  async (browser) => {
    browser.jar.set('lopo.session_token', 'x.y')
    browser.jar.set('lopo.two_factor', `2fa-${'a'.repeat(20)}.x`)
  },
  (browser) => browser.leave(),
  async () => advance({ minutes: 16 }),
]
