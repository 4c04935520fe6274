import type { App } from '../app.ts'
import { purgeChecks } from '../assistance/store-purge.ts'
import { purgeConversations } from '../conversation/purge.ts'
import { type Job, openJobQueue } from '../jobs/queue.ts'
import { startSchedule } from '../jobs/schedule.ts'
import { purgeMedia } from '../storage/purge-media.ts'
import { purgeWhatsApp } from '../storage/purge-whatsapp.ts'
import type { Part } from './part.ts'

/** Background work and the times at which it is due; with `work` this process takes it up. */
export async function startJobs(app: App, work: boolean): Promise<Part> {
  const { storage, log, now } = app
  const { pool, prisma, url } = storage.database
  const jobs: Job[] = [
    { name: 'purge-conversations', run: () => purgeConversations(pool, now()) },
    { name: 'purge-checks', run: () => purgeChecks(prisma, now()) },
    { name: 'purge-whatsapp', run: () => purgeWhatsApp(pool, now()) },
    { name: 'purge-media', run: () => purgeMedia({ folder: app.mediaFolder, prisma }, now()) },
  ]
  const queue = await openJobQueue({ url, jobs, work, log })
  const schedule = startSchedule({
    // Files that nobody asked for go within the hour.
    times: jobs.map(({ name }) => ({ job: name, at: name === 'purge-media' ? '10 * * * *' : '30 2 * * *' })),
    queue,
    now,
    log,
  })
  return {
    async stop() {
      await schedule.stop()
      await queue.stop()
    },
  }
}
