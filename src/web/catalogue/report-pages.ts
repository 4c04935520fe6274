import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { fill } from '../../language/fill-text.ts'
import type { Shelf } from './catalogue-deps.ts'
import { type CatalogueView, root } from './catalogue-frame.ts'
import { isOwnForm } from './own-form.ts'
import { problemView, unknownPage } from './problem-pages.ts'
import { readNumber } from './read-address.ts'
import { sendFresh } from './send-page.ts'
import { createVisitorLimit } from './visitor-limit.ts'

const longestWords = 500
/** Whoever reports a whole shop is not held up; a program that reports everything is. */
const limit = { most: 10, spanMs: 60 * 60_000 }

/** Where anybody tells that a listing is wrong. */
export function reportRoutes(shelf: Shelf): Hono {
  const app = new Hono()
  const visitors = createVisitorLimit(limit, shelf.now)
  app.get('/:id', async (context) => {
    const id = readNumber(context.req.param('id'))
    const name = id === undefined ? undefined : await shelf.catalogue.reportable(id)
    if (id === undefined || name === undefined) return sendFresh(shelf, context, await unknownPage(shelf))
    const isDone = context.req.query('terkirim') === '1'
    return sendFresh(shelf, context, { view: isDone ? thanksView(shelf, id) : formView(shelf, id, name) })
  })
  app.post('/:id', async (context) => {
    if (!isOwnForm(context, shelf.publicUrl())) return refuse(shelf, context, 'foreign', 403)
    const id = readNumber(context.req.param('id'))
    const name = id === undefined ? undefined : await shelf.catalogue.reportable(id)
    if (id === undefined || name === undefined) return sendFresh(shelf, context, await unknownPage(shelf))
    const { reason, words } = await readReport(shelf, context)
    if (reason === undefined) {
      return sendFresh(shelf, context, { view: formView(shelf, id, name, words), status: 422 })
    }
    if (!visitors.take(context)) return refuse(shelf, context, 'busy', 429)
    await shelf.catalogue.report({ productId: id, reason, words })
    return context.redirect(`${root}/lapor/${id}?terkirim=1`, 303)
  })
  return app
}

function refuse(shelf: Shelf, context: Context, problem: 'foreign' | 'busy', status: 403 | 429) {
  return sendFresh(shelf, context, { view: problemView(shelf, problem), status })
}

async function readReport(shelf: Shelf, context: Context) {
  const body: Record<string, unknown> = await context.req.parseBody().catch(() => ({}))
  const { reason, words } = body
  const isKnown = typeof reason === 'string' && Object.hasOwn(shelf.words().reports, reason)
  return {
    reason: isKnown ? reason : undefined,
    words: typeof words === 'string' ? cleanWords(words) : '',
  }
}

/** As they can be kept: the database takes neither a NUL nor half a character. */
function cleanWords(words: string): string {
  return words.replaceAll('\0', '').trim().slice(0, longestWords).toWellFormed()
}

/** `kept`: the words of a form that had no reason. */
function formView(shelf: Shelf, id: number, name: string, kept?: string): CatalogueView {
  const { report } = shelf.texts()
  const reasons = Object.entries(shelf.words().reports)
  const isBad = kept !== undefined
  return {
    title: report.title,
    crumbs: [{ title: name, path: `${root}/produk/${id}` }],
    body: html`<h1>${report.title}</h1><p>${fill(report.lead, { product: name })}</p>
<form class="panel" method="post" action="${root}/lapor/${id}"><fieldset${isBad ? html` aria-describedby="reason-error"` : ''}><legend>${report.reason}</legend>
${isBad ? html`<p class="error" id="reason-error" role="alert">${report.no_reason}</p>` : ''}
${reasons.map(([code, title]) => html`<label class="tick"><input type="radio" name="reason" value="${code}" required> ${title}</label>`)}</fieldset>
<label for="words">${report.words}</label><p class="hint" id="words-hint">${report.words_hint}</p>
<textarea id="words" name="words" rows="4" maxlength="${longestWords}" aria-describedby="words-hint">${kept ?? ''}</textarea>
<p><button type="submit">${report.submit}</button></p></form>`,
  }
}

function thanksView(shelf: Shelf, id: number): CatalogueView {
  const { report } = shelf.texts()
  return {
    title: report.thanks,
    crumbs: [],
    body: html`<h1>${report.thanks}</h1><p>${report.thanks_text}</p>
<p class="actions"><a class="button" href="${root}/produk/${id}">${report.back}</a><a class="button second" href="${root}">${report.to_catalogue}</a></p>`,
  }
}
