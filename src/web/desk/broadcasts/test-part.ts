import { html } from 'hono/html'
import type { TesterChat } from '../../../broadcast/broadcast-desk.ts'
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
  | { readonly type: 'forgotten' }

/** Seeing the broadcast in one's own chat: by a code, or in chats that are known from before. */
export function testPart(
  { texts, testLinks }: Pick<BroadcastPagesDeps, 'texts' | 'testLinks'>,
  visit: Pick<DeskVisit, 'csrf'>,
  number: number,
  { tested, chats }: { readonly tested?: Tested | undefined; readonly chats: readonly TesterChat[] },
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
<div class="actions">${get}${again}</div><p class="hint">${test.again_text}</p>${chatList(texts, visit, number, chats)}`
}

/** The own chats that are known, each with a way to have it forgotten. */
function chatList(
  { test, channels }: BroadcastPagesDeps['texts'],
  visit: Pick<DeskVisit, 'csrf'>,
  number: number,
  chats: readonly TesterChat[],
): Html | '' {
  if (chats.length === 0) return ''
  const names: Readonly<Record<string, string>> = channels
  const line = ({ chatId, channel, masked, at }: TesterChat) => {
    const forget = html`<input type="hidden" name="chat" value="${chatId}"><button class="quiet small" type="submit">${test.forget}<span class="away"> ${masked}</span></button>`
    const form = deskForm(visit, pathOf(number, '/uji-lupa'), forget, { kind: 'inline', target: '#uji' })
    const known = fill(test.chat, { channel: names[channel] ?? test.web, masked, time: shortMoment(at) })
    return html`<li>${known} ${form}</li>`
  }
  return html`<h3>${test.chats}</h3><ul class="plain">${chats.map(line)}</ul>`
}

function result(
  { texts, testLinks }: Pick<BroadcastPagesDeps, 'texts' | 'testLinks'>,
  tested: Tested | undefined,
): Html | '' {
  const { test } = texts
  if (tested === undefined) return ''
  if (tested.type === 'forgotten') return html`<p class="flash" role="status">${test.forgotten}</p>`
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
