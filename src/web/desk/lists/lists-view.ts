import { html } from 'hono/html'
import type { ImportRun } from '../../../assistance/import-run.ts'
import type { ListVersion } from '../../../assistance/store-list.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatDate, formatNumber } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskForm, deskHref } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import { shortMoment } from '../desk-time.ts'
import type { ListTexts } from './list-texts.ts'
import { statePill } from './state-pill.ts'

/** The versions of the lists, the way back, and the latest uploads. */
export function listsView(
  texts: ListTexts,
  visit: Pick<DeskVisit, 'csrf'>,
  versions: readonly ListVersion[],
  runs: readonly ImportRun[],
): Html {
  const { lists } = texts
  return html`<h1>${lists.title}</h1><p class="lead">${lists.lead}</p>
<p class="actions"><a class="button" href="${deskHref('/daftar/unggah')}">${lists.upload}</a></p>
${versions.length === 0 ? html`<p>${lists.none}</p>` : versionTable(lists, versions)}
${versions.filter(({ place }) => place === 'previous').map((version) => backPart(lists, visit, version))}
${runs.length === 0 ? '' : runList(texts, runs)}`
}

function versionTable(texts: ListTexts['lists'], versions: readonly ListVersion[]): Html {
  return deskTable({
    caption: texts.caption,
    columns: [texts.list, texts.state, texts.as_of, texts.people, texts.imported],
    rows: versions.map(({ title, kind, demo, place, asOf, accepted, quarantined, importedAt }) => [
      html`${title} <span class="hint">${kind}${demo ? html` · ${texts.demo}` : ''}</span>`,
      html`<span class="pill${place === 'active' ? ' good' : ''}">${texts.places[place ?? 'other']}</span>`,
      formatDate(asOf),
      fill(texts.counts, { accepted: formatNumber(accepted), quarantined: formatNumber(quarantined) }),
      shortMoment(importedAt),
    ]),
  })
}

function backPart(
  texts: ListTexts['lists'],
  visit: Pick<DeskVisit, 'csrf'>,
  { kind, title, asOf }: ListVersion,
): Html {
  return html`<details class="panel fold"><summary>${texts.back_title}: ${kind}</summary><p>${fill(texts.back_text, { title, as_of: formatDate(asOf) })}</p>${deskForm(
    visit,
    '/daftar/kembali',
    html`<input type="hidden" name="kind" value="${kind}"><button class="danger" type="submit">${texts.back}</button>`,
  )}</details>`
}

function runList({ lists, run: words }: ListTexts, runs: readonly ImportRun[]): Html {
  return html`<h2>${lists.runs_title}</h2>${deskTable({
    caption: lists.runs_title,
    columns: [lists.file, lists.state, lists.brought],
    rows: runs.map(({ id, fileName, kind, state, createdAt }) => [
      html`<a href="${deskHref(`/daftar/impor/${id}`)}">${fileName}</a> <span class="hint">${kind}</span>`,
      statePill(words, state),
      shortMoment(createdAt),
    ]),
  })}`
}
