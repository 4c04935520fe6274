import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { maskDigits } from '../../../language/mask.ts'
import { sourcePattern } from '../../../marketplace/import/import-outcome.ts'
import type { MarketImport } from '../../../marketplace/import/market-import.ts'
import { type ShopField, type ShopMapping, shopFields } from '../../../marketplace/import/shop-columns.ts'
import { deskHref } from '../desk-form.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import { receiveUpload } from '../lists/receive-upload.ts'
import { type MarketImportPagesDeps, route } from './market-import-deps.ts'
import { isWorkedOn, runBody, runView, statePill } from './run-view.ts'
import { type UploadProblem, uploadView } from './upload-view.ts'

const megabyte = 1024 ** 2
const one = '/umkm/impor/:id{[0-9a-f-]{36}}'

/** Imports of UMKM, from the upload to the shops. */
export function importRoutes(deps: MarketImportPagesDeps): readonly DeskRoute[] {
  const maxBytes = deps.maxBytes ?? 32 * megabyte
  const onRun = (path: string, handle: (visit: DeskVisit, run: MarketImport) => Promise<Response>) =>
    [path, (visit: DeskVisit) => withRun(deps, visit, (run) => handle(visit, run))] as const
  return [
    route('get', '/umkm/impor', (visit) => showImports(deps, visit)),
    route('get', '/umkm/impor/unggah', (visit) => showUpload(deps, visit, maxBytes)),
    // The form around the file takes some room too.
    {
      ...route('post', '/umkm/impor/unggah', (visit) => takeUpload(deps, visit, maxBytes)),
      maxBytes: maxBytes + megabyte,
    },
    route('get', ...onRun(one, (visit, run) => showRun(deps, visit, run))),
    route('get', ...onRun(`${one}/keadaan`, (visit, run) => showState(deps, visit, run))),
    route('get', ...onRun(`${one}/laporan`, (visit, run) => sendReport(deps, visit, run))),
    route('post', ...onRun(`${one}/periksa`, (visit, run) => check(deps, visit, run))),
    route('post', ...onRun(`${one}/muat`, (visit, run) => load(deps, visit, run))),
    route('post', ...onRun(`${one}/batal`, (visit, run) => cancel(deps, visit, run))),
  ]
}

async function withRun(
  deps: MarketImportPagesDeps,
  visit: DeskVisit,
  work: (run: MarketImport) => Promise<Response>,
): Promise<Response> {
  const run = await deps.imports.find(visit.context.req.param('id') ?? '')
  return run === undefined ? visit.redirect('/umkm/impor', deps.texts.imports.gone) : work(run)
}

async function showImports(deps: MarketImportPagesDeps, visit: DeskVisit): Promise<Response> {
  const { imports: texts, run: words } = deps.texts
  const runs = await deps.imports.list()
  const table = deskTable({
    caption: texts.caption,
    columns: [texts.file, texts.state, texts.brought],
    rows: runs.map(({ id, fileName, source, state, createdAt }) => [
      html`<a href="${deskHref(`/umkm/impor/${id}`)}">${fileName}</a> <span class="hint">${source}</span>`,
      statePill(words, state),
      shortMoment(createdAt),
    ]),
  })
  const body = html`<h1>${texts.title}</h1>${await deps.tabs(visit)}<p class="lead">${texts.lead}</p><p>${texts.privacy}</p>
<p class="actions"><a class="button" href="${deskHref('/umkm/impor/unggah')}">${texts.upload}</a></p>
${runs.length === 0 ? html`<p>${texts.none}</p>` : table}`
  return visit.page({ title: texts.title, section: 'market', body })
}

async function showUpload(
  { texts }: MarketImportPagesDeps,
  visit: DeskVisit,
  maxBytes: number,
  again?: { readonly problem: UploadProblem; readonly source: string },
): Promise<Response> {
  const body = uploadView(texts, visit, { size: Math.floor(maxBytes / megabyte), ...again })
  const status = again === undefined ? 200 : again.problem === 'too_large' ? 413 : 422
  return visit.page({ title: texts.upload.title, section: 'market', body }, status)
}

async function takeUpload(
  deps: MarketImportPagesDeps,
  visit: DeskVisit,
  maxBytes: number,
): Promise<Response> {
  const { imports } = deps
  const { id, file } = await imports.beginUpload()
  const upload = await receiveUpload(visit.context, file, maxBytes)
  const refuse = async (problem: UploadProblem, source = '') => {
    await imports.dropUpload(id)
    return showUpload(deps, visit, maxBytes, { problem, source })
  }
  if (upload.type !== 'received') return refuse(upload.type)
  const source = upload.fields.source?.trim().toLowerCase() ?? ''
  if (!sourcePattern.test(source)) return refuse('source', source)
  // A name may hold what nobody should read in a list of imports.
  const fileName = maskDigits(upload.fileName.replaceAll(/\p{C}/gu, '')).slice(0, 100) || source
  const run = await imports.addUpload(id, { source, fileName, size: upload.size }, visit.officer)
  if (typeof run !== 'string') return visit.redirect(`/umkm/impor/${run.id}`)
  return showUpload(deps, visit, maxBytes, { problem: `file.${run}`, source })
}

async function showRun(deps: MarketImportPagesDeps, visit: DeskVisit, run: MarketImport): Promise<Response> {
  const title = fill(deps.texts.run.title, { file: run.fileName })
  return visit.page({ title, section: 'market', body: await runView(deps, visit, run) })
}

/** What the page asks for while the import is worked on; after that it is a page that asks no more. */
async function showState(
  deps: MarketImportPagesDeps,
  visit: DeskVisit,
  run: MarketImport,
): Promise<Response> {
  if (!isWorkedOn(run)) visit.context.header('HX-Refresh', 'true')
  return visit.context.html(await runBody(deps, visit, run))
}

async function check(
  { imports, texts }: MarketImportPagesDeps,
  visit: DeskVisit,
  run: MarketImport,
): Promise<Response> {
  const begun = await imports.check(run.id, readMapping(await visit.fields()), visit.officer)
  return visit.redirect(`/umkm/impor/${run.id}`, begun ? undefined : texts.imports.gone)
}

function readMapping(form: Readonly<Record<string, string>>): ShopMapping {
  const mapping: Partial<Record<ShopField, string>> = {}
  for (const field of shopFields) {
    const chosen = form[`kolom.${field}`]
    // Empty says that there is none, which is more than not to have been asked.
    if (chosen !== undefined) mapping[field] = chosen
  }
  return mapping
}

async function load(
  { imports, texts }: MarketImportPagesDeps,
  visit: DeskVisit,
  run: MarketImport,
): Promise<Response> {
  const begun = await imports.load(run.id, visit.officer)
  return visit.redirect(`/umkm/impor/${run.id}`, begun ? undefined : texts.imports.gone)
}

async function cancel(
  { imports, texts }: MarketImportPagesDeps,
  visit: DeskVisit,
  run: MarketImport,
): Promise<Response> {
  const done = await imports.cancel(run.id, visit.officer)
  return visit.redirect('/umkm/impor', done ? texts.imports.cancelled : texts.imports.gone)
}

async function sendReport(
  { imports, texts }: MarketImportPagesDeps,
  visit: DeskVisit,
  run: MarketImport,
): Promise<Response> {
  const bytes = await imports.report(run, visit.officer)
  if (bytes === undefined) return visit.redirect(`/umkm/impor/${run.id}`, texts.imports.gone)
  return visit.context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="laporan-${run.source}.csv"`,
    'X-Content-Type-Options': 'nosniff',
  })
}
