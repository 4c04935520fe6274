import type { Changes } from './changes.ts'
import type { PendingUpdate, UpdateQueue } from './update-queue.ts'

/** Where updates are posted to. */
interface Webhook {
  readonly url: string
  readonly secret: string | undefined
}

/** Posts updates to the bot: those of one chat one after another, again until the bot answers 2xx. */
export interface WebhookSender {
  set(webhook: Webhook | undefined): void
  current(): Webhook | undefined
  /** Why the last delivery failed, as getWebhookInfo tells it. */
  lastError(): string | undefined
  /** How many posts were made, repeats included. */
  posts(): number
  stop(): void
}

/** Retries after `retryMilliseconds`. */
export function createWebhookSender(deps: {
  queue: UpdateQueue
  changes: Changes
  retryMilliseconds: number
}): WebhookSender {
  const { queue, changes } = deps
  const lanes = new Map<number, PendingUpdate[]>()
  const timers = new Set<NodeJS.Timeout>()
  let webhook: Webhook | undefined
  let lastError: string | undefined
  let posts = 0

  function enqueue(update: PendingUpdate): void {
    if (webhook === undefined) return
    const lane = lanes.get(update.chatId)
    if (lane !== undefined) {
      lane.push(update)
      return
    }
    lanes.set(update.chatId, [update])
    void deliver(update.chatId)
  }

  async function deliver(chatId: number): Promise<void> {
    const lane = lanes.get(chatId) ?? []
    while (lane[0] !== undefined) {
      const to = webhook
      if (to === undefined) break
      if (await post(to, lane[0])) {
        queue.remove(lane[0].wire.update_id)
        lane.shift()
        changes.notify()
      } else await pause()
    }
    lanes.delete(chatId)
  }

  async function post(to: Webhook, update: PendingUpdate): Promise<boolean> {
    posts += 1
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (to.secret !== undefined) headers['x-telegram-bot-api-secret-token'] = to.secret
    try {
      const response = await fetch(to.url, { method: 'POST', headers, body: JSON.stringify(update.wire) })
      await response.arrayBuffer()
      if (response.ok) return true
      lastError = `Wrong response from the webhook: ${response.status} ${response.statusText}`
    } catch {
      lastError = 'Connection refused'
    }
    changes.notify()
    return false
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        resolve()
      }, deps.retryMilliseconds)
      timers.add(timer)
    })
  }

  queue.onPush(enqueue)
  return {
    set(next) {
      webhook = next
      lastError = undefined
      lanes.clear()
      if (next !== undefined) for (const update of queue.pending()) enqueue(update)
    },
    current: () => webhook,
    lastError: () => lastError,
    posts: () => posts,
    stop() {
      webhook = undefined
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
