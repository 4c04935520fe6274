import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import type { Html } from '../../layout.ts'
import { deskForm } from '../desk-form.ts'
import type { DeskVisit } from '../desk-route.ts'
import { shortMoment } from '../desk-time.ts'
import { type BroadcastPagesDeps, pathOf } from './broadcast-deps.ts'

/** What came of a test just now. */
export type Tested =
  | { readonly type: 'code'; readonly code: string; readonly until: Date }
  | { readonly type: 'shown'; readonly chats: number }

/** Seeing the broadcast in one's own chat: by a code, or in chats that are known from before. */
export function testPart(
  { texts, testLinks }: Pick<BroadcastPagesDeps, 'texts' | 'testLinks'>,
  visit: Pick<DeskVisit, 'csrf'>,
  number: number,
  tested?: Tested,
): Html {
  const { test } = texts
  const get = deskForm(
    visit,
    pathOf(number, '/uji'),
    html`<button class="quiet" type="submit">${test.get}</button>`,
    {
      ...{ kind: 'inline', target: '#uji' },
    },
  )
  const again = deskForm(
    visit,
    pathOf(number, '/uji-lagi'),
    html`<button class="quiet" type="submit">${test.again}</button>`,
    { kind: 'inline', target: '#uji' },
  )
  return html`<p>${test.text}</p>${result({ texts, testLinks }, tested)}
<div class="actions">${get}${again}</div><p class="hint">${test.again_text}</p>`
}

function result(
  { texts, testLinks }: Pick<BroadcastPagesDeps, 'texts' | 'testLinks'>,
  tested: Tested | undefined,
): Html | '' {
  const { test } = texts
  if (tested === undefined) return ''
  if (tested.type === 'shown') {
    const line = tested.chats === 0 ? test.no_chat : fill(test.shown, { count: tested.chats })
    return html`<p class="${tested.chats === 0 ? 'warning' : 'flash'}" role="status">${line}</p>`
  }
  const { code, until } = tested
  const links = testLinks(code)
  return html`<div role="status"><p>${test.write}</p><p class="secret claim-code">${fill(test.words, { code })}</p>
<p class="hint">${fill(test.until, { time: shortMoment(until).slice(-5) })}</p></div>${
    links.length === 0
      ? ''
      : html`<p class="actions">${links.map(({ label, url }) => html`<a class="button" href="${url}" target="_blank" rel="noreferrer noopener">${label}</a>`)}</p>`
  }`
}
