import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import type { SignIn } from '../../staff/sign-in/sign-in.ts'
import type { Html } from '../layout.ts'
import { type DoorRoute, type DoorVisit, giveCookies } from './desk-door.ts'
import { deskField } from './desk-field.ts'
import { deskForm, deskHref } from './desk-form.ts'
import { signInHeaders } from './desk-request.ts'
import type { DeskTexts } from './desk-texts.ts'
import { newPasswordFields, type PasswordProblem, readPasswordWish } from './new-password.ts'
import { qrPicture } from './qr-picture.ts'
import { failureOf, follow, problemNotice, withoutSpaces } from './sign-in-pages.ts'

interface Deps {
  readonly texts: DeskTexts
  readonly signIn: SignIn
}

/** What an app is told, and what is written on paper: shown once, in the answer to the form. */
type Begun = Extract<Awaited<ReturnType<SignIn['beginEnrolment']>>, { readonly type: 'begun' }>

/** The first sign-in: an own password, then a second factor. */
export function enrolRoutes(deps: Deps): readonly DoorRoute[] {
  const path = '/daftar-aman'
  return [
    { method: 'get', path, permission: 'enrolling', handle: async (visit) => passwordStep(deps, visit) },
    { method: 'post', path, permission: 'enrolling', handle: (visit) => takePassword(deps, visit) },
    {
      method: 'post',
      path: `${path}/kode`,
      permission: 'enrolling',
      handle: (visit) => takeCode(deps, visit),
    },
  ]
}

async function takePassword(deps: Deps, visit: DoorVisit): Promise<Response> {
  const { agrees, ...wish } = readPasswordWish(await visit.fields())
  if (!agrees) return passwordStep(deps, visit, 'mismatch')
  const begun = await deps.signIn.beginEnrolment(signInHeaders(visit.context), wish)
  if (begun.type === 'refused') return passwordStep(deps, visit, 'refused')
  if (begun.type === 'weak_password') return passwordStep(deps, visit, begun.why)
  giveCookies(visit.context, begun.cookies)
  return codeStep(deps, visit, { begun })
}

async function takeCode(deps: Deps, visit: DoorVisit): Promise<Response> {
  const { texts, signIn } = deps
  const { code = '' } = await visit.fields()
  const step = await signIn.finishEnrolment(signInHeaders(visit.context), { code: withoutSpaces(code) })
  const failure = failureOf(visit, step, { refused: texts.enrol.wrong_code, locked: texts.code.locked })
  if (failure !== undefined) return codeStep(deps, visit, { problem: failure })
  if (step.type !== 'signed_in') return follow(texts, visit, step)
  giveCookies(visit.context, step.cookies)
  return visit.redirect('/', texts.enrol.done)
}

function passwordStep(
  { texts }: Deps,
  visit: DoorVisit,
  problem?: PasswordProblem,
): Response | Promise<Response> {
  const { enrol } = texts
  const name = visit.visitor.type === 'enrolling' ? visit.visitor.officer.name : ''
  const fields = html`${newPasswordFields(enrol, texts.passwords, problem)}
<p><button type="submit">${enrol.next}</button></p>`
  const body = html`<div class="door"><p class="step">${fill(enrol.step, { step: 1 })}</p><h1>${enrol.title}</h1>
<p>${fill(enrol.lead, { name })}</p>${deskForm(visit, '/daftar-aman', fields)}</div>`
  return visit.page({ title: enrol.title, body }, problem === undefined ? 200 : 422)
}

function codeStep(
  { texts }: Deps,
  visit: DoorVisit,
  state: { readonly begun?: Begun; readonly problem?: { readonly text: string; readonly status: 422 | 429 } },
): Response | Promise<Response> {
  const { enrol } = texts
  const { begun, problem } = state
  const code = { name: 'code', label: enrol.confirm, autocomplete: 'one-time-code', maxLength: 12 }
  const fields = html`${problemNotice(problem?.text)}${deskField({ ...code, inputMode: 'numeric' })}
<p><button type="submit">${enrol.finish}</button></p>`
  const body = html`<div class="door"><p class="step">${fill(enrol.step, { step: 2 })}</p><h1>${enrol.app_title}</h1>
${begun === undefined ? '' : keepsakes(enrol, begun)}
${deskForm(visit, '/daftar-aman/kode', fields)}
<p><a href="${deskHref('/daftar-aman')}">${enrol.restart}</a></p></div>`
  return visit.page({ title: enrol.app_title, body }, problem?.status ?? 200)
}

function keepsakes(texts: DeskTexts['enrol'], { uri, secret, backupCodes }: Begun): Html {
  // In groups of four, as people copy it.
  const groups = secret.match(/.{1,4}/g)?.join(' ') ?? secret
  return html`<p>${texts.app}</p>${qrPicture(uri, texts.qr)}
<p class="hint">${texts.secret}</p><p class="secret">${groups}</p>
<h2>${texts.backup_title}</h2><p>${texts.backup}</p>
<ul class="codes">${backupCodes.map((code) => html`<li>${code}</li>`)}</ul>`
}
