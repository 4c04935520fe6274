import type { ImportRun } from '../../../assistance/import-run.ts'
import { type Field, fields, type Mapping } from '../../../assistance/layout.ts'
import type { ListDesk } from '../../../assistance/list-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import { maskDigits } from '../../../language/mask.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { ListTexts } from './list-texts.ts'
import { listsView } from './lists-view.ts'
import { receiveUpload, type Upload } from './receive-upload.ts'
import { isWorkedOn, runBody, runView } from './run-view.ts'
import { type UploadProblem, uploadView } from './upload-view.ts'

export interface ListRouteDeps {
  readonly texts: ListTexts
  readonly lists: ListDesk
  /** Why rows are set aside, in the words of the report. */
  readonly reasonWords: Readonly<Record<string, string>>
  readonly now: () => Date
  /** Bytes of the largest list file; 64 MB when left out. */
  readonly maxBytes?: number
}

const megabyte = 1024 ** 2
const permission = 'lists'
const one = '/daftar/impor/:id{[0-9a-f-]{36}}'

/** Assistance lists: versions, the way back, and imports from the upload to the switch. */
export function listRoutes(deps: ListRouteDeps): readonly DeskRoute[] {
  const maxBytes = deps.maxBytes ?? 64 * megabyte
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
  const onRun = (path: string, handle: (visit: DeskVisit, run: ImportRun) => Promise<Response>) =>
    [path, (visit: DeskVisit) => withRun(deps, visit, (run) => handle(visit, run))] as const
  return [
    get('/daftar', (visit) => showLists(deps, visit)),
    post('/daftar/kembali', (visit) => switchBack(deps, visit)),
    get('/daftar/unggah', async (visit) => showUpload(deps, visit, maxBytes)),
    // The form around the file takes some room too.
    {
      ...post('/daftar/unggah', (visit) => takeUpload(deps, visit, maxBytes)),
      maxBytes: maxBytes + megabyte,
    },
    get(...onRun(one, (visit, run) => showRun(deps, visit, run))),
    get(...onRun(`${one}/keadaan`, (visit, run) => showState(deps, visit, run))),
    get(...onRun(`${one}/karantina`, (visit, run) => sendQuarantine(deps, visit, run))),
    post(...onRun(`${one}/periksa`, (visit, run) => check(deps, visit, run))),
    post(...onRun(`${one}/muat`, (visit, run) => load(deps, visit, run))),
    post(...onRun(`${one}/batal`, (visit, run) => cancel(deps, visit, run))),
  ]
}

async function withRun(
  deps: ListRouteDeps,
  visit: DeskVisit,
  work: (run: ImportRun) => Promise<Response>,
): Promise<Response> {
  const run = await deps.lists.run(visit.context.req.param('id') ?? '')
  return run === undefined ? visit.redirect('/daftar', deps.texts.run.gone) : work(run)
}

async function showLists(deps: ListRouteDeps, visit: DeskVisit): Promise<Response> {
  const { texts, lists } = deps
  const body = listsView(texts, visit, await lists.versions(), await lists.runs())
  return visit.page({ title: texts.lists.title, section: 'lists', body })
}

async function switchBack({ texts, lists }: ListRouteDeps, visit: DeskVisit): Promise<Response> {
  const { kind = '' } = await visit.fields()
  const outcome = await lists.switchBack(kind, visit.officer)
  if (outcome.type !== 'switched') return visit.redirect('/daftar', texts.lists.refused[outcome.type])
  const { title, asOf } = outcome
  return visit.redirect('/daftar', fill(texts.lists.switched, { title, as_of: formatDate(asOf) }))
}

async function showUpload(
  { texts }: ListRouteDeps,
  visit: DeskVisit,
  maxBytes: number,
  again?: { readonly problem: UploadProblem; readonly fields: Readonly<Record<string, string>> },
): Promise<Response> {
  const size = Math.floor(maxBytes / megabyte)
  const body = uploadView(texts, visit, { size, ...again })
  const status = again === undefined ? 200 : again.problem === 'too_large' ? 413 : 422
  return visit.page({ title: texts.upload.title, section: 'lists', body }, status)
}

