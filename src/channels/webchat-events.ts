import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Address } from './channel.ts'
import type { WebChatDesk, WebChatDeskDeps } from './webchat-desk.ts'
import { openEventStream } from './webchat-event-stream.ts'
import type { Refusal } from './webchat-refusal.ts'

const MESSAGE_ID = /^[\w:.-]{1,100}$/

/** The event stream of a visitor: first what they missed since the Last-Event-ID, then what comes. */
export function serveEvents(deps: WebChatDeskDeps, desk: WebChatDesk) {
  return async (context: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
    const visitor = letRead(deps, desk, context)
    if ('refused' in visitor) return desk.refuse(context, visitor)
    const stream = openEventStream({
      missed: deps.history(visitor, lastSeen(context)),
      patience: deps.limits.streamPatience,
      cut: () => context.env.outgoing.destroy(),
      onFailure: (error) =>
        deps.log.error({ err: error }, 'what a web chat visitor missed could not be read'),
    })
    const leave = deps.room.join(visitor, stream)
    void stream.closed.then(leave)
    return context.body(stream.body, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies that gather what they pass on would hold the messages back.
      'X-Accel-Buffering': 'no',
    })
  }
}

function letRead(
  { room, limits, receiver }: WebChatDeskDeps,
  desk: WebChatDesk,
  context: Context,
): Address | Refusal {
  const visitor = desk.visitors.read(context)
  if (visitor === undefined) return { refused: 'no_cookie' }
  if (receiver() === undefined) return { refused: 'not_ready' }
  const crowded = room.count() >= limits.tabs || room.listenersOf(visitor).length >= limits.tabsOfVisitor
  return crowded ? { refused: 'too_many_tabs' } : visitor
}

/** The header is the browser's own, on a reconnect; `after` is where the page as loaded ended. */
function lastSeen(context: Context): string | undefined {
  const id = context.req.header('last-event-id') ?? context.req.query('after')
  return id !== undefined && MESSAGE_ID.test(id) ? id : undefined
}
