import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createIssueCertificatesJob,
  issueCertificatesJobName,
} from '../../src/jobs/issue-certificates-job.ts'
import { openJobQueue } from '../../src/jobs/queue.ts'
import { createLogger } from '../../src/log.ts'
import { createIssueCertificates } from '../../src/training/certificates/issue-certificates.ts'
import { createCertificateDesk } from '../../src/training/desk/create-certificate-desk.ts'
import { trainer } from '../training/attendance/class-world.ts'
import {
  afterCourse,
  type CertificateWorld,
  openCertificateWorld,
} from '../training/certificates/certificate-world.ts'

let world: CertificateWorld
beforeAll(async () => {
  world = await openCertificateWorld()
  world.clock.now = afterCourse
}, 60_000)
afterAll(() => world.close())

describe('createIssueCertificatesJob', () => {
  it('sends what an officer issued, once that is committed, in whatever process', async () => {
    const sent = Promise.withResolvers<number>()
    const issue = createIssueCertificates(world.deps)
    const job = createIssueCertificatesJob(async () => {
      const count = await issue()
      sent.resolve(count)
      return count
    })
    const log = createLogger('silent')
    const queue = await openJobQueue({ url: world.database.url, jobs: [job], work: true, log })
    const desk = createCertificateDesk({
      ...world.deps,
      enqueue: (transaction) => queue.send(issueCertificatesJobName, 'one', { within: transaction }),
    })
    const course = await world.course({ state: 'finished' })
    const { number, chatId } = await world.graduate(course)
    await desk.issue(trainer, course.number, [number])
    expect(await sent.promise).toBe(1)
    expect(await world.prisma.outboxMessage.count({ where: { chatId } })).toBe(1)
    await queue.stop()
  }, 60_000)
})
