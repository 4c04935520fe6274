import type { Action, ActionContext, ActionResult, Row } from '../flow/action.ts'
import { fill } from '../language/fill-text.ts'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Transaction } from '../storage/database.ts'
import type { NewsWords } from './news-words.ts'
import { residentContracts as contracts } from './resident-contracts.ts'
import type { NewsStore } from './store-news.ts'

/** What the actions are given. */
export interface NewsDeps {
  readonly news: NewsStore
  readonly words: () => NewsWords
  /** What a kelurahan is called, by its code with dots; undefined for a code of none. */
  readonly placeName: (code: string) => string | undefined
  readonly audit: AuditTrail<Transaction>
}

type Context = ActionContext<Transaction>
type Name = 'list_news' | 'choose_news' | 'toggle_news' | 'set_news_place' | 'clear_news_place'

/** What flows may do about the news that a person wants to hear, besides the subjects of trainings. */
export function createNewsActions(deps: NewsDeps): Record<Name, Action<Transaction>> {
  return {
    list_news: { contract: contracts.list_news, run: (_, context) => listNews(deps, context) },
    choose_news: {
      contract: contracts.choose_news,
      run: (input, context) => chooseNews(deps, context, contracts.choose_news.inputs.parse(input).item),
    },
    toggle_news: {
      contract: contracts.toggle_news,
      run: (input, context) => toggleNews(deps, context, contracts.toggle_news.inputs.parse(input)),
    },
    set_news_place: {
      contract: contracts.set_news_place,
      run: (input, context) => setPlace(deps, context, contracts.set_news_place.inputs.parse(input)),
    },
    clear_news_place: {
      contract: contracts.clear_news_place,
      run: (_, context) => clearPlace(deps, context),
    },
  }
}

async function listNews(deps: NewsDeps, { transaction, contactId }: Context): Promise<ActionResult> {
  const { topics, chosen, others } = deps.words()
  const has = await deps.news.topics(transaction, contactId)
  const place = await toldPlace(deps, transaction, contactId)
  const mark = (title: string, isChosen: boolean) => (isChosen ? fill(chosen, { title }) : title)
  const hearsOfTrainings = [...has].some((topic) => topic.split('/')[0] === 'training')
  const news: readonly Row[] = [
    rowOf('training', mark(others.training.label, hearsOfTrainings), [
      others.training.label,
      ...others.training.words,
    ]),
    ...Object.entries(topics).map(([topic, { title, words }]) =>
      rowOf(topic, mark(title, has.has(topic)), [title, ...words]),
    ),
    rowOf('place', place === undefined ? others.place.label : fill(others.place.told, { place }), [
      others.place.label,
      ...others.place.words,
    ]),
    rowOf('stop', others.stop.label, others.stop.words),
    rowOf('menu', others.menu.label, others.menu.words),
  ]
  return { outcome: 'listed', values: { news } }
}

function rowOf(item: string, label: string, words: readonly string[]): Row {
  return { item, label, words: words.join(', ') }
}

async function chooseNews(
  deps: NewsDeps,
  { transaction, contactId }: Context,
  item: string,
): Promise<ActionResult> {
  switch (item) {
    case 'training':
    case 'stop':
    case 'menu':
      return { outcome: item, values: {} }
    case 'place': {
      const place = await toldPlace(deps, transaction, contactId)
      return place === undefined
        ? { outcome: 'place_untold', values: asking(deps) }
        : { outcome: 'place_told', values: { place, ...asking(deps) } }
    }
  }
  const topic = topicIn(deps, item)
  const has = await deps.news.topics(transaction, contactId)
  // A topic that is none any more can be left only.
  if (has.has(item) || topic === undefined) {
    return { outcome: 'chosen', values: { topic: item, title: topic?.title ?? item } }
  }
  if (await deps.news.isStopped(transaction, contactId)) return { outcome: 'stopped', values: { item } }
  const { title, text, version } = topic
  return { outcome: 'offered', values: { topic: item, title, consent: text, version } }
}

async function toggleNews(
  deps: NewsDeps,
  context: Context,
  { topic, wanted, version }: { topic: string; wanted: boolean; version: string },
): Promise<ActionResult> {
  const { news } = deps
  const { transaction, contactId } = context
  // A contact may write in two chats at once.
  await news.lock(transaction, contactId)
  const before = await news.topics(transaction, contactId)
  const outcome = await toggled()
  await note(deps, context, 'toggle_news', { outcome, topic })
  if (outcome === 'stopped') return { outcome, values: { item: topic } }
  const title = topicIn(deps, topic)?.title ?? topic
  if (outcome === 'ended' || !(await isFirst(deps, context, before))) return { outcome, values: { title } }
  return { outcome: 'subscribed_first', values: { title, ...asking(deps) } }

  async function toggled(): Promise<'stopped' | 'ended' | 'subscribed'> {
    if (!wanted || topicIn(deps, topic) === undefined) {
      await news.end(transaction, context, topic)
      return 'ended'
    }
    if (await news.isStopped(transaction, contactId)) return 'stopped'
    // Two agreements in two chats are one subscription.
    if (!before.has(topic)) await news.subscribe(transaction, context, { topic, textVersion: version })
    return 'subscribed'
  }
}

/** Whether the person heard of none of these topics before, and did not say where they live. */
async function isFirst(
  deps: NewsDeps,
  { transaction, contactId }: Context,
  before: ReadonlySet<string>,
): Promise<boolean> {
  if ([...before].some((topic) => topicIn(deps, topic) !== undefined)) return false
  return (await toldPlace(deps, transaction, contactId)) === undefined
}

async function setPlace(
  deps: NewsDeps,
  context: Context,
  { kelurahan, version }: { kelurahan: string | null; version: string },
): Promise<ActionResult> {
  const { news, placeName } = deps
  const { transaction, contactId } = context
  const place = kelurahan === null ? undefined : placeName(kelurahan)
  if (kelurahan === null || place === undefined) return { outcome: 'skipped', values: {} }
  await news.lock(transaction, contactId)
  await news.setPlace(transaction, context, { kelurahan, textVersion: version })
  await note(deps, context, 'set_news_place', { outcome: 'set' })
  return { outcome: 'set', values: { place } }
}

async function clearPlace(deps: NewsDeps, context: Context): Promise<ActionResult> {
  const { transaction, contactId } = context
  await deps.news.lock(transaction, contactId)
  await deps.news.clearPlace(transaction, contactId)
  await note(deps, context, 'clear_news_place', { outcome: 'cleared' })
  return { outcome: 'cleared', values: {} }
}

function topicIn({ words }: NewsDeps, topic: string): NewsWords['topics'][string] | undefined {
  const { topics } = words()
  return Object.hasOwn(topics, topic) ? topics[topic] : undefined
}

function asking({ words }: NewsDeps): { question: string; place_version: string } {
  const { text, version } = words().place
  return { question: text, place_version: version }
}

async function toldPlace(
  { news, placeName }: NewsDeps,
  transaction: Transaction,
  contactId: string,
): Promise<string | undefined> {
  const code = await news.place(transaction, contactId)
  return code === undefined ? undefined : placeName(code)
}

/** What is told of where a person lives is nobody's business, also not of the trail. */
async function note(
  { audit }: NewsDeps,
  { transaction, contactId, now }: Context,
  what: Name,
  { outcome, topic }: { readonly outcome: string; readonly topic?: string },
): Promise<void> {
  const actor = { type: 'resident', id: contactId } as const
  const entry = { at: now, actor, action: `resident.${what}`, subject: contactId, outcome }
  await audit.record(transaction, topic === undefined ? entry : { ...entry, details: { topic } })
}
