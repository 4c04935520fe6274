import type { Logger } from '../../log.ts'
import { writeHead } from './audit-chain.ts'
import type { SealTrail } from './seal-trail.ts'

export interface TrailSealingDeps {
  readonly seal: SealTrail
  readonly now: () => Date
  readonly log: Logger
  /** Milliseconds between two sealings. */
  readonly everyMs?: number
}

/** The head goes into the log at most so often, in milliseconds: there it is out of the reach of whoever has the database. */
const tellEveryMs = 10 * 60_000

/** Seals the trail every few seconds until it is stopped; stopping seals what is left. Every process may run it. */
export function startTrailSealing({ seal, now, log, everyMs = 5_000 }: TrailSealingDeps): {
  stop(): Promise<void>
} {
  let told = { at: Number.NEGATIVE_INFINITY, head: '' }
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function run(): Promise<void> {
    try {
      const sealing = await seal()
      if (sealing.type === 'sealed') tell(writeHead(sealing.head))
    } catch (error) {
      log.warn({ err: error }, 'the trail could not be sealed')
    }
  }

  function tell(head: string): void {
    const at = now().getTime()
    if (head === told.head || (at - told.at < tellEveryMs && !stopped)) return
    told = { at, head }
    log.info({ head }, 'the trail is sealed')
  }

  function later(): void {
    timer = setTimeout(() => {
      running = run().then(() => (stopped ? undefined : later()))
    }, everyMs)
    timer.unref()
  }

  let running = run().then(later)
  return {
    async stop() {
      stopped = true
      await running
      clearTimeout(timer)
      await run()
    },
  }
}
