import { PgBoss } from 'pg-boss'
import type { Logger } from '../log.ts'

/** Work that may take its time, done once by any process that works. */
export interface Job {
  /** Letters and hyphens. */
  readonly name: string
  /** Resolves with how many things it did. */
  run(): Promise<number>
}

/** The queue of jobs on the city's own database. */
export interface JobQueue {
  /** Adds a run of the job, unless one with the same key was added within the last hour. */
  send(name: string, key: string): Promise<void>
  stop(): Promise<void>
}

/** A worker that says nothing for this long is taken for dead, and its job is given to another. */
const heartbeatSeconds = 30

/** Connects, makes the queues and, with `work`, takes jobs up. */
export async function openJobQueue(deps: {
  readonly url: string
  readonly jobs: readonly Job[]
  readonly work: boolean
  readonly log: Logger
}): Promise<JobQueue> {
  const { jobs, work, log } = deps
  const boss = new PgBoss({
    connectionString: deps.url,
    max: 3,
    schedule: false,
    application_name: 'lopo jobs',
  })
  boss.on('error', (error) => log.error({ err: error }, 'the job queue failed'))
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name, { retryLimit: 5, retryBackoff: true, heartbeatSeconds })
    if (!work) continue
    await boss.work(job.name, async () => {
      const done = await job.run()
      log.info({ job: job.name, done }, 'a job is done')
    })
  }
  return {
    async send(name, key) {
      await boss.send(name, {}, { singletonKey: key, singletonSeconds: 3_600 })
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}
