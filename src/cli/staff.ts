import { userInfo } from 'node:os'
import type { App } from '../app.ts'
import { parseKelurahan } from '../language/kelurahan.ts'
import { maskDigits } from '../language/mask.ts'
import { type Places, placeKey } from '../language/places.ts'
import { createStaffAccounts } from '../staff/create-staff-accounts.ts'
import { type StaffRole, staffRoles } from '../staff/officer.ts'
import type { AccountRefusal, StaffAccounts } from '../staff/staff-accounts.ts'
import { createAuditTrail } from '../staff/store.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo staff`: who may sign in at the desk, and as what. The first admin is made here. */
export const staffCommand: Command = {
  summary: 'add officers, give them roles, shut their accounts or give them a new first password',
  usage: [
    'staff add LOGIN --name NAME --role ROLE [--role ROLE …] [--kelurahan KELURAHAN]',
    'staff role LOGIN ROLE… [--kelurahan KELURAHAN]',
    'staff disable LOGIN',
    'staff enable LOGIN',
    'staff reset LOGIN                               (a new first password, without the second factor)',
    'staff list [--json]',
  ].join('\n'),
  async run(args, context) {
    const wish = readWish(args, this.usage)
    const app = await context.openApp()
    try {
      return await jobs[wish.what](wish, { app, context, accounts: accountsOf(app) })
    } finally {
      await app.close()
    }
  },
}

const whats = ['add', 'role', 'disable', 'enable', 'reset', 'list'] as const

interface Wish {
  readonly what: (typeof whats)[number]
  readonly login: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly kelurahan: string | undefined
  readonly json: boolean
}

interface Desk {
  readonly app: App
  readonly context: CliContext
  readonly accounts: StaffAccounts
}

const jobs: Readonly<Record<Wish['what'], (wish: Wish, desk: Desk) => Promise<number>>> = {
  async add({ login, name, roles, ...wish }, { app, context, accounts }) {
    const kelurahan = readKelurahan(wish.kelurahan, app)
    const added = await accounts.add({ login, name, roles, kelurahan }, userInfo().username)
    if (added.type === 'refused') throw refused(added.why, login)
    return tellPassword(added.account.login, added.firstPassword, { app, context })
  },
  async role({ login, roles, ...wish }, { app, context, accounts }) {
    const set = await accounts.setRoles(login, roles, readKelurahan(wish.kelurahan, app), userInfo().username)
    if (set !== 'set') throw refused(set, login)
    context.err(`The roles of ${login} are ${roles.join(', ')} from now on.\n`)
    return 0
  },
  async disable({ login }, { context, accounts }) {
    const done = await accounts.disable(login, userInfo().username)
    if (done !== 'disabled') throw refused(done, login)
    context.err(`${login} cannot sign in any more, and is signed out everywhere.\n`)
    return 0
  },
  async enable({ login }, { context, accounts }) {
    const done = await accounts.enable(login, userInfo().username)
    if (done !== 'enabled') throw refused(done, login)
    context.err(`${login} can sign in again.\n`)
    return 0
  },
  async reset({ login }, { app, context, accounts }) {
    const done = await accounts.reset(login, userInfo().username)
    if (done.type === 'refused') throw refused(done.why, login)
    return tellPassword(login, done.firstPassword, { app, context })
  },
  async list({ json }, { app, context, accounts }) {
    const all = await accounts.list()
    const nameOf = (code: string | undefined) =>
      code === undefined ? '' : (app.language.places.byCode(code)?.name ?? code)
    for (const { login, name, roles, kelurahan, state } of json ? [] : all) {
      context.out(`${[login, state, roles.join(','), name, nameOf(kelurahan)].join('\t').trimEnd()}\n`)
    }
    if (json) context.out(`${JSON.stringify(all.map(rowOf))}\n`)
    if (all.length === 0) context.err('There are no accounts yet.\n')
    return 0
  },
}

function accountsOf({ storage, language, now }: App): StaffAccounts {
  const { database, keyring } = storage
  return createStaffAccounts({ database, keyring, audit: createAuditTrail(), now, places: language.places })
}

