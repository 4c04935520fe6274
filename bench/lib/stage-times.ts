import { type Spread, spreadOf } from './figures.ts'

/** A part of the way of a message. */
export interface Stage extends Spread {
  readonly stage: string
  /** Milliseconds of it in one exchange, on average. */
  readonly anExchange: number
}

/** Notes how long the parts of the way take. */
export interface StageTimes {
  /** Notes a time in milliseconds. */
  note(stage: string, milliseconds: number): void
  /** Makes a function that does the same and is timed. */
  timed<A extends unknown[], R>(stage: string, work: (...given: A) => Promise<R>): (...given: A) => Promise<R>
  begin(): void
  end(exchanges: number): void
  /** What was noted between. */
  stages(): readonly Stage[]
}

/** Starts with nothing noted; outside `begin` and `end` nothing is. */
export function createStageTimes(): StageTimes {
  const times = new Map<string, number[]>()
  let isOn = false
  let exchanges = 0

  function note(stage: string, milliseconds: number): void {
    if (!isOn) return
    const noted = times.get(stage)
    if (noted === undefined) times.set(stage, [milliseconds])
    else noted.push(milliseconds)
  }

  return {
    note,
    timed:
      (stage, work) =>
      async (...given) => {
        const begun = performance.now()
        try {
          return await work(...given)
        } finally {
          note(stage, performance.now() - begun)
        }
      },
    begin() {
      isOn = true
    },
    end(count) {
      isOn = false
      exchanges = count
    },
    stages: () =>
      [...times].map(([stage, noted]) => {
        const spread = spreadOf(noted)
        return { stage, ...spread, anExchange: (spread.mean * spread.count) / exchanges }
      }),
  }
}
