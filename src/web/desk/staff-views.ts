import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { type StaffRole, staffRoles } from '../../staff/officer.ts'
import type { StaffAccount } from '../../staff/staff-accounts.ts'
import type { Html } from '../layout.ts'
import { deskCheck, deskField, deskSelect } from './desk-field.ts'
import { deskForm, deskHref } from './desk-form.ts'
import type { DeskVisit } from './desk-route.ts'
import { deskTable } from './desk-table.ts'
import type { DeskTexts } from './desk-texts.ts'
import { deskTime } from './desk-time.ts'
import { problemNotice } from './sign-in-pages.ts'

/** A kelurahan that a lurah may answer for; `code` as Kemendagri writes it, with dots. */
export interface KelurahanChoice {
  readonly code: string
  readonly name: string
}

/** What a form about an account holds. */
export interface AccountWish {
  readonly login: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly kelurahan?: string | undefined
}

/** What the views are made of. */
export interface StaffViewDeps {
  readonly texts: DeskTexts
  readonly kelurahan: readonly KelurahanChoice[]
}

/** The address of an account's page, below /desk. */
export function accountPath(login: string): string {
  return `/staf/akun/${encodeURIComponent(login)}`
}

/** Every account, with a link to its page. */
export function staffList({ texts }: StaffViewDeps, accounts: readonly StaffAccount[]): Html {
  const { staff } = texts
  return html`<h1>${staff.title}</h1>
<p class="actions"><a class="button" href="${deskHref('/staf/baru')}">${staff.add}</a></p>
${deskTable({
  caption: staff.list,
  columns: [staff.name, staff.login, staff.roles, staff.state, staff.seen, staff.action],
  rows: accounts.map((account) => [
    html`<b>${account.name}</b>`,
    account.login,
    account.roles.map((role) => texts.roles[role].label).join(', '),
    statePill(texts, account),
    account.lastSeenAt === undefined ? staff.never : deskTime(account.lastSeenAt),
    html`<a class="button second small" href="${deskHref(accountPath(account.login))}">${staff.open}<span class="away"> ${account.name}</span></a>`,
  ]),
})}`
}

/** The form for a new account; after a refusal with what was written. */
export function addView(deps: StaffViewDeps, visit: DeskVisit, wish: AccountWish, problem?: string): Html {
  const { staff } = deps.texts
  const { login_hint: loginHint, name_hint: nameHint } = staff
  const fields = html`${problemNotice(problem)}
${deskField({ name: 'name', label: staff.name, hint: nameHint, value: wish.name, maxLength: 80 })}
${deskField({ name: 'login', label: staff.login, hint: loginHint, value: wish.login, maxLength: 32 })}
${roleFields(deps, wish)}
<p><button type="submit">${staff.submit_add}</button></p>`
  return html`${backLink(staff)}<h1>${staff.add_title}</h1>${deskForm(visit, '/staf/baru', fields)}`
}

/** One account: its roles, and what may be done with it. */
export function accountView(
  deps: StaffViewDeps,
  visit: DeskVisit,
  account: StaffAccount,
  problem?: string,
): Html {
  const { texts } = deps
  const { staff } = texts
  const roles = html`${problemNotice(problem)}${roleFields(deps, account)}
<p><button type="submit">${staff.submit_roles}</button></p>`
  return html`${backLink(staff)}<h1>${account.name}</h1>
<dl class="facts"><dt>${staff.login}</dt><dd>${account.login}</dd><dt>${staff.state}</dt><dd>${statePill(texts, account)}</dd></dl>
${deskForm(visit, `${accountPath(account.login)}/peran`, roles)}
${account.id === visit.officer.id ? html`<p class="quiet-text">${staff.self}</p>` : actions(staff, visit, account)}`
}

/** The first password of an account, which is shown this once. */
export function firstPasswordView(
  { texts: { staff } }: StaffViewDeps,
  account: Pick<StaffAccount, 'login' | 'name'>,
  firstPassword: string,
): Html {
  return html`<h1>${fill(staff.first_title, { name: account.name })}</h1><p>${staff.first_text}</p>
<dl class="panel"><dt>${staff.first_login}</dt><dd class="secret">${account.login}</dd>
<dt>${staff.first_password}</dt><dd class="secret">${firstPassword}</dd></dl>
<p><a class="button" href="${deskHref('/staf')}">${staff.back}</a></p>`
}

function roleFields(
  { texts, kelurahan }: StaffViewDeps,
  wish: Pick<AccountWish, 'roles' | 'kelurahan'>,
): Html {
  const { staff, roles } = texts
  const none = { value: '', label: staff.no_kelurahan }
  return html`<fieldset><legend>${staff.roles_title}</legend>${staffRoles.map((role) =>
    deskCheck({
      name: `role_${role}`,
      label: roles[role].label,
      hint: roles[role].text,
      checked: wish.roles.includes(role),
    }),
  )}</fieldset>
${deskSelect({
  name: 'kelurahan',
  label: staff.kelurahan,
  hint: staff.kelurahan_hint,
  value: wish.kelurahan ?? '',
  options: [none, ...kelurahan.map(({ code, name }) => ({ value: code, label: name }))],
})}`
}

function actions(staff: DeskTexts['staff'], visit: DeskVisit, account: StaffAccount): Html {
  const { login } = account
  if (account.state === 'disabled') {
    const enable = { title: staff.enable_title, text: staff.enable_text, button: staff.enable, kind: 'quiet' }
    return action(visit, `${accountPath(login)}/aktif`, enable)
  }
  const reset = { title: staff.reset_title, text: staff.reset_text, button: staff.reset, kind: 'quiet' }
  const disable = {
    title: staff.disable_title,
    text: staff.disable_text,
    button: staff.disable,
    kind: 'danger',
  }
  return html`${action(visit, `${accountPath(login)}/sandi`, reset)}
${action(visit, `${accountPath(login)}/nonaktif`, disable)}`
}

/** Folded, so that it takes two taps. */
function action(
  visit: DeskVisit,
  path: string,
  { title, text, button, kind }: Readonly<Record<'title' | 'text' | 'button' | 'kind', string>>,
): Html {
  return html`<details class="panel fold"><summary>${title}</summary><p>${text}</p>
${deskForm(visit, path, html`<button class="${kind}" type="submit">${button}</button>`)}</details>`
}

function backLink({ back }: DeskTexts['staff']): Html {
  return html`<p class="back"><a href="${deskHref('/staf')}">${back}</a></p>`
}

function statePill({ staff }: DeskTexts, { state }: StaffAccount): Html {
  const kinds = { active: 'good', invited: 'late', disabled: '' } as const
  return html`<span class="pill ${kinds[state]}">${staff.states[state]}</span>`
}
