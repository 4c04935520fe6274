import { BotApiError } from './bot-api-error.ts'

/** The kinds of update that the server makes. */
export type UpdateType = 'message' | 'edited_message' | 'callback_query' | 'channel_post' | 'my_chat_member'

/** An update on its way to the bot; `chatId` stays on the server. */
export interface PendingUpdate {
  readonly chatId: number
  readonly wire: Readonly<Record<string, unknown>> & { readonly update_id: number }
}

/** Updates that the bot has not confirmed yet, as the Bot API keeps them. */
export interface UpdateQueue {
  push(type: UpdateType, chatId: number, content: unknown): number
  /** Puts an update once more under its old id, as after a confirmation that got lost. */
  repeat(update: PendingUpdate): void
  allow(types: readonly string[] | undefined): void
  /** Confirms what is before `offset`, then answers with what waits, or waits for it. */
  read(
    request: { offset: number; limit: number; timeout: number },
    gone: AbortSignal,
  ): Promise<PendingUpdate[]>
  remove(updateId: number): void
  onPush(listener: (update: PendingUpdate) => void): void
  pending(): readonly PendingUpdate[]
  /** Whether a getUpdates call is waiting now. */
  isPolled(): boolean
}

interface Poll {
  answer(): void
  conflict(): void
}

/** Starts empty and allows every kind of update. */
export function createUpdateQueue(): UpdateQueue {
  let pending: PendingUpdate[] = []
  let allowed: ReadonlySet<string> | undefined
  let lastId = 100_000
  let poll: Poll | undefined
  const listeners: ((update: PendingUpdate) => void)[] = []

  function put(update: PendingUpdate): void {
    pending.push(update)
    for (const listener of listeners) listener(update)
    poll?.answer()
  }

  function wait(limit: number, timeout: number, gone: AbortSignal): Promise<PendingUpdate[]> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer)
        if (poll === current) poll = undefined
        end()
      }
      const current: Poll = {
        answer: () => settle(() => resolve(pending.slice(0, limit))),
        conflict: () => settle(() => reject(conflict())),
      }
      const timer = setTimeout(() => current.answer(), timeout * 1_000)
      gone.addEventListener('abort', () => settle(() => resolve([])), { once: true })
      poll = current
    })
  }

  return {
    push(type, chatId, content) {
      lastId += 1
      if (allowed !== undefined && !allowed.has(type)) return lastId
      put({ chatId, wire: { update_id: lastId, [type]: content } })
      return lastId
    },
    repeat: put,
    allow(types) {
      allowed = types === undefined || types.length === 0 ? undefined : new Set(types)
    },
    async read({ offset, limit, timeout }, gone) {
      poll?.conflict()
      if (offset > 0) pending = pending.filter((update) => update.wire.update_id >= offset)
      if (offset < 0) pending = pending.slice(offset)
      if (pending.length > 0 || timeout <= 0) return pending.slice(0, limit)
      return wait(limit, timeout, gone)
    },
    remove(updateId) {
      pending = pending.filter((update) => update.wire.update_id !== updateId)
    },
    onPush: (listener) => listeners.push(listener),
    pending: () => pending,
    isPolled: () => poll !== undefined,
  }
}

function conflict(): BotApiError {
  return new BotApiError(
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  )
}
