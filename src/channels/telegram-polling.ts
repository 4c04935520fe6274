import type { Logger } from 'pino'
import { describeFailure, fatalReason, retryAfterOf } from './telegram-failure.ts'
import type { TelegramUpdate } from './telegram-update.ts'

/** One update of a batch; `read` is undefined for one that cannot be read and is passed over. */
interface PolledUpdate {
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
    const failure = await pollOnce(deps, window, signal)
    if (signal.aborted) break
    if (failure === undefined) {
      failures = 0
      continue
    }
    const reason = failure.during === 'polling' ? fatalReason(failure.error) : undefined
    if (reason !== undefined) {
      deps.onFatal(reason)
      return
    }
    failures += 1
    deps.log.warn(
      { err: describeFailure(failure.error), failures },
      `telegram failed while ${failure.during}`,
    )
    const rest = backOff(failures, retryAfterOf(failure.error), deps.random())
    // One chat that cannot be received must not keep the others waiting for long.
    await deps.pause(failure.during === 'receiving' ? Math.min(rest, longestRest) : rest, signal)
  }
  if (window.isUnconfirmed()) await deps.confirm(window.offset()).catch(() => undefined)
}

const longestRest = 5_000

interface PollFailure {
  readonly during: 'polling' | 'receiving'
  readonly error: unknown
}

async function pollOnce(
  deps: PollingDeps,
  window: Window,
  signal: AbortSignal,
): Promise<PollFailure | undefined> {
  let updates: readonly PolledUpdate[]
  try {
    updates = await deps.getUpdates(window.offset(), signal)
  } catch (error) {
    return { during: 'polling', error }
  }
  const [error] = await window.receive(updates)
  return error === undefined ? undefined : { during: 'receiving', error }
}

/** Milliseconds before try number `failures` + 1: from half a second to half a minute, spread by `random`. */
export function backOff(failures: number, retryAfter: number | undefined, random: number): number {
  const step = Math.min(30_000, 500 * 2 ** (failures - 1))
  return Math.max((retryAfter ?? 0) * 1_000, step / 2 + (step / 2) * random)
}

interface Window {
  /** Where to poll from, which confirms all before it. */
  offset(): number
  isUnconfirmed(): boolean
  /** Receives what is new; answers why chats had to be left for the next time. */
  receive(updates: readonly PolledUpdate[]): Promise<readonly unknown[]>
}

/** Remembers what is durable already, so that a failure of one chat does not repeat the others. */
function createWindow(deps: PollingDeps): Window {
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
    async receive(updates) {
      const fresh = updates.filter(({ id }) => !received.has(id))
      const chats = Map.groupBy(fresh, chatOf)
      const results = await Promise.allSettled([...chats.values()].map(receiveChat))
      for (const { id } of updates) {
        if (!received.delete(id)) break
        offset = id + 1
      }
      return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    },
  }
}

function chatOf({ read }: PolledUpdate): number | undefined {
  const message = read?.message ?? read?.edited_message ?? read?.callback_query?.message
  return message?.chat.id
}
