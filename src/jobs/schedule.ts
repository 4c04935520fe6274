import cron from 'node-cron'
import type { Logger } from '../log.ts'
import type { JobQueue } from './queue.ts'

/** Times of day, in WITA, at which a job is due. */
export interface DailyTime {
  readonly job: string
  /** Five cron fields. */
  readonly at: string
}

const timezone = 'Asia/Makassar'

/** Sends each job at its time. Every process may run this: the key of the minute makes one run of them. */
export function startSchedule(deps: {
  readonly times: readonly DailyTime[]
  readonly queue: JobQueue
  readonly now: () => Date
  readonly log: Logger
}): { stop(): Promise<void> } {
  const tasks = deps.times.map(({ job, at }) =>
    cron.schedule(
      at,
      async () => {
        const minute = deps.now().toISOString().slice(0, 16)
        await deps.queue
          .send(job, minute)
          .catch((error) => deps.log.error({ err: error, job }, 'a job could not be sent'))
      },
      { timezone, name: job },
    ),
  )
  return {
    async stop() {
      for (const task of tasks) await task.destroy()
    },
  }
}
