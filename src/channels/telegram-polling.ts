import type { Logger } from 'pino'
import { describeFailure, fatalReason, retryAfterOf } from './telegram-failure.ts'
import type { TelegramUpdate } from './telegram-update.ts'

/** One update of a batch; `read` is undefined for one that cannot be read and is passed over. */
export interface PolledUpdate {
  readonly id: number
  readonly read: TelegramUpdate | undefined
}

/** What the loop needs. `receive` resolves once the update is durable. */
export interface PollingDeps {
  getUpdates(offset: number, signal: AbortSignal): Promise<readonly PolledUpdate[]>
  /** Tells Telegram, without waiting for more, that everything before `offset` is durable. */
  confirm(offset: number): Promise<unknown>
  receive(update: TelegramUpdate): Promise<void>
  pause(milliseconds: number, signal: AbortSignal): Promise<void>
  /** From 0 to 1. */
  random(): number
  onFatal(reason: Error): void
  readonly log: Logger
}

/**
 * Polls until `signal` is aborted or Telegram says that it is no use, then resolves. An update is confirmed only
 * when it and all before it are durable; one that could not be received is fetched again.
 */
export async function pollUpdates(deps: PollingDeps, signal: AbortSignal): Promise<void> {
  const window = createWindow(deps)
  let failures = 0
  while (!signal.aborted) {
    try {
      const updates = await deps.getUpdates(window.offset(), signal)
      await window.receive(updates)
      failures = 0
    } catch (error) {
      if (signal.aborted) break
      const reason = fatalReason(error)
      if (reason !== undefined) {
        deps.onFatal(reason)
        return
      }
      failures += 1
      deps.log.warn({ err: describeFailure(error), failures }, 'telegram updates were not received')
      await deps.pause(backOff(failures, retryAfterOf(error), deps.random()), signal)
    }
  }
  if (window.isUnconfirmed()) await deps.confirm(window.offset()).catch(() => undefined)
}

/** Milliseconds before try number `failures` + 1: from half a second to half a minute, spread by `random`. */
export function backOff(failures: number, retryAfter: number | undefined, random: number): number {
  const step = Math.min(30_000, 500 * 2 ** (failures - 1))
  return Math.max((retryAfter ?? 0) * 1_000, step / 2 + (step / 2) * random)
}

/** Remembers what is durable already, so that a failure of one chat does not repeat the others. */
function createWindow(deps: PollingDeps) {
  const received = new Set<number>()
  let offset = 0
  let confirmed = 0

  async function receiveChat(updates: readonly PolledUpdate[]): Promise<void> {
    for (const { id, read } of updates) {
      if (read !== undefined) await deps.receive(read)
      received.add(id)
    }
  }

  return {
    offset() {
      confirmed = offset
      return offset
    },
    isUnconfirmed: () => offset > confirmed,
    async receive(updates: readonly PolledUpdate[]): Promise<void> {
      const fresh = updates.filter(({ id }) => !received.has(id))
      const chats = Map.groupBy(fresh, chatOf)
      const results = await Promise.allSettled([...chats.values()].map(receiveChat))
      for (const { id } of updates) {
        if (!received.delete(id)) break
        offset = id + 1
      }
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },
  }
}

function chatOf({ read }: PolledUpdate): number | undefined {
  const message = read?.message ?? read?.edited_message ?? read?.callback_query?.message
  return message?.chat.id
}
