import type { Logger } from '../log.ts'
import type { AdvisoryLock } from '../storage/advisory-lock.ts'

/** A process that owns a platform's account, or stands by to own it. */
export interface AccountOwner {
  stop(): Promise<void>
}

export interface AccountOwnerDeps {
  /** Takes the account's lock; undefined while another process has it. */
  readonly take: () => Promise<AdvisoryLock | undefined>
  /** Starts to serve, and returns how to leave off. */
  readonly serve: () => Promise<() => Promise<void>>
  readonly log: Logger
  /** How long to wait before looking again. */
  readonly standbyMs?: number
}

/** A time of serving. Wrapped, since a bare promise would be waited for by whoever begins it. */
interface Term {
  readonly over: Promise<void>
}

/**
 * Serves an account alone: one process at a time, and another when that one is gone. Rejects when serving fails at the first
 * try; later failures are logged and tried again.
 */
export async function ownAccount(deps: AccountOwnerDeps): Promise<AccountOwner> {
  const { log, standbyMs = 2_000 } = deps
  const stopping = Promise.withResolvers<void>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const pause = () =>
    Promise.race([
      stopping.promise,
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, standbyMs)
      }),
    ])

  /** One term: how it goes on until the account is lost or left; undefined while another process serves. */
  async function begin(): Promise<Term | undefined> {
    const lock = await deps.take()
    if (lock === undefined) return undefined
    try {
      const leave = await deps.serve()
      return { over: serveUntilOver(lock, leave) }
    } catch (error) {
      await lock.release().catch(() => undefined)
      throw error
    }
  }

  async function serveUntilOver(lock: AdvisoryLock, leave: () => Promise<void>): Promise<void> {
    await Promise.race([lock.lost, stopping.promise])
    if (!stopped) log.warn('the account is lost')
    await leave().catch((error) => log.error({ err: error }, 'the account was not left in order'))
    await lock.release().catch(() => undefined)
  }

  async function goOn(term: Term | undefined): Promise<void> {
    await term?.over
    while (!stopped) {
      await pause()
      if (stopped) return
      try {
        await (await begin())?.over
      } catch (error) {
        log.error({ err: error }, 'the account cannot be served now')
      }
    }
  }

  const first = await begin()
  if (first === undefined) log.info('another process serves the account: standing by')
  const life = goOn(first)
  return {
    async stop() {
      stopped = true
      stopping.resolve()
      clearTimeout(timer)
      await life
    },
  }
}