async function takeUpload(deps: ListRouteDeps, visit: DeskVisit, maxBytes: number): Promise<Response> {
  const { lists } = deps
  const { id, file } = await lists.beginUpload()
  const upload = await receiveUpload(visit.context, file, maxBytes)
  if (upload.type !== 'received') {
    await lists.dropUpload(id)
    return showUpload(deps, visit, maxBytes, { problem: upload.type, fields: {} })
  }
  const { fields } = upload
  const problem = problemOf(fields, isoDay(dayInWita(deps.now())))
  if (problem !== undefined) {
    await lists.dropUpload(id)
    return showUpload(deps, visit, maxBytes, { problem, fields })
  }
  const run = await lists.addUpload(id, wishOf(upload), visit.officer)
  if (typeof run !== 'string') return visit.redirect(`/daftar/impor/${run.id}`)
  return showUpload(deps, visit, maxBytes, { problem: `file.${run}`, fields })
}

function wishOf({ fields, fileName, size }: Extract<Upload, { type: 'received' }>) {
  const { kind = '', title = '', as_of: asOf = '', period = '' } = fields
  return {
    ...{ kind, size, asOf, title: title.trim() },
    period: period.trim() === '' ? undefined : period.trim().slice(0, 100),
    // A name may hold what nobody should read in a list of imports.
    fileName: maskDigits(fileName.replaceAll(/\p{C}/gu, '')).slice(0, 100) || kind,
  }
}

function problemOf(
  { kind = '', title = '', as_of: asOf = '' }: Readonly<Record<string, string>>,
  today: string,
): UploadProblem | undefined {
  if (!/^[a-z][a-z0-9_-]{0,30}$/.test(kind)) return 'kind'
  if (title.trim() === '' || title.length > 100) return 'name'
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(Date.parse(asOf))
  return isDay && asOf <= today ? undefined : 'as_of'
}

async function showRun(deps: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  const title = fill(deps.texts.run.title, { file: run.fileName })
  return visit.page({ title, section: 'lists', body: await runView(deps, visit, run) })
}

/** What the page asks for while the import is worked on; after that it is a page that asks no more. */
async function showState(deps: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  if (!isWorkedOn(run)) visit.context.header('HX-Refresh', 'true')
  return visit.context.html(await runBody(deps, visit, run))
}

async function check(deps: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  const mapping = readMapping(await visit.fields())
  const begun = await deps.lists.check(run.id, mapping, visit.officer)
  return visit.redirect(`/daftar/impor/${run.id}`, begun ? undefined : deps.texts.run.gone)
}

function readMapping(form: Readonly<Record<string, string>>): Mapping {
  const columns: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const chosen = form[`kolom.${field}`]
    // Empty says that there is none, which is more than not to have been asked.
    if (chosen !== undefined) columns[field] = chosen
  }
  const programmes = Object.entries(form).flatMap(([name, heading]) =>
    name.startsWith('program.') ? [[name.slice('program.'.length), heading] as const] : [],
  )
  return { columns, programmes: Object.fromEntries(programmes) }
}

async function load(deps: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  const begun = await deps.lists.load(run.id, visit.officer)
  return visit.redirect(`/daftar/impor/${run.id}`, begun ? undefined : deps.texts.run.gone)
}

async function cancel({ texts, lists }: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  const done = await lists.cancel(run.id, visit.officer)
  return visit.redirect('/daftar', done ? texts.run.cancelled : texts.run.gone)
}

async function sendQuarantine(deps: ListRouteDeps, visit: DeskVisit, run: ImportRun): Promise<Response> {
  const bytes = await deps.lists.quarantine(run, visit.officer)
  if (bytes === undefined) return visit.redirect(`/daftar/impor/${run.id}`, deps.texts.run.gone)
  return visit.context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="disisihkan-${run.kind}.csv"`,
    'X-Content-Type-Options': 'nosniff',
  })
}
