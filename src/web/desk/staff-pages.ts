import { fill } from '../../language/fill-text.ts'
import { staffRoles } from '../../staff/officer.ts'
import type { AccountRefusal, StaffAccount, StaffAccounts } from '../../staff/staff-accounts.ts'
import type { Html } from '../layout.ts'
import { type DeskFault, deskErrorPage } from './desk-error-page.ts'
import type { DeskRoute, DeskVisit } from './desk-route.ts'
import {
  type AccountWish,
  accountPath,
  accountView,
  addView,
  firstPasswordView,
  type StaffViewDeps,
  staffList,
} from './staff-views.ts'

interface Deps extends StaffViewDeps {
  readonly accounts: StaffAccounts
}

/** Accounts of officers: list, add, roles, first password again, disable and enable. */
export function staffRoutes(deps: Deps): readonly DeskRoute[] {
  const permission = 'staff'
  const account = '/staf/akun/:login'
  const get = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    method: 'get',
    path,
    permission,
    handle,
  })
  const post = (path: string, handle: DeskRoute['handle']): DeskRoute => ({
    ...get(path, handle),
    method: 'post',
  })
  return [
    get('/staf', async (visit) => answer(deps, visit, staffList(deps, await deps.accounts.list()))),
    get('/staf/baru', async (visit) => answer(deps, visit, addView(deps, visit, nobody))),
    post('/staf/baru', (visit) => add(deps, visit)),
    get(account, (visit) =>
      withAccount(deps, visit, (found) => answer(deps, visit, accountView(deps, visit, found))),
    ),
    post(`${account}/peran`, (visit) => withAccount(deps, visit, (found) => setRoles(deps, visit, found))),
    post(`${account}/sandi`, (visit) => withAccount(deps, visit, (found) => reset(deps, visit, found))),
    post(`${account}/nonaktif`, (visit) => withAccount(deps, visit, (found) => disable(deps, visit, found))),
    post(`${account}/aktif`, (visit) => withAccount(deps, visit, (found) => enable(deps, visit, found))),
  ]
}

const nobody: AccountWish = { login: '', name: '', roles: [] }

type Answer = Response | Promise<Response>

async function add(deps: Deps, visit: DeskVisit): Promise<Response> {
  const wish = readWish(await visit.fields())
  const result = await deps.accounts.add(wish, visit.officer.id)
  if (result.type === 'added') {
    return answer(deps, visit, firstPasswordView(deps, result.account, result.firstPassword))
  }
  return answer(deps, visit, addView(deps, visit, wish, refusal(deps, result.why)), 422)
}

async function setRoles(deps: Deps, visit: DeskVisit, account: StaffAccount): Promise<Response> {
  const { roles, kelurahan } = readWish(await visit.fields())
  const result = await deps.accounts.setRoles(account.login, roles, kelurahan, visit.officer.id)
  if (result === 'set') return done(deps, visit, account, 'roles_set')
  return refuse(deps, visit, { ...account, roles, kelurahan }, result)
}

async function reset(deps: Deps, visit: DeskVisit, account: StaffAccount): Promise<Response> {
  const result = await deps.accounts.reset(account.login, visit.officer.id)
  if (result.type === 'refused') return refuse(deps, visit, account, result.why)
  return answer(deps, visit, firstPasswordView(deps, account, result.firstPassword))
}

async function disable(deps: Deps, visit: DeskVisit, account: StaffAccount): Promise<Response> {
  const result = await deps.accounts.disable(account.login, visit.officer.id)
  return result === 'disabled' ? done(deps, visit, account, result) : refuse(deps, visit, account, result)
}

async function enable(deps: Deps, visit: DeskVisit, account: StaffAccount): Promise<Response> {
  const result = await deps.accounts.enable(account.login, visit.officer.id)
  return result === 'enabled' ? done(deps, visit, account, result) : refuse(deps, visit, account, result)
}

async function withAccount(
  deps: Deps,
  visit: DeskVisit,
  work: (account: StaffAccount) => Answer,
): Promise<Response> {
  const login = visit.context.req.param('login')
  const account = (await deps.accounts.list()).find((candidate) => candidate.login === login)
  return account === undefined ? fault(deps, visit, 'not_found') : work(account)
}

function answer({ texts }: Deps, visit: DeskVisit, body: Html, status: 200 | 422 = 200): Answer {
  return visit.page({ title: texts.staff.title, body, section: 'staff' }, status)
}

function done(
  { texts }: Deps,
  visit: DeskVisit,
  { login, name }: StaffAccount,
  what: 'roles_set' | 'disabled' | 'enabled',
): Response {
  return visit.redirect(accountPath(login), fill(texts.staff[what], { name }))
}

function refuse(deps: Deps, visit: DeskVisit, account: StaffAccount, why: AccountRefusal): Answer {
  return answer(deps, visit, accountView(deps, visit, account, refusal(deps, why)), 422)
}

function refusal({ texts }: Deps, why: AccountRefusal): string {
  return texts.staff.refused[why]
}

function fault({ texts }: Deps, visit: DeskVisit, what: DeskFault): Answer {
  return visit.page(deskErrorPage(texts.errors, what), 404)
}

/** Reads what the form holds; a kelurahan that is not chosen is none. */
function readWish(fields: Readonly<Record<string, string>>): AccountWish {
  const { login = '', name = '', kelurahan = '' } = fields
  return {
    login: login.trim(),
    name: name.trim(),
    roles: staffRoles.filter((role) => fields[`role_${role}`] === 'ya'),
    kelurahan: kelurahan === '' ? undefined : kelurahan,
  }
}
