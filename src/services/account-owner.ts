import type { Logger } from '../log.ts'
import type { AdvisoryLock } from '../storage/advisory-lock.ts'

/** A process that owns a platform's account, or stands by to own it. */
export interface AccountOwner {
  stop(): Promise<void>
}

/** An account that is being served. */
export interface Serving {
  /** Resolves when there is nothing more to serve; left out, that never happens by itself. */
  readonly over?: Promise<unknown>
  leave(): Promise<void>
}

export interface AccountOwnerDeps {
  /** Takes the account's lock; undefined while another process has it, or nothing is to be served. */
  readonly take: () => Promise<AdvisoryLock | undefined>
  readonly serve: () => Promise<Serving>
  readonly log: Logger
  /** How long to wait before looking again. */
  readonly standbyMs?: number
}

/** A time of serving. Wrapped, since a bare promise would be waited for by whoever begins it. */
interface Term {
  readonly over: Promise<void>
}

const never = new Promise<never>(() => undefined)

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
      return { over: serveUntilOver(lock, await deps.serve()) }
    } catch (error) {
      await lock.release().catch(() => undefined)
      throw error
    }
  }

  async function serveUntilOver(lock: AdvisoryLock, { over = never, leave }: Serving): Promise<void> {
    await Promise.race([lock.lost, stopping.promise, over])
    if (!stopped) log.warn('the account is no longer served')
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
  if (first === undefined) log.info('the account is not served here now: standing by')
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
