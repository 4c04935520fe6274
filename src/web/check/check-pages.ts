import { type Context, Hono } from 'hono'
import type { Asker, CheckResult } from '../../assistance/check-answer.ts'
import type { NikQuestion } from '../../assistance/check-by-nik.ts'
import type { CheckLinks } from '../../assistance/check-link.ts'
import type { AssistanceTexts } from '../../assistance/texts.ts'
import type { Language } from '../../language/language.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Html, Layout } from '../layout.ts'
import { answerView, formView, plainView } from './check-views.ts'
import { readForm } from './read-form.ts'
import { createTries } from './tries.ts'

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
}

/** The private form, to be mounted at /cek. Only a form that can be read uses its link up. */
export function createCheckPages(deps: CheckPagesDeps): Hono {
  const { texts, links, inTransaction } = deps
  const tries = createTries(deps.now)
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
    context.header('X-Robots-Tag', 'noindex, nofollow')
  })
  const page = (context: Context, body: Html, status: 200 | 403 | 404 | 422 | 429 = 200) =>
    context.html(deps.layout({ title: texts.title, body }), status)
  const gone = (context: Context) => page(context, plainView(texts.gone), 404)

  app.get('/:token', async (context) => {
    const token = context.req.param('token')
    const state = await inTransaction((transaction) => links.peek(transaction, token, deps.now()))
    return state === 'open' ? page(context, formView(texts)) : gone(context)
  })
  app.post('/:token', async (context) => {
    if (!isOwnOrigin(context, deps.publicUrl)) return page(context, plainView(texts.refused), 403)
    const token = context.req.param('token')
    if (!tries.take(token)) return page(context, plainView(texts.refused), 429)
    const form = await readFields(context)
    const now = deps.now()
    const reading = readForm(deps.language, form, now)
    if (reading.type === 'problems') {
      const state = await inTransaction((transaction) => links.peek(transaction, token, now))
      return state === 'open' ? page(context, formView(texts, reading.problems), 422) : gone(context)
    }
    const result = await inTransaction(async (transaction) => {
      const asker = await links.consume(transaction, token, now)
      if (asker === undefined) return undefined
      const checked = await deps.checkByNik(transaction, asker, reading)
      await deps.notifyDone(transaction, asker.chatId)
      return checked
    })
    return result === undefined ? gone(context) : page(context, answerView(texts, result))
  })
  return app
}

async function readFields(context: Context): Promise<{ nik: string; birthDate: string }> {
  const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}))
  const { nik, birth_date: birthDate } = body
  return {
    nik: typeof nik === 'string' ? nik : '',
    birthDate: typeof birthDate === 'string' ? birthDate : '',
  }
}

/** Browsers name the page a form comes from; old ones that do not have the token alone to show. */
function isOwnOrigin(context: Context, publicUrl: string | undefined): boolean {
  if (context.req.header('sec-fetch-site') === 'cross-site') return false
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const host = publicUrl === undefined ? context.req.header('host') : new URL(publicUrl).host
  return URL.canParse(origin) && new URL(origin).host === host
}
