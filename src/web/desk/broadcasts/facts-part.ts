import { html } from 'hono/html'
import type { Broadcast } from '../../../broadcast/broadcast.ts'
import type { BroadcastView } from '../../../broadcast/broadcast-desk.ts'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import { deskTime } from '../desk-time.ts'
import { districtsOf } from '../trainings/training-deps.ts'
import type { BroadcastPagesDeps } from './broadcast-deps.ts'

type Deps = Pick<BroadcastPagesDeps, 'texts' | 'topics' | 'places' | 'registrationStates'>

/** For whom it is and when, in words. */
export function factsPart(deps: Deps, broadcast: Broadcast): Html {
  const { facts, page, channels, languages } = deps.texts
  const { audience, scheduledAt, posts } = broadcast
  const end = broadcast.endsAt ?? broadcast.expiresAt
  const named = (all: readonly (keyof typeof channels)[]) => all.map((one) => channels[one]).join(', ')
  const rows: readonly (readonly [string, string])[] = [
    [facts.topics, audience.topics.map((topic) => deps.topics().get(topic) ?? topic).join(', ')],
    [facts.places, placesText(deps, audience.places)],
    [facts.course, courseText(deps, audience)],
    [facts.channels, audience.channels.length === 0 ? page.all_channels : named(audience.channels)],
    [facts.language, audience.language === undefined ? '' : languages[audience.language]],
    [facts.without, withoutText(deps, audience)],
    [facts.schedule, scheduledAt === undefined ? page.now : formatMoment(scheduledAt)],
    [facts.expires, end === undefined ? page.no_limit : formatMoment(end)],
    [facts.posts, named(posts)],
  ]
  return html`<dl class="facts">${rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

function placesText({ texts, places }: Deps, codes: readonly string[]): string {
  if (codes.length === 0) return texts.page.everywhere
  const districts = new Map(districtsOf(places).map(({ code, name }) => [code, name]))
  return codes
    .map((code) => {
      const district = districts.get(code)
      if (district !== undefined) return fill(texts.form.whole_district, { name: district })
      return places.byCode(code)?.name ?? code
    })
    .join(', ')
}

function courseText({ texts, registrationStates }: Deps, { course }: Broadcast['audience']): string {
  if (course === undefined) return ''
  const words = registrationStates()
  const states = course.states.map((state) => words[state] ?? state).join(', ')
  return fill(texts.page.course, { number: course.number, states })
}

function withoutText({ texts }: Deps, { without }: Broadcast['audience']): string {
  const { page } = texts
  const all = [
    ...without.broadcasts.map((number) => fill(page.without_broadcast, { number })),
    ...(without.course === undefined ? [] : [fill(page.without_course, { number: without.course })]),
  ]
  return all.join(', ')
}

/** Who did what with it, the first first. */
export function changesPart({ texts }: Pick<Deps, 'texts'>, { changes }: BroadcastView): Html | '' {
  const { page, changes: words } = texts
  if (changes.length === 0) return ''
  return html`<section><h2>${page.changes_title}</h2><ol class="history timeline">${changes.map(
    ({ at, by, what, reason }) => {
      const line = fill(by === '' ? page.change_alone : page.change, { what: words[what] ?? what, name: by })
      const why =
        reason === undefined || reason === ''
          ? ''
          : html`<span class="hint under">${fill(page.change_reason, { reason })}</span>`
      return html`<li>${line}${why} <span class="hint under">${deskTime(at)}</span></li>`
    },
  )}</ol></section>`
}
