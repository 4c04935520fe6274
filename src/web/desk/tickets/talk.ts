import { html } from 'hono/html'
import type { TicketEntry } from '../../../inquiry/ticket.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, isoDay } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskHref } from '../desk-form.ts'
import { shortMoment } from '../desk-time.ts'
import type { TicketTexts } from './ticket-texts.ts'

/** Where a talk is shown. */
interface TalkPlace {
  readonly texts: TicketTexts
  readonly number: number
  readonly now: Date
  /** What whoever is not the resident is called, instead of by name; files are then not shown. */
  readonly other?: string
}

const shownAtOnce = 12

/** All entries, of which the older ones are folded away: what matters is what was said last. */
export function talk(place: TalkPlace, entries: readonly TicketEntry[]): Html {
  if (entries.length === 0) return html`<p class="hint">${place.texts.talk.empty}</p>`
  const older = entries.slice(0, Math.max(0, entries.length - shownAtOnce))
  const folded =
    older.length === 0
      ? ''
      : html`<details class="older"><summary>${fill(place.texts.talk.older, { count: older.length })}</summary>${talkEntries(place, older)}</details>`
  return html`${folded}${talkEntries(place, entries.slice(older.length))}`
}

/** Entries as bubbles and lines, oldest first. What people wrote is text, whatever it looks like. */
export function talkEntries(place: TalkPlace, entries: readonly TicketEntry[]): Html {
  return html`${entries.map((entry) => (entry.type === 'event' ? eventLine(place, entry) : bubble(place, entry)))}`
}

/** What became of an answer, in words. */
export function deliveryMark(texts: TicketTexts, { delivery }: Pick<TicketEntry, 'delivery'>): Html {
  return delivery === undefined
    ? html``
    : html`<span class="fate ${delivery}">${texts.delivery[delivery]}</span>`
}

/** Today only the clock, this year no year: the whole moment is in the element's title. */
function talkTime(at: Date, now: Date): Html {
  const whole = shortMoment(at)
  const today = isoDay(dayInWita(now))
  const day = isoDay(dayInWita(at))
  const year = day.slice(0, 4)
  const short =
    day === today ? whole.slice(-5) : today.startsWith(year) ? whole.replace(` ${year}`, '') : whole
  return html`<time datetime="${at.toISOString()}" title="${whole}">${short}</time>`
}

function eventLine({ texts, now }: TalkPlace, { text, by, at }: TicketEntry): Html {
  const name = by ?? texts.talk.nobody
  const words = texts.events[text] ?? texts.events.other
  return html`<p class="event">${fill(words, { name, event: text })} <span class="at">${talkTime(at, now)}</span></p>`
}

function bubble(place: TalkPlace, entry: TicketEntry): Html {
  const { texts, now } = place
  const { id, type, text, at, media } = entry
  const mark = type === 'officer' ? html`<span id="tanda-${id}">${deliveryMark(texts, entry)}</span>` : ''
  const said = type === 'resident' ? readMark(texts, text) : { words: text }
  return html`<article class="entry ${type}"><h3 class="by">${speaker(place, entry)}</h3>
${said.mark === undefined || media.length > 0 ? '' : html`<p class="said"><i>${said.mark}</i></p>`}${
  said.words === '' ? '' : html`<p class="said" dir="auto">${said.words}</p>`
}
${media.map((mediaId, index) => (place.other === undefined ? thumbnail(place, mediaId, index + 1) : html`<p class="said"><i>${texts.talk.file}</i></p>`))}
<p class="meta">${talkTime(at, now)} ${mark}</p></article>`
}

/** What is no text stands in brackets at the beginning, by its name in the program: the desk has words for it. */
export function readMark(
  { talk }: TicketTexts,
  text: string,
): { readonly mark?: string | undefined; readonly words: string } {
  const [whole = '', name = ''] = /^\[([a-z_]+)\]\s*/.exec(text) ?? []
  const mark = talk.marks[name]
  return mark === undefined ? { words: text } : { mark, words: text.slice(whole.length) }
}

function speaker({ texts, other }: TalkPlace, { type, by }: TicketEntry): Html {
  const name = other ?? by ?? texts.talk.officer
  if (type === 'resident') return html`${texts.talk.resident}`
  return type === 'note' ? html`${fill(texts.talk.note, { name })}` : html`<bdi>${name}</bdi>`
}

function thumbnail({ texts, number }: TalkPlace, mediaId: string, index: number): Html {
  const href = deskHref(`/tiket/${number}/media/${encodeURIComponent(mediaId)}`)
  const alt = fill(texts.talk.photo, { number: index })
  // A tab of its own: an answer that is being typed stays where it is.
  return html`<a class="thumb" href="${href}" target="_blank" rel="noopener"><img src="${href}?kecil=1" alt="${alt}" loading="lazy" width="160" height="160"></a>`
}
