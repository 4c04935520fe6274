import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import { formatMoment } from '../../language/format.ts'
import type { SignIn, SignInStep } from '../../staff/sign-in/sign-in.ts'
import type { Html } from '../layout.ts'
import { type DoorRoute, type DoorVisit, giveCookies } from './desk-door.ts'
import { deskField } from './desk-field.ts'
import { deskForm, deskHref } from './desk-form.ts'
import { deskRoot, pageWithin, signInHeaders } from './desk-request.ts'
import type { DeskTexts } from './desk-texts.ts'
import { goTo } from './desk-visit.ts'

interface Deps {
  readonly texts: DeskTexts
  readonly signIn: SignIn
}

/** Signing in with a password and a code, and out again. */
export function signInRoutes(deps: Deps): readonly DoorRoute[] {
  return [
    { method: 'get', path: '/masuk', permission: 'open', handle: (visit) => showPassword(deps, visit) },
    { method: 'post', path: '/masuk', permission: 'open', handle: (visit) => takePassword(deps, visit) },
    { method: 'get', path: '/kode', permission: 'open', handle: (visit) => showCode(deps, visit) },
    { method: 'post', path: '/kode', permission: 'open', handle: (visit) => takeCode(deps, visit) },
    { method: 'post', path: '/keluar', permission: 'any_session', handle: (visit) => leave(deps, visit) },
  ]
}

async function showPassword({ texts }: Deps, visit: DoorVisit): Promise<Response> {
  const to = pageWithin(visit.context.req.query('ke'))
  if (visit.visitor.type === 'officer') return goTo(visit.context, to)
  if (visit.visitor.type === 'enrolling') return visit.redirect('/daftar-aman')
  return visit.page(passwordPage(texts, visit, { to }))
}

async function takePassword({ texts, signIn }: Deps, visit: DoorVisit): Promise<Response> {
  const { login = '', password = '', ke } = await visit.fields()
  const to = pageWithin(ke)
  const step = await signIn.withPassword(signInHeaders(visit.context), { login, password })
  const failure = failureOf(visit, step, texts.sign_in)
  if (failure === undefined) return follow(texts, visit, step, to)
  return visit.page(passwordPage(texts, visit, { to, login, problem: failure.text }), failure.status)
}

async function showCode({ texts }: Deps, visit: DoorVisit): Promise<Response> {
  const to = pageWithin(visit.context.req.query('ke'))
  if (visit.visitor.type === 'officer') return goTo(visit.context, to)
  return visit.page(codePage(texts, visit, { to }))
}

async function takeCode({ texts, signIn }: Deps, visit: DoorVisit): Promise<Response> {
  const { code = '', ke } = await visit.fields()
  const to = pageWithin(ke)
  const step = await signIn.withCode(signInHeaders(visit.context), { code: withoutSpaces(code) })
  const failure = failureOf(visit, step, texts.code)
  if (failure === undefined) return follow(texts, visit, step, to)
  return visit.page(codePage(texts, visit, { to, problem: failure.text }), failure.status)
}

async function leave({ signIn }: Deps, visit: DoorVisit): Promise<Response> {
  const { cookies } = await signIn.leave(signInHeaders(visit.context))
  giveCookies(visit.context, cookies)
  return visit.redirect('/masuk')
}

/** Goes on to what the step asks for, with the cookies it gave; tells of attempts that others may have made. */
export function follow(
  { sign_in: texts }: DeskTexts,
  visit: DoorVisit,
  step: SignInStep,
  to: string = deskRoot,
): Response {
  if ('cookies' in step) giveCookies(visit.context, step.cookies)
  if (step.type === 'enrol') return visit.redirect('/daftar-aman')
  if (step.type !== 'signed_in') return visit.redirect(`/kode${asQuery(to)}`)
  const count = step.failedAttempts ?? 0
  const path = to.slice(deskRoot.length)
  return visit.redirect(path === '' ? '/' : path, count === 0 ? undefined : fill(texts.failed, { count }))
}

/** What to say when the step went no further. */
export function failureOf(
  visit: DoorVisit,
  step: SignInStep,
  texts: { readonly refused: string; readonly locked: string },
): { readonly text: string; readonly status: 422 | 429 } | undefined {
  if (step.type === 'refused') return { text: texts.refused, status: 422 }
  if (step.type !== 'locked') return undefined
  visit.context.header('Retry-After', step.until.toUTCString())
  return { text: fill(texts.locked, { until: formatMoment(step.until) }), status: 429 }
}

/** What went wrong, read out at once. */
export function problemNotice(problem: string | undefined): Html | '' {
  return problem === undefined ? '' : html`<p class="notice" role="alert">${problem}</p>`
}

/** A code as people write it, `123 456`, without its spaces. */
export function withoutSpaces(code: string): string {
  return code.replace(/\s+/g, '')
}

interface State {
  readonly to: string
  readonly login?: string
  readonly problem?: string
}

function passwordPage({ sign_in: texts }: DeskTexts, visit: DoorVisit, { to, login, problem }: State) {
  const fields = html`${problemNotice(problem)}${wayOn(to)}
${deskField({ name: 'login', label: texts.login, value: login, autocomplete: 'username', maxLength: 60 })}
${deskField({ name: 'password', label: texts.password, type: 'password', autocomplete: 'current-password' })}
<p><button type="submit">${texts.submit}</button></p>`
  const body = html`<div class="door"><h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
${deskForm(visit, '/masuk', fields)}<p class="hint">${texts.help}</p></div>`
  return { title: texts.title, body }
}

function codePage({ code: texts }: DeskTexts, visit: DoorVisit, { to, problem }: State) {
  const field = { name: 'code', label: texts.code, hint: texts.hint, autocomplete: 'one-time-code' }
  const fields = html`${problemNotice(problem)}${wayOn(to)}${deskField({ ...field, maxLength: 40 })}
<p><button type="submit">${texts.submit}</button></p>`
  const body = html`<div class="door"><h1>${texts.title}</h1><p>${texts.lead}</p>
${deskForm(visit, '/kode', fields)}<p><a href="${deskHref('/masuk')}${asQuery(to)}">${texts.again}</a></p></div>`
  return { title: texts.title, body }
}

function wayOn(to: string): Html | '' {
  return to === deskRoot ? '' : html`<input type="hidden" name="ke" value="${to}">`
}

function asQuery(to: string): string {
  return to === deskRoot ? '' : `?ke=${encodeURIComponent(to)}`
}
