import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatNumber } from '../../../language/format.ts'
import type { ImportFault, ImportState, MarketImport } from '../../../marketplace/import/market-import.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import { livePart } from '../desk-part.ts'
import type { DeskVisit } from '../desk-route.ts'
import { findingView } from './finding-view.ts'
import { mappingView } from './mapping-view.ts'
import type { MarketImportPagesDeps } from './market-import-deps.ts'
import type { MarketImportTexts } from './market-import-texts.ts'

type Deps = Pick<MarketImportPagesDeps, 'texts' | 'imports'>
type Texts = MarketImportTexts['run']

const mayHelpAgain: readonly ImportFault[] = ['unknown_layout', 'nothing_accepted', 'mapping', 'failed']

/** The page of one import; while a process works on it, it renews itself. */
export async function runView(deps: Deps, visit: DeskVisit, run: MarketImport): Promise<Html> {
  const { run: texts, imports } = deps.texts
  const body = await runBody(deps, visit, run)
  const path = `/umkm/impor/${run.id}/keadaan`
  return html`<h1>${fill(texts.title, { file: run.fileName })}</h1>
<p class="lead">${fill(texts.facts, { source: run.source })}</p>
${isWorkedOn(run) ? livePart({ id: 'import', path, seconds: 2, body }) : html`<div id="import">${body}</div>`}
<p class="actions"><a href="${deskHref('/umkm/impor')}">${imports.to_list}</a></p>`
}

/** What the page says of the import as it stands now. */
export async function runBody(deps: Deps, visit: DeskVisit, run: MarketImport): Promise<Html> {
  const { run: texts } = deps.texts
  const state = html`<p>${statePill(texts, run.state)}</p>`
  const finding = findingView(deps.texts, run)
  switch (run.state) {
    case 'uploaded':
      return askMapping(deps, visit, run)
    case 'checking':
    case 'loading':
      return html`${state}${progressView(texts, run)}`
    case 'checked':
      return html`${state}${finding}${await nextSteps(deps, visit, run)}`
    case 'refused':
      return html`${state}<p class="error" role="alert">${texts.faults[run.fault ?? 'failed']}</p>${finding}${await afterRefusal(deps, visit, run)}`
    case 'loaded':
      return html`${state}<p>${texts.loaded}</p>${finding}
<p class="actions"><a class="button" href="${deskHref('/umkm/undangan')}">${texts.to_invitations}</a></p>`
    case 'cancelled':
      return html`${state}<p>${deps.texts.imports.cancelled}</p>`
  }
}

/** Whether a process works on it, or will. */
export function isWorkedOn({ state }: Pick<MarketImport, 'state'>): boolean {
  return state === 'checking' || state === 'loading'
}

const kinds: Readonly<Partial<Record<ImportState, string>>> = {
  checked: 'late',
  loaded: 'good',
  refused: 'alert',
}

/** Where an import stands, in a word; one that waits for the officer catches the eye. */
export function statePill(texts: Pick<Texts, 'states'>, state: ImportState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${texts.states[state]}</span>`
}

async function askMapping({ texts, imports }: Deps, visit: DeskVisit, run: MarketImport): Promise<Html> {
  const preview = await imports.preview(run)
  if (typeof preview === 'string') {
    return html`<p class="error" role="alert">${texts.run.faults[preview]}</p>${cancelForm(texts.run, visit, run)}`
  }
  return html`${mappingView(texts.run, visit, run, preview)}${cancelForm(texts.run, visit, run)}`
}

/** Where other columns or another time may help, they are asked for again. */
async function afterRefusal(deps: Deps, visit: DeskVisit, run: MarketImport): Promise<Html> {
  const { fault = 'failed' } = run
  return mayHelpAgain.includes(fault) ? askMapping(deps, visit, run) : cancelForm(deps.texts.run, visit, run)
}

function progressView(texts: Texts, { id, rows, bytes, size, state }: MarketImport): Html {
  return html`<p><progress max="${size}" value="${Math.min(bytes, size)}" aria-label="${texts.states[state]}"></progress></p>
<p>${fill(texts.progress, { rows: formatNumber(rows) })}</p><p class="hint">${texts.wait}</p>
<p class="actions"><a class="button quiet" href="${deskHref(`/umkm/impor/${id}`)}">${texts.reload}</a></p>`
}

async function nextSteps({ texts, imports }: Deps, visit: DeskVisit, run: MarketImport): Promise<Html> {
  const { run: words } = texts
  const preview = await imports.preview(run)
  // Its file was removed: there is nothing to load.
  if (typeof preview === 'string') {
    return html`<p class="error" role="alert">${words.faults[preview]}</p>${cancelForm(words, visit, run)}`
  }
  return html`<p>${words.load_text}</p>
${deskForm(visit, `/umkm/impor/${run.id}/muat`, html`<p class="actions"><button type="submit">${words.load}</button></p>`)}
<details class="panel fold"><summary>${words.again}</summary>${mappingView(words, visit, run, preview)}</details>${cancelForm(words, visit, run)}`
}

function cancelForm(texts: Texts, visit: DeskVisit, { id }: MarketImport): Html {
  const button = html`<p class="actions"><button class="quiet" type="submit">${texts.cancel}</button></p>`
  return deskForm(visit, `/umkm/impor/${id}/batal`, button)
}
