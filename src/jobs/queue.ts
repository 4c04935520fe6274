import { fromPrisma, PgBoss } from 'pg-boss'
import type { Logger } from '../log.ts'
import type { Transaction } from '../storage/database.ts'

/** One try at a job. */
export interface Attempt {
  /** What it was sent with; to be parsed. */
  readonly data: unknown
  /** Nobody tries again when this one fails. */
  readonly isLast: boolean
}

/** Work that may take its time, done once by any process that works. */
export interface Job {
  /** Letters and hyphens. */
  readonly name: string
  /** The longest that one try may take, in seconds; 15 minutes when left out. */
  readonly maxSeconds?: number
  /** Resolves with how many things it did; what it rejects with has it tried again later, five times at most. */
  run(attempt: Attempt): Promise<number>
}

/** What a run is sent with. */
export interface SendOptions {
  /** Nothing that names a person: it is kept in the clear. */
  readonly data?: Readonly<Record<string, string>>
  /** The job is there when this transaction is committed, and not else. */
  readonly within?: Transaction
}

/** The queue of jobs on the city's own database. */
export interface JobQueue {
  /** Adds a run of the job, unless one with the same key was added within the last hour. */
  send(name: string, key: string, options?: SendOptions): Promise<void>
  stop(): Promise<void>
}

/** A worker that says nothing for this long is taken for dead, and its job is given to another. */
const heartbeatSeconds = 30
const quarterHour = 900

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
    const expireInSeconds = job.maxSeconds ?? quarterHour
    await boss.createQueue(job.name, { retryLimit: 5, retryBackoff: true, heartbeatSeconds, expireInSeconds })
    if (work) await takeUp(boss, job, log)
  }
  return {
    async send(name, key, { data = {}, within } = {}) {
      const db = within === undefined ? {} : { db: fromPrisma(within) }
      await boss.send(name, { ...data }, { singletonKey: key, singletonSeconds: 3_600, ...db })
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

async function takeUp(boss: PgBoss, job: Job, log: Logger): Promise<void> {
  await boss.work(job.name, { includeMetadata: true }, async (batch) => {
    for (const { data, retryCount, retryLimit } of batch) {
      const done = await job.run({ data, isLast: retryCount >= retryLimit })
      log.info({ job: job.name, done }, 'a job is done')
    }
  })
}
