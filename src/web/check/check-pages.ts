import { setTimeout as wait } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import type { Asker, CheckResult } from '../../assistance/check-answer.ts'
import type { NikQuestion } from '../../assistance/check-by-nik.ts'
import type { CheckLinks } from '../../assistance/check-link.ts'
import type { AssistanceTexts } from '../../assistance/texts.ts'
import type { Language } from '../../language/language.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Html, Layout } from '../layout.ts'
import { isOwnOrigin } from '../own-origin.ts'
import { answerView, formView, plainView } from './check-views.ts'
import { createKeptAnswers, type KeptAnswers, type ShownAnswer } from './kept-answer.ts'
import { readForm } from './read-form.ts'
import { createTries, type Tries } from './tries.ts'

export interface CheckPagesDeps {
  readonly texts: AssistanceTexts['page']
  readonly layout: Layout
  readonly language: Pick<Language, 'parse'>
  readonly links: CheckLinks
  readonly checkByNik: (transaction: Transaction, asker: Asker, question: NikQuestion) => Promise<CheckResult>
  /** Tells the chat, in the same transaction, that the check was done, and nothing of its answer. */
  readonly notifyDone: (transaction: Transaction, chatId: string) => Promise<void>
  readonly inTransaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
  /** The origin that residents reach the pages at; undefined: the request's own host. */
  readonly publicUrl?: string | undefined
  readonly now: () => Date
  /** Waits some milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/** What the routes share. */
interface Desk extends CheckPagesDeps {
  readonly answers: KeptAnswers
  readonly tries: Tries
  readonly pause: (milliseconds: number) => Promise<unknown>
}

/** However long a look-up took, its answer comes no sooner: what was found in the lists must not show in the time. */
const answerMs = 250

/**
 * The private form, to be mounted at /cek. A form that cannot be read takes no look-up of its link. What was found is
 * shown by a page of its own, so that the browser can reload it and go back.
 */
export function createCheckPages(deps: CheckPagesDeps): Hono {
  const answers = createKeptAnswers({
    links: deps.links,
    secure: deps.publicUrl?.startsWith('https:') === true,
  })
  const desk: Desk = { pause: wait, ...deps, answers, tries: createTries(deps.now) }
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
    context.header('X-Robots-Tag', 'noindex, nofollow')
  })
  app.get('/:token', (context) => showPage(desk, context, context.req.param('token')))
  app.post('/:token', (context) => takeForm(desk, context, context.req.param('token')))
  return app
}

async function showPage(desk: Desk, context: Context, token: string): Promise<Response> {
  const now = desk.now()
  const left = await desk.inTransaction((transaction) => desk.links.left(transaction, token, now))
  const answer = desk.answers.read(context, token, now)
  if (answer !== undefined) return showAnswer(desk, context, answer, left)
  if (left === 0) return gone(desk, context)
  desk.answers.prepare(context, token)
  return page(desk, context, formView(desk.texts, left))
}

async function takeForm(desk: Desk, context: Context, token: string): Promise<Response> {
  const { texts } = desk
  if (!isOwnOrigin(context, desk.publicUrl)) return page(desk, context, plainView(texts.refused), 403)
  if (!desk.tries.take(token)) return page(desk, context, plainView(texts.refused), 429)
  const form = await readFields(context)
  const now = desk.now()
  const reading = readForm(desk.language, form, now)
  if (reading.type === 'problems') {
    const left = await desk.inTransaction((transaction) => desk.links.left(transaction, token, now))
    if (left === 0) return gone(desk, context)
    return page(desk, context, formView(texts, left, reading.problems), 422)
  }
  const [done] = await Promise.all([lookUp(desk, token, reading, now), desk.pause(answerMs)])
  if (done === undefined) return gone(desk, context)
  const { answer, left } = done
  return desk.answers.keep(context, token, answer, now)
    ? context.redirect(`/cek/${token}`, 303)
    : showAnswer(desk, context, answer, left)
}

async function lookUp(
  { inTransaction, links, checkByNik, notifyDone }: Desk,
  token: string,
  question: NikQuestion,
  now: Date,
): Promise<{ readonly answer: ShownAnswer; readonly left: number } | undefined> {
  return inTransaction(async (transaction) => {
    const taken = await links.take(transaction, token, now)
    if (taken === undefined) return undefined
    const { asker, channel, left, isFirst } = taken
    const result = await checkByNik(transaction, asker, question)
    const goesOn = result.outcome === 'not_found' && left > 0
    await links.finish(transaction, token, !goesOn, now)
    // Told at the first look-up whatever it gave: told at the last, the chat would tell whether somebody was found.
    if (isFirst) await notifyDone(transaction, asker.chatId)
    return { answer: { result, fromWebChat: channel === 'webchat' }, left: goesOn ? left : 0 }
  })
}

function showAnswer(desk: Desk, context: Context, answer: ShownAnswer, left: number) {
  const chat = answer.fromWebChat ? '/chat' : undefined
  return page(desk, context, answerView(desk.texts, answer.result, { left, chat }))
}

function gone(desk: Desk, context: Context) {
  return page(desk, context, plainView(desk.texts.gone), 404)
}

function page(
  { layout, texts }: Desk,
  context: Context,
  body: Html,
  status: 200 | 403 | 404 | 422 | 429 = 200,
) {
  return context.html(layout({ title: texts.title, body }), status)
}

async function readFields(context: Context): Promise<{ nik: string; birthDate: string }> {
  const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}))
  const { nik, birth_date: birthDate } = body
  return {
    nik: typeof nik === 'string' ? nik : '',
    birthDate: typeof birthDate === 'string' ? birthDate : '',
  }
}