function tellPassword(login: string, password: string, { app, context }: Omit<Desk, 'accounts'>): number {
  const { publicUrl, port } = app.config
  context.out(`address\t${publicUrl ?? `http://localhost:${port}`}/desk\n`)
  context.out(`login\t${login}\n`)
  context.out(`first password\t${password}\n`)
  context.err(
    'It is shown only now. At the first sign-in it must be changed, and a phone with an authenticator app be there.\n',
  )
  return 0
}

function rowOf(account: Awaited<ReturnType<StaffAccounts['list']>>[number]) {
  const { login, name, roles, kelurahan, state, createdAt, lastSeenAt } = account
  return {
    ...{ login, name, roles, kelurahan: kelurahan ?? null, state },
    ...{ created_at: createdAt, last_seen_at: lastSeenAt ?? null },
  }
}

function readWish(args: readonly string[], usage: string): Wish {
  const { values, positionals } = readOptions(args, usage, {
    name: { type: 'string', default: '' },
    role: { type: 'string', multiple: true, default: [] },
    kelurahan: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const [asked, login = '', ...more] = positionals
  const what = whats.find((each) => each === asked)
  if (what === undefined) {
    throw wrongUsage(asked === undefined ? 'what to do is missing' : `staff cannot ${asked}`, usage)
  }
  if (what !== 'list' && login === '') throw wrongUsage('the login is missing', usage)
  const surplus = what === 'list' ? login : what === 'role' ? '' : (more[0] ?? '')
  if (surplus !== '') throw wrongUsage(`${surplus} is too much`, usage)
  if (what === 'add' && values.name.trim() === '')
    throw wrongUsage('--name, the name of the officer, is missing', usage)
  const roles = [...values.role, ...(what === 'role' ? more : [])].map((role) => readRole(role, usage))
  if ((what === 'add' || what === 'role') && roles.length === 0) throw wrongUsage('a role is missing', usage)
  return {
    what,
    login: login.trim().toLowerCase(),
    name: values.name,
    roles,
    kelurahan: values.kelurahan,
    json: values.json,
  }
}

function readRole(text: string, usage: string): StaffRole {
  const role = staffRoles.find((each) => each === text)
  if (role === undefined) throw wrongUsage(`${text} is none of the roles ${staffRoles.join(', ')}`, usage)
  return role
}

/** The code of the kelurahan that was named. One that was only guessed is not taken: a lurah would read another's tickets. */
function readKelurahan(text: string | undefined, { language }: App): string | undefined {
  if (text === undefined) return undefined
  const named = exactly(text, language.places)
  if (named !== undefined) return named.code
  const parsed = parseKelurahan(text, language.places)
  if (parsed.type === 'value' && parsed.confirm !== true) return String(parsed.value)
  const meant =
    parsed.type === 'ambiguous'
      ? parsed.candidates.map(({ label }) => label)
      : parsed.type === 'value'
        ? [parsed.label]
        : []
  const hint = meant.length === 0 ? '' : `: is it ${meant.join(' or ')}?`
  throw new UsageError(`lopo: there is no kelurahan "${maskDigits(text)}"${hint}`)
}

/** The kelurahan of just this name, also where others begin with it; and as the hint writes it, with its district. */
function exactly(text: string, { all }: Places) {
  const [, name = text, district] = /^(.+?) *\(Kecamatan (.+)\)$/i.exec(text.trim()) ?? []
  const isMeant = (kelurahan: (typeof all)[number]) =>
    placeKey(kelurahan.name) === placeKey(name) &&
    (district === undefined || placeKey(kelurahan.district) === placeKey(district))
  return all.find(isMeant)
}

function refused(why: AccountRefusal, login: string): UsageError {
  return new UsageError(`lopo: ${maskDigits(login)}: ${reasons[why]}`)
}

const reasons: Readonly<Record<AccountRefusal, string>> = {
  login_taken: 'the login is taken',
  login_malformed: 'a login has 2 to 32 small letters and digits, with dots or hyphens between',
  name_missing: 'the name is missing',
  no_role: 'a role is missing',
  kelurahan_needed: 'a lurah has a kelurahan: add --kelurahan',
  kelurahan_unknown: 'there is no such kelurahan',
  unknown_account: 'there is no such login',
  last_admin: 'this is the last admin: make another one first',
}
