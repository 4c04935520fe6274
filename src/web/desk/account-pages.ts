import { html } from 'hono/html'
import type { SignIn, StaffSession } from '../../staff/sign-in/sign-in.ts'
import type { Html } from '../layout.ts'
import { deskForm } from './desk-form.ts'
import { signInHeaders } from './desk-request.ts'
import type { DeskRoute, DeskVisit } from './desk-route.ts'
import { deskTable } from './desk-table.ts'
import type { DeskTexts } from './desk-texts.ts'
import { deskTime } from './desk-time.ts'
import { newPasswordFields, type PasswordProblem, readPasswordWish } from './new-password.ts'

interface Deps {
  readonly texts: DeskTexts
  readonly signIn: SignIn
}

/** The officer's own account: devices that are signed in, and the password. */
export function accountRoutes(deps: Deps): readonly DeskRoute[] {
  const permission = 'signed_in'
  return [
    { method: 'get', path: '/akun', permission, handle: (visit) => show(deps, visit) },
    { method: 'post', path: '/akun/perangkat', permission, handle: (visit) => revoke(deps, visit) },
    { method: 'post', path: '/akun/kata-sandi', permission, handle: (visit) => change(deps, visit) },
  ]
}

async function show(deps: Deps, visit: DeskVisit, problem?: PasswordProblem): Promise<Response> {
  const { account, roles } = deps.texts
  const sessions = await deps.signIn.sessions(signInHeaders(visit.context))
  const body = html`<h1>${account.title}</h1>
<dl class="facts"><dt>${account.roles}</dt><dd>${visit.officer.roles.map((role) => roles[role].label).join(', ')}</dd></dl>
<section aria-labelledby="devices"><h2 id="devices">${account.sessions_title}</h2><p>${account.sessions_lead}</p>
${sessionTable(deps.texts, visit, sessions)}</section>
<section aria-labelledby="password"><h2 id="password">${account.password_title}</h2>
${passwordForm(deps.texts, visit, problem)}</section>`
  return visit.page({ title: account.title, body, section: 'account' }, problem === undefined ? 200 : 422)
}

async function revoke({ texts, signIn }: Deps, visit: DeskVisit): Promise<Response> {
  const { session = '' } = await visit.fields()
  await signIn.revoke(signInHeaders(visit.context), session)
  return visit.redirect('/akun', texts.account.revoked)
}

async function change(deps: Deps, visit: DeskVisit): Promise<Response> {
  const { agrees, ...wish } = readPasswordWish(await visit.fields())
  const result = agrees
    ? await deps.signIn.changePassword(signInHeaders(visit.context), wish)
    : ('mismatch' as const)
  if (result !== 'changed') return show(deps, visit, result)
  return visit.redirect('/akun', deps.texts.account.changed)
}

function sessionTable({ account }: DeskTexts, visit: DeskVisit, sessions: readonly StaffSession[]): Html {
  return deskTable({
    caption: account.sessions_title,
    columns: [account.device, account.started, account.seen, account.action],
    rows: sessions.map((session) => [
      session.device,
      deskTime(session.startedAt),
      deskTime(session.seenAt),
      session.isThisOne
        ? html`<span class="pill good">${account.this_one}</span>`
        : revokeForm(account, visit, session),
    ]),
  })
}

function revokeForm(account: DeskTexts['account'], visit: DeskVisit, { id }: StaffSession): Html {
  const body = html`<input type="hidden" name="session" value="${id}"><button class="quiet small" type="submit">${account.revoke}</button>`
  return deskForm(visit, '/akun/perangkat', body, { kind: 'inline' })
}

function passwordForm(texts: DeskTexts, visit: DeskVisit, problem: PasswordProblem | undefined): Html {
  const fields = html`${newPasswordFields(texts.account, texts.passwords, problem)}
<p><button type="submit">${texts.account.change}</button></p>`
  return deskForm(visit, '/akun/kata-sandi', fields)
}
