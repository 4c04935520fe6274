import { html } from 'hono/html'
import type { Topic } from '../../../inquiry/content.ts'
import { type ReviewState, toReview } from '../../../inquiry/review.ts'
import { fill } from '../../../language/fill-text.ts'
import { dayInWita, formatDate, isoDay } from '../../../language/format.ts'
import type { Html } from '../../layout.ts'
import type { DeskRoute } from '../desk-route.ts'
import { deskTable } from '../desk-table.ts'
import type { Tile } from '../home-page.ts'
import type { HouseTexts } from './house-texts.ts'

export interface ContentsDeps {
  readonly texts: HouseTexts['contents']
  /** All dated answers, as they are now. */
  topics(): readonly Topic[]
  readonly now: () => Date
}

/** The dated answers with their owners, those first that somebody must fill in or read again. */
export function contentsRoute(deps: ContentsDeps): DeskRoute {
  const { texts } = deps
  return {
    method: 'get',
    path: '/isi',
    permission: 'content',
    handle: async (visit) =>
      visit.page({
        title: texts.title,
        section: 'contents',
        body: html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>${list(deps)}`,
      }),
  }
}

function list(deps: ContentsDeps): Html {
  const { texts } = deps
  const reviewed = toReview(deps.topics(), today(deps))
  if (reviewed.length === 0) return html`<p>${texts.none}</p>`
  return deskTable({
    caption: texts.list,
    columns: [texts.answer, texts.state, texts.owner, texts.as_of, texts.review_by],
    rows: reviewed.map(({ topic, state }) => [
      answer(texts, topic),
      stateTag(texts, state),
      topic.owner,
      day(topic.as_of),
      day(topic.review_by),
    ]),
  })
}

function answer(texts: ContentsDeps['texts'], { title, text, source }: Topic): Html {
  if (text === '') return html`${title}`
  return html`${title}<details><summary>${texts.read}</summary><p class="asis">${text}</p><p class="hint">${fill(texts.source, { source })}</p></details>`
}

function stateTag(texts: ContentsDeps['texts'], state: ReviewState): Html {
  return html`<span class="tag tag-${state}">${texts.states[state]}</span>`
}

function day(iso: string | undefined): string {
  return iso === undefined ? '' : formatDate(iso)
}

function today({ now }: Pick<ContentsDeps, 'now'>): string {
  return isoDay(dayInWita(now()))
}

/** What the first page tells of the answers: how many are overdue, and how many are empty. */
export function contentTiles(deps: ContentsDeps): readonly Tile[] {
  const { texts } = deps
  const reviewed = toReview(deps.topics(), today(deps))
  const count = (state: ReviewState) => reviewed.filter((each) => each.state === state).length
  const tiles = [
    { label: texts.tile_overdue, count: count('overdue'), path: '/isi', urgent: true },
    { label: texts.tile_empty, count: count('empty'), path: '/isi' },
  ]
  return tiles.filter((tile) => tile.count > 0)
}
