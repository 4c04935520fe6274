import { html } from 'hono/html'
import type { ImportFault, ImportRun } from '../../../assistance/import-run.ts'
import type { ListDesk } from '../../../assistance/list-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatDate, formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import { livePart } from '../desk-part.ts'
import type { DeskVisit } from '../desk-route.ts'
import { findingView } from './finding-view.ts'
import type { ListTexts } from './list-texts.ts'
import { mappingView } from './mapping-view.ts'
import { statePill } from './state-pill.ts'

const mayHelpAgain = ['unknown_layout', 'nothing_accepted', 'mapping', 'busy', 'failed'] as const

interface Deps {
  readonly texts: ListTexts
  readonly lists: Pick<ListDesk, 'preview'>
  /** Why rows are set aside, in the words of the report. */
  readonly reasonWords: Readonly<Record<string, string>>
}

/** The page of one import; while a process works on it, it renews itself. */
export async function runView(deps: Deps, visit: DeskVisit, run: ImportRun): Promise<Html> {
  const { texts } = deps
  const { fileName, title, kind, asOf } = run
  const body = await runBody(deps, visit, run)
  const path = `/daftar/impor/${run.id}/keadaan`
  return html`<h1>${fill(texts.run.title, { file: fileName })}</h1>
<p class="lead">${fill(texts.run.facts, { title, kind, as_of: formatDate(asOf) })}</p>
${isWorkedOn(run) ? livePart({ id: 'import', path, seconds: 2, body }) : html`<div id="import">${body}</div>`}
<p class="actions"><a href="${deskHref('/daftar')}">${texts.run.to_lists}</a></p>`
}

/** What the page says of the import as it stands now. */
export async function runBody(deps: Deps, visit: DeskVisit, run: ImportRun): Promise<Html> {
  const { texts } = deps
  const finding = findingView(texts, run, deps.reasonWords)
  switch (run.state) {
    case 'uploaded':
      return askMapping(deps, visit, run)
    case 'checking':
    case 'loading':
      return progressView(texts.run, run)
    case 'checked':
      return html`${stateLine(texts.run, run)}${finding}${await nextSteps(deps, visit, run)}`
    case 'refused':
      return html`${stateLine(texts.run, run)}<p class="error" role="alert">${texts.run.faults[run.fault ?? 'failed']}</p>${finding}${await afterRefusal(deps, visit, run)}`
    case 'loaded':
      return html`${stateLine(texts.run, run)}<p>${texts.run.loaded}</p>${finding}`
    case 'cancelled':
      return html`${stateLine(texts.run, run)}<p>${texts.run.cancelled}</p>`
  }
}

/** Whether a process works on it, or will. */
export function isWorkedOn({ state }: Pick<ImportRun, 'state'>): boolean {
  return state === 'checking' || state === 'loading'
}

function stateLine(texts: ListTexts['run'], { state }: ImportRun): Html {
  return html`<p>${statePill(texts, state)}</p>`
}

async function askMapping({ texts, lists }: Deps, visit: DeskVisit, run: ImportRun): Promise<Html> {
  const preview = await lists.preview(run)
  if (typeof preview === 'string') return faultView(texts.run, visit, run, preview)
  return html`${mappingView(texts.run, visit, run, preview)}${cancelForm(texts.run, visit, run)}`
}

function faultView(texts: ListTexts['run'], visit: DeskVisit, run: ImportRun, fault: ImportFault): Html {
  return html`<p class="error" role="alert">${texts.faults[fault]}</p>${cancelForm(texts, visit, run)}`
}

/** Where other columns or another time may help, they are asked for again. */
async function afterRefusal(deps: Deps, visit: DeskVisit, run: ImportRun): Promise<Html> {
  const mayHelp = mayHelpAgain.some((fault) => fault === run.fault)
  return mayHelp ? askMapping(deps, visit, run) : cancelForm(deps.texts.run, visit, run)
}

function progressView(texts: ListTexts['run'], run: ImportRun): Html {
  const { rows, bytes, size } = run
  return html`${stateLine(texts, run)}<p><progress max="${size}" value="${Math.min(bytes, size)}" aria-label="${texts.states[run.state]}"></progress></p>
<p>${fill(texts.progress, { rows: formatNumber(rows) })}</p><p class="hint">${texts.wait}</p>
<p class="actions"><a class="button quiet" href="${deskHref(`/daftar/impor/${run.id}`)}">${texts.reload}</a></p>`
}

async function nextSteps(deps: Deps, visit: DeskVisit, run: ImportRun): Promise<Html> {
  const { run: texts } = deps.texts
  const preview = await deps.lists.preview(run)
  // Its file was removed: there is nothing to load.
  if (typeof preview === 'string') return faultView(texts, visit, run, preview)
  return html`<p>${texts.load_text}</p>
${deskForm(visit, `/daftar/impor/${run.id}/muat`, html`<p class="actions"><button type="submit">${texts.load}</button></p>`)}
<details class="panel fold"><summary>${texts.again}</summary>${mappingView(texts, visit, run, preview)}</details>${cancelForm(texts, visit, run)}`
}

function cancelForm(texts: ListTexts['run'], visit: DeskVisit, run: ImportRun): Html {
  return deskForm(
    visit,
    `/daftar/impor/${run.id}/batal`,
    html`<p class="actions"><button class="quiet" type="submit">${texts.cancel}</button></p>`,
  )
}
