import type { Context, MiddlewareHandler } from 'hono'
import type { Address, IncomingContent, IncomingMessage, Media } from './channel.ts'
import type { WebChatDeps, WebChatLimits } from './webchat-deps.ts'
import { type HistoryEntry, showEntry } from './webchat-history.ts'
import { createNewcomers } from './webchat-newcomers.ts'
import { createPaceKeeper } from './webchat-pace.ts'
import { type Refusal, refusalStatus } from './webchat-refusal.ts'
import { clientNetwork, isSameOrigin, wantsJson } from './webchat-request.ts'
import type { Room } from './webchat-room.ts'
import { createPassingSecrets, createVisitorCookie, type VisitorCookie } from './webchat-visitor.ts'

/** What the desk needs. `receiver` is undefined while the channel does not run. */
export interface WebChatDeskDeps extends WebChatDeps {
  readonly limits: WebChatLimits
  readonly room: Room
  now(): number
  elapsed(): number
  receiver(): ((message: IncomingMessage) => Promise<void>) | undefined
}

/** Something a visitor said: the page's id of it, the content, and the text that their other tabs show. */
export interface Utterance {
  readonly id: string
  readonly content: IncomingContent
  readonly shown: string
  readonly media?: readonly Media[]
}

/** Where requests are let in or turned away, and messages handed over. */
export interface WebChatDesk {
  readonly visitors: VisitorCookie
  /** Refuses requests that another site's page makes. */
  readonly sameOrigin: MiddlewareHandler
  /** Refuses who reads too often. */
  readonly unhurried: MiddlewareHandler
  /** The visitor who may write now, or why not. */
  letWrite(context: Context): Promise<Address | Refusal>
  /** Hands a message over; resolves once it is durable, or with why it is not taken. */
  hear(from: Address, said: Utterance): Promise<Refusal | undefined>
  /** Answers the page's script with JSON and a plain form with the page. */
  refuse(context: Context, refusal: Refusal): Promise<Response>
  showPage(context: Context, entries: readonly HistoryEntry[]): Promise<Response>
}

const SECONDS_UNTIL_READY = 5

/** Builds the desk. */
export function createWebChatDesk(deps: WebChatDeskDeps): WebChatDesk {
  const origin = deps.publicUrl === undefined ? undefined : new URL(deps.publicUrl).origin
  const visitors = createVisitorCookie({
    secure: origin?.startsWith('https:') === true,
    secrets: deps.secrets ?? createPassingSecrets(),
  })
  const reading = createPaceKeeper(deps.limits.readingOfIp, deps.elapsed)
  const refuse = createRefuse(deps, visitors)
  return {
    visitors,
    refuse,
    sameOrigin: async (context, next) =>
      isSameOrigin(context, origin) ? next() : refuse(context, { refused: 'foreign' }),
    unhurried: async (context, next) => {
      const retryAfter = reading.take(clientNetwork(context))
      return retryAfter === 0 ? next() : refuse(context, { refused: 'too_fast', retryAfter })
    },
    letWrite: createLetWrite(deps, visitors),
    hear: (from, said) => hear(deps, from, said),
    showPage: async (context, entries) => context.html(deps.page({ entries: entries.map(showEntry) })),
  }
}

function createLetWrite(deps: WebChatDeskDeps, visitors: VisitorCookie) {
  const { limits, elapsed, history, log } = deps
  const ofVisitor = createPaceKeeper(limits.messagesOfVisitor, elapsed)
  const ofIp = createPaceKeeper(limits.messagesOfIp, elapsed)
  const newcomers = createNewcomers({ pace: limits.newVisitorsOfIp, elapsed, history })
  return async (context: Context): Promise<Address | Refusal> => {
    const visitor = visitors.read(context)
    if (visitor === undefined) return { refused: 'no_cookie' }
    const network = clientNetwork(context)
    try {
      const retryAfter =
        ofIp.take(network) || ofVisitor.take(visitor.id) || (await newcomers.admit(visitor, network))
      return retryAfter === 0 ? visitor : { refused: 'too_fast', retryAfter }
    } catch (error) {
      log.error({ err: error }, 'what a web chat visitor said before could not be read')
      return { refused: 'not_ready', retryAfter: SECONDS_UNTIL_READY }
    }
  }
}

async function hear(deps: WebChatDeskDeps, from: Address, said: Utterance): Promise<Refusal | undefined> {
  const at = new Date(deps.now())
  const receive = deps.receiver()
  if (receive === undefined) return { refused: 'not_ready', retryAfter: SECONDS_UNTIL_READY }
  try {
    await receive({ from, externalId: said.id, sentAt: at, content: said.content })
  } catch (error) {
    deps.log.error({ err: error }, 'a web chat message could not be kept')
    return { refused: 'not_ready', retryAfter: SECONDS_UNTIL_READY }
  }
  const entry = showEntry({ id: said.id, from: 'person', text: said.shown, media: said.media ?? [], at })
  for (const listener of deps.room.listenersOf(from)) void listener.push(entry)
  return undefined
}

function createRefuse(deps: WebChatDeskDeps, visitors: VisitorCookie) {
  return async (context: Context, refusal: Refusal): Promise<Response> => {
    const status = refusalStatus(context, refusal)
    const notice = deps.texts[refusal.refused]
    if (wantsJson(context)) return context.json({ refused: refusal.refused, message: notice }, status)
    const visitor = refusal.refused === 'foreign' ? undefined : visitors.read(context)
    const entries = visitor === undefined ? [] : await deps.history(visitor).catch(() => [])
    return context.html(deps.page({ entries: entries.map(showEntry), notice }), status)
  }
}
