import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { purgeChecks } from '../assistance/store-purge.ts'
import { purgeBroadcasts } from '../broadcast/store-purge.ts'
import { purgeConversations } from '../conversation/purge.ts'
import { purgeTickets } from '../inquiry/store-purge.ts'
import { createComposeDigestsJob } from '../jobs/compose-digests-job.ts'
import { createImportListJob } from '../jobs/import-list-job.ts'
import { createImportUmkmJob } from '../jobs/import-umkm-job.ts'
import { createIssueCertificatesJob } from '../jobs/issue-certificates-job.ts'
import { createPrepareBroadcastJob } from '../jobs/prepare-broadcast-job.ts'
import { type Job, type JobQueue, openJobQueue } from '../jobs/queue.ts'
import { startSchedule } from '../jobs/schedule.ts'
import { purgePictures } from '../marketplace/pictures/purge.ts'
import { sweepWords } from '../marketplace/search/store-index.ts'
import { eraseContacts } from '../resident/store-erase.ts'
import { purgeStaff } from '../staff/purge.ts'
import { createAuditTrail } from '../staff/store.ts'
import { purgeTrail } from '../staff/trail/purge-trail.ts'
import { purgeMedia } from '../storage/purge-media.ts'
import { purgeTicketTopics } from '../storage/purge-ticket-topics.ts'
import { purgeWhatsApp } from '../storage/purge-whatsapp.ts'
import { purgeTrainings } from '../training/store-purge.ts'
import { createListWork, purgeListFiles } from './lists.ts'
import { createUmkmImportWork, purgeUmkmImports } from './market-imports.ts'
import type { Part } from './part.ts'

/** When a job is due that is not done once a night. */
const times: Readonly<Record<string, string>> = {
  // Files that nobody asked for go within the hour.
  'purge-media': '10 * * * *',
  'purge-uploads': '20 * * * *',
  // A promise that is broken is told within minutes.
  'tend-tickets': '*/5 * * * *',
  // A freed seat, a deadline, a reminder: within the minute.
  'tend-trainings': '* * * * *',
  // What the quiet hours held back, or a process that had no queue.
  'issue-certificates': '5 * * * *',
  // A scheduled broadcast, the signs of the first few, a deadline: within the minute.
  'tend-broadcasts': '* * * * *',
  // Decisions that waited for the morning, and what a Monday without a process left unasked.
  'tend-market': '*/5 * * * *',
  // An officer looks at it in the morning, before it leaves.
  'compose-digests': '0 8 * * 1',
  // Whoever asked for it was told: within the hour.
  'erase-contacts': '*/15 * * * *',
}

/** What may have fallen due while nothing ran, and is done once however often it is asked for. */
const missed = ['tend-trainings', 'tend-market', 'tend-broadcasts', 'compose-digests']

/** The trail is proof of who saw what: it is kept as long as consents are, five years. */
function trailEnd(now: Date) {
  return { before: new Date(now.getTime() - 5 * 365 * 86_400_000), now }
}

/** Background work, and the queue by which other parts hand some over. */
export interface Jobs extends Part {
  readonly queue: JobQueue
}

/** Starts background work and the times at which it is due; with `work` this process takes it up. */
export async function startJobs(app: App, work: boolean): Promise<Jobs> {
  const { storage, log, now } = app
  const { pool, owner, prisma, url } = storage.database
  const timed: Job[] = [
    { name: 'purge-conversations', run: () => purgeConversations(pool, now()) },
    { name: 'purge-checks', run: () => purgeChecks(prisma, now()) },
    { name: 'purge-whatsapp', run: () => purgeWhatsApp(pool, now()) },
    { name: 'purge-tickets', run: () => purgeTickets(prisma, now()) },
    { name: 'purge-ticket-topics', run: () => purgeTicketTopics(prisma, now()) },
    { name: 'purge-staff', run: () => purgeStaff(prisma, now()) },
    { name: 'purge-trail', run: () => purgeTrail({ owner, keyring: storage.keyring }, trailEnd(now())) },
    { name: 'erase-contacts', run: () => eraseContacts({ prisma, audit: createAuditTrail() }, now()) },
    { name: 'tend-tickets', run: () => app.tendTickets(now()) },
    { name: 'tend-trainings', run: () => app.tendTrainings(now()) },
    createIssueCertificatesJob(app.issueCertificates),
    { name: 'purge-trainings', run: () => purgeTrainings(prisma, now()) },
    { name: 'tend-broadcasts', run: () => app.broadcasting.tend(now()) },
    createComposeDigestsJob({
      names: () => Object.keys(app.broadcastWords().digests),
      compose: app.broadcasting.composeDigest,
      now,
    }),
    { name: 'tend-market', run: () => app.market.tend(now()) },
    { name: 'sweep-search-words', run: () => prisma.$transaction((transaction) => sweepWords(transaction)) },
    { name: 'purge-pictures', run: () => purgePictures({ prisma, files: app.pictureFiles }, now()) },
    { name: 'purge-broadcasts', run: () => purgeBroadcasts(prisma, now()) },
    { name: 'purge-uploads', run: async () => (await purgeListFiles(app)) + (await purgeUmkmImports(app)) },
    { name: 'purge-media', run: () => purgeMedia({ folder: app.mediaFolder, prisma }, now()) },
  ]
  const jobs = [
    ...timed,
    createImportListJob(createListWork(app)),
    createImportUmkmJob(createUmkmImportWork(app)),
    createPrepareBroadcastJob(app.broadcasting.prepare),
  ]
  const queue = await openJobQueue({ url, jobs, work, log })
  app.queue.send = queue.send
  for (const name of work ? missed : []) await queue.send(name, `start ${randomUUID()}`)
  const schedule = startSchedule({
    times: timed.map(({ name }) => ({ job: name, at: times[name] ?? '30 2 * * *' })),
    queue,
    now,
    log,
  })
  return {
    queue,
    async stop() {
      await schedule.stop()
      await queue.stop()
    },
  }
}
