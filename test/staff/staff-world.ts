import { createHmac } from 'node:crypto'
import { vi } from 'vitest'
import { createPlaces } from '../../src/language/places.ts'
import { createAlarmStore } from '../../src/staff/alarm-store.ts'
import { createStaffAccounts } from '../../src/staff/create-staff-accounts.ts'
import type { StaffRole } from '../../src/staff/officer.ts'
import { createSignIn } from '../../src/staff/sign-in/create-sign-in.ts'
import { emailOf } from '../../src/staff/sign-in/login.ts'
import type { SignIn } from '../../src/staff/sign-in/sign-in.ts'
import type { StaffAccounts } from '../../src/staff/staff-accounts.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { readGround } from '../support/test-app.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'

/** Accounts and signing in on a database of their own. The clock is the process's, which tests set. */
export interface StaffWorld {
  readonly database: TestDatabase
  readonly keyring: Keyring
  readonly keyEntries: readonly string[]
  readonly accounts: StaffAccounts
  readonly signIn: SignIn
  /** Signing in as another process does it. */
  another(options?: { keyring?: Keyring; publicUrl?: string }): SignIn
  /** Adds an account that is enrolled, and returns its password and the secret of its codes. */
  enrol(login: string, roles?: readonly StaffRole[]): Promise<Enrolled>
  /** The actions in the trail, with their outcomes, the oldest first. */
  trail(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Enrolled {
  readonly id: string
  readonly login: string
  readonly password: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

/** Opens the world at this moment. */
export async function openStaffWorld(at = new Date('2026-11-27T01:00:00Z')): Promise<StaffWorld> {
  vi.useFakeTimers({ toFake: ['Date'], now: at })
  const database = await createTestDatabase()
  const keyEntries = [newKeyEntry()]
  const keyring = createKeyring(keyEntries)
  const { texts } = await readGround()
  const places = createPlaces(texts.language.kelurahan, texts.language.kelurahanAliases, [])
  const deps = { database, keyring, audit: createAuditTrail(), now: () => new Date() }
  const accounts = createStaffAccounts({ ...deps, places })
  const another: StaffWorld['another'] = ({ publicUrl, keyring: other = keyring } = {}) =>
    createSignIn({ ...deps, keyring: other, alarms: createAlarmStore(database), publicUrl })
  const signIn = another()
  let model: Enrolled | undefined
  return {
    ...{ database, keyring, keyEntries, accounts, signIn, another },
    async enrol(login, roles = ['admin']) {
      model ??= await enrolModel(accounts, signIn)
      return copyOf(database, model, login, roles)
    },
    async trail() {
      const rows = await database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })
      return rows.map(({ action, outcome }) => (outcome === null ? action : `${action} ${outcome}`))
    },
    async close() {
      vi.useRealTimers()
      await database.close()
    },
  }
}

/** Goes the whole way, once a world: hashing is dear. */
async function enrolModel(accounts: StaffAccounts, signIn: SignIn): Promise<Enrolled> {
  const login = 'contoh'
  const added = await accounts.add({ login, name: 'Contoh', roles: ['auditor'] }, 'cli')
  if (added.type !== 'added') throw new Error(added.why)
  const password = 'kolam ikan di halaman'
  const browser = new Browser(signIn)
  await browser.password(login, added.firstPassword)
  const begun = await browser.begin(added.firstPassword, password)
  if (begun.type !== 'begun') throw new Error(begun.type)
  await browser.finish(totp(begun.secret))
  await browser.leave()
  // The code of that moment is spent.
  advance({ seconds: 30 })
  return { id: added.account.id, login, password, secret: begun.secret, backupCodes: begun.backupCodes }
}

/** Another account with the same password and codes. */
async function copyOf(
  { prisma }: TestDatabase,
  model: Enrolled,
  login: string,
  roles: readonly StaffRole[],
): Promise<Enrolled> {
  const where = { userId: model.id }
  const { password, providerId } = await prisma.staffCredential.findFirstOrThrow({ where })
  const { secret, backupCodes, verified } = await prisma.staffFactor.findFirstOrThrow({ where })
  const owned = { email: emailOf(login), name: `Pegawai ${login}`, roles: [...roles] }
  const enrolled = { twoFactorEnabled: true, firstPassword: false }
  const { id } = await prisma.staffAccount.create({ data: { ...owned, ...enrolled } })
  await prisma.staffCredential.create({ data: { userId: id, accountId: id, providerId, password } })
  await prisma.staffFactor.create({ data: { userId: id, secret, backupCodes, verified } })
  return { ...model, id, login }
}

/** A browser that keeps the cookies it is given. */
export class Browser {
  readonly jar = new Map<string, string>()
  readonly #signIn: SignIn
  readonly #address: string
  readonly #userAgent: string

  constructor(
    signIn: SignIn,
    { address = '203.0.113.7', userAgent = 'Mozilla/5.0 (Linux; Android 14) Chrome/140' } = {},
  ) {
    this.#signIn = signIn
    this.#address = address
    this.#userAgent = userAgent
  }

  headers(): Headers {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    return new Headers({ cookie, 'user-agent': this.#userAgent, 'x-forwarded-for': this.#address })
  }

  keep<T extends object>(answer: T): T {
    const given = 'cookies' in answer && Array.isArray(answer.cookies) ? answer.cookies : []
    for (const cookie of given) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/max-age=0/i.test(cookie)) this.jar.delete(name)
      else this.jar.set(name, value)
    }
    return answer
  }

  visitor = () => this.#signIn.visitor(this.headers())
  password = async (login: string, password: string) =>
    this.keep(await this.#signIn.withPassword(this.headers(), { login, password }))
  code = async (code: string) => this.keep(await this.#signIn.withCode(this.headers(), { code }))
  begin = async (oldPassword: string, newPassword: string) =>
    this.keep(await this.#signIn.beginEnrolment(this.headers(), { oldPassword, newPassword }))
  finish = async (code: string) => this.keep(await this.#signIn.finishEnrolment(this.headers(), { code }))
  change = (oldPassword: string, newPassword: string) =>
    this.#signIn.changePassword(this.headers(), { oldPassword, newPassword })
  sessions = () => this.#signIn.sessions(this.headers())
  revoke = (id: string) => this.#signIn.revoke(this.headers(), id)
  leave = async () => this.keep(await this.#signIn.leave(this.headers()))

  /** Signs in with both factors; a code is good once, so the clock goes on to the next. */
  async enter({ login, password, secret }: Enrolled) {
    await this.password(login, password)
    const step = await this.code(totp(secret))
    advance({ seconds: 30 })
    return step
  }
}

/** The clock goes on. */
export function advance({ hours = 0, minutes = 0, seconds = 0 }): void {
  vi.setSystemTime(Date.now() + (hours * 3600 + minutes * 60 + seconds) * 1000)
}

/** The code of RFC 6238 at this moment, or `steps` half minutes later. */
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function base32(text: string): Buffer {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((sign) => signs.indexOf(sign).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
