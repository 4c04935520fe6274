import type { Logger } from '../../log.ts'
import type { Round } from './rounds.ts'

/** Rounds that are made whenever there may be something to tell. */
export interface RoundLoop {
  wake(): void
  /** Resolves once what is being posted is posted. */
  stop(): Promise<void>
}

export interface RoundLoopDeps {
  readonly round: Round
  /** How often a round is made without being woken: a word that something is new may be lost. */
  readonly sweepMs: number
  readonly log: Logger
}

const failureRestMs = 5_000

/** Begins with a round at once. */
export function startRoundLoop({ round, sweepMs, log }: RoundLoopDeps): RoundLoop {
  const stopping = new AbortController()
  let restUntil = 0
  let running: Promise<void> | undefined
  let isWoken = false

  async function run(): Promise<void> {
    try {
      restUntil = Date.now() + (await round(stopping.signal))
    } catch (error) {
      restUntil = Date.now() + failureRestMs
      log.error({ err: error }, 'the staff group could not be told what is new')
    }
  }

  function wake(): void {
    isWoken = true
    if (running !== undefined || stopping.signal.aborted || Date.now() < restUntil) return
    isWoken = false
    running = run().finally(() => {
      running = undefined
      if (isWoken) wake()
    })
  }

  wake()
  const timer = setInterval(wake, sweepMs)
  return {
    wake,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}
