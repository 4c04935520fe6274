import type { Hono } from 'hono'
import { type IncomingMessage, type PresenceChannel, SendError } from './channel.ts'
import { usualLimits, type WebChatDeps } from './webchat-deps.ts'
import { showEntry } from './webchat-history.ts'
import { createRoom } from './webchat-room.ts'
import { createWebChatRoutes } from './webchat-routes.ts'

/** The web chat: a channel, and the routes that the web server mounts at /chat. */
export interface WebChatChannel extends PresenceChannel {
  readonly routes: Hono
}

/**
 * The chat in the city's own web page. A person is reachable while a page of theirs is open. `send` rejects with
 * `unavailable` when none is: sending again is harmless, since the page knows a message by its id.
 */
export function createWebChatChannel(deps: WebChatDeps): WebChatChannel {
  const limits = { ...usualLimits, ...deps.limits }
  const now = deps.now ?? Date.now
  const elapsed = deps.elapsed ?? (() => performance.now())
  const room = createRoom()
  let receive: ((message: IncomingMessage) => Promise<void>) | undefined
  let beating: NodeJS.Timeout | undefined
  const routes = createWebChatRoutes({ ...deps, limits, now, elapsed, room, receiver: () => receive })
  return {
    name: 'webchat',
    account: 'main',
    routes,
    async start(receiver) {
      receive = receiver
      beating = setInterval(room.beat, limits.heartbeat).unref()
    },
    async send(to, message, id) {
      const entry = showEntry({ ...message, id, from: 'bot', at: new Date(now()) })
      const written = await Promise.all(room.listenersOf(to).map((listener) => listener.push(entry)))
      if (!written.includes(true)) throw new SendError('unavailable')
      return { externalId: id }
    },
    async stop() {
      receive = undefined
      clearInterval(beating)
      room.close()
    },
    isPresent: (address) => room.listenersOf(address).length > 0,
    present: room.ids,
    onPresent: room.onPresent,
  }
}
