import { html } from 'hono/html'
import type { ImportState } from '../../../assistance/import-run.ts'
import type { Html } from '../../layout.ts'
import type { ListTexts } from './list-texts.ts'

const kinds: Readonly<Partial<Record<ImportState, string>>> = {
  checked: 'late',
  loaded: 'good',
  refused: 'alert',
}

/** Where an import stands, in a word; one that waits for the officer catches the eye. */
export function statePill(texts: Pick<ListTexts['run'], 'states'>, state: ImportState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${texts.states[state]}</span>`
}
