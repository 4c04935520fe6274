import type { Officer } from '../../src/staff/officer.ts'
import type { SignIn, SignInStep, StaffSession, Visitor } from '../../src/staff/sign-in/sign-in.ts'

/** An account of the fake: its password, and the code that its second factor shows. */
interface FakeAccount {
  readonly officer: Officer
  password: string
  code: string | undefined
}

/** A way to sign in without a database: the session's id is the cookie. */
export interface FakeSignIn extends SignIn {
  readonly accounts: Map<string, FakeAccount>
  /** Sessions by id. */
  readonly open: Map<string, FakeSession>
  /** The headers of every look at a visitor. */
  readonly seen: Headers[]
  /** When set, every attempt is locked until then. */
  lockedUntil: Date | undefined
  /** How many attempts the next sign-in tells of. */
  failures: number
  /** When set, every look at a visitor fails. */
  broken: boolean
  /** Opens a session and gives its cookie header. */
  enter(officer: Officer, stage?: FakeSession['stage']): string
}

interface FakeSession {
  readonly officer: Officer
  stage: 'code' | 'enrolling' | 'officer'
}

const cookieName = 'fake_session'
const started = new Date('2026-03-05T00:30:00Z')

/** Makes the fake. */
export function createFakeSignIn(): FakeSignIn {
  const accounts = new Map<string, FakeAccount>()
  const open = new Map<string, FakeSession>()
  let count = 0

  const begin = (officer: Officer, stage: FakeSession['stage']): string => {
    count += 1
    open.set(`s${count}`, { officer, stage })
    return `s${count}`
  }
  const idOf = (headers: Headers) => /fake_session=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1] ?? ''
  const cookiesOf = (id: string) => [`${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`]
  const accountOf = ({ id }: Officer) => [...accounts.values()].find(({ officer }) => officer.id === id)
  const step = (officer: Officer, stage: FakeSession['stage']): SignInStep => {
    const type = { code: 'code_needed', enrolling: 'enrol', officer: 'signed_in' } as const
    return { type: type[stage], cookies: cookiesOf(begin(officer, stage)) }
  }

  const fake: FakeSignIn = {
    accounts,
    open,
    seen: [],
    lockedUntil: undefined,
    failures: 0,
    broken: false,
    enter: (officer, stage = 'officer') => `${cookieName}=${begin(officer, stage)}`,
    async visitor(headers): Promise<Visitor> {
      fake.seen.push(headers)
      if (fake.broken) throw new Error('the database is away')
      const session = open.get(idOf(headers))
      if (session === undefined || session.stage === 'code') return { type: 'stranger' }
      if (session.stage === 'enrolling') return { type: 'enrolling', officer: session.officer }
      return { type: 'officer', officer: session.officer, sessionId: idOf(headers) }
    },
    async withPassword(_, { login, password }) {
      if (fake.lockedUntil !== undefined) return { type: 'locked', until: fake.lockedUntil }
      const account = accounts.get(login)
      if (account === undefined || account.password !== password) return { type: 'refused' }
      return step(account.officer, account.code === undefined ? 'enrolling' : 'code')
    },
    async withCode(headers, { code }) {
      if (fake.lockedUntil !== undefined) return { type: 'locked', until: fake.lockedUntil }
      const session = open.get(idOf(headers))
      if (session === undefined || accountOf(session.officer)?.code !== code) return { type: 'refused' }
      const cookies = cookiesOf(begin(session.officer, 'officer'))
      return { type: 'signed_in', cookies, failedAttempts: fake.failures }
    },
    async beginEnrolment(headers, { oldPassword, newPassword }) {
      const session = open.get(idOf(headers))
      const account = session && accountOf(session.officer)
      if (account === undefined || account.password !== oldPassword) return { type: 'refused' }
      if (newPassword.length < 12) return { type: 'weak_password', why: 'too_short' }
      account.password = newPassword
      const uri = 'otpauth://totp/Lopo:maria.lado?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Lopo'
      const backupCodes = Array.from({ length: 10 }, (_, index) => `a1b2c-${index}d3e4`)
      return { type: 'begun', uri, secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', backupCodes, cookies: [] }
    },
    async finishEnrolment(headers, { code }) {
      const session = open.get(idOf(headers))
      if (session === undefined || code !== '123456') return { type: 'refused' }
      const account = accountOf(session.officer)
      if (account !== undefined) account.code = code
      return step(session.officer, 'officer')
    },
    async changePassword(headers, { oldPassword, newPassword }) {
      const session = open.get(idOf(headers))
      const account = session && accountOf(session.officer)
      if (account === undefined || account.password !== oldPassword) return 'refused'
      if (newPassword.length < 12) return 'too_short'
      account.password = newPassword
      return 'changed'
    },
    async sessions(headers) {
      const own = open.get(idOf(headers))?.officer.id
      const mine = [...open].filter(([, { officer }]) => officer.id === own)
      return mine.map(
        ([id]): StaffSession => ({
          id,
          startedAt: started,
          seenAt: started,
          device: 'Chrome · Android',
          isThisOne: id === idOf(headers),
        }),
      )
    },
    async revoke(headers, id) {
      if (open.get(id)?.officer.id === open.get(idOf(headers))?.officer.id) open.delete(id)
    },
    async leave(headers) {
      open.delete(idOf(headers))
      return { cookies: [`${cookieName}=; Path=/; Max-Age=0`] }
    },
  }
  return fake
}
