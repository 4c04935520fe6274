import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { channelNames } from '../../../src/channels/channel.ts'
import type { Transaction } from '../../../src/storage/database.ts'
import { createMediaStore } from '../../../src/storage/media-store.ts'
import type { PrintedCertificate } from '../../../src/training/certificates/certificate.ts'
import { createCertificateActions } from '../../../src/training/certificates/certificate-actions.ts'
import type { CertificateDeps } from '../../../src/training/certificates/certificate-deps.ts'
import { parseCertificateWords } from '../../../src/training/certificates/certificate-words.ts'
import { createIssueCertificates } from '../../../src/training/certificates/issue-certificates.ts'
import { createCertificateStore } from '../../../src/training/certificates/store-certificates.ts'
import type { Course } from '../../../src/training/course.ts'
import { createCertificateDesk } from '../../../src/training/desk/create-certificate-desk.ts'
import { day, later, openClassWorld, trainer } from '../attendance/class-world.ts'

/** After the course of `openClassWorld`: a Tuesday, 10.00 in Kupang. */
export const afterCourse = later(5 * day + 3_600_000)

/** Certificates on a database of their own, with a media store; the drawing is a fake that tells what it was asked for. */
export async function openCertificateWorld() {
  const world = await openClassWorld()
  const { prisma, keyring, shared, clock } = world
  const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-certificates-'))
  const media = createMediaStore({ folder, prisma, keyring, now: () => clock.now })
  const drawn: { readonly printed: PrintedCertificate; readonly address: string }[] = []
  const enqueued: Transaction[] = []
  const certificates = createCertificateStore(keyring)
  const words = parseCertificateWords(readFileSync('flows/content/sertifikat.yaml', 'utf8'))
  const deps: CertificateDeps = {
    ...{ ...shared, certificates, certificateWords: () => words },
    files: {
      save: (file, { account, id, ...owner }) =>
        media.save(file, { account, id, channel: z.enum(channelNames).parse(owner.channel) }),
      keep: media.keep,
    },
    pageOf: (token) => `https://lopo.example/sertifikat/${token}`,
    draw: async (printed, address) => {
      drawn.push({ printed, address })
      return new TextEncoder().encode(`%PDF ${printed.number} ${address}`)
    },
    enqueue: async (transaction) => void enqueued.push(transaction),
  }
  const desk = createCertificateDesk(deps)
  const actions = createCertificateActions(deps)

  /** A person of a course that is over, who came to every session and passed. */
  async function graduate(
    course: Course,
    name = 'Maria Contoh',
    chat?: Awaited<ReturnType<typeof world.chat>>,
  ) {
    const own = chat ?? (await world.chat())
    const number = await world.person(own, course.number, name, 'passed')
    await prisma.attendance.createMany({
      data: course.sessions.map(({ id, startsAt }) => {
        return { registrationId: BigInt(number), sessionId: id, way: 'list', by: trainer.name, at: startsAt }
      }),
    })
    return { ...own, number }
  }

  /** A course that is over, and somebody with a certificate of it. */
  async function issueOne(name?: string) {
    const course = await world.course({ state: 'finished' })
    const person = await graduate(course, name)
    await desk.issue(trainer, course.number, [person.number])
    return { course, person, certificate: await certificateOf(person.number) }
  }

  const certificateOf = (number: number) =>
    prisma.certificate.findUniqueOrThrow({ where: { registrationId: BigInt(number) } })
  /** The address of the page of the certificate. */
  const tokenOf = async (number: number) => certificates.open((await certificateOf(number)).printed!).token
  const sendAgain = (who: { readonly contactId: string; readonly chatId: bigint }, number: number) =>
    world.turn(who, (context) => actions.send_certificate.run({ number }, context))
  return {
    ...world,
    ...{ desk, deps, media, drawn, enqueued, certificates, words, graduate, issueOne, certificateOf },
    ...{ tokenOf, sendAgain, issue: createIssueCertificates(deps) },
    saidIn: (chatId: bigint) => world.said.filter((each) => each.chatId === chatId),
    findPublic: (token: string) => certificates.findPublic(prisma, token),
    async close() {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type CertificateWorld = Awaited<ReturnType<typeof openCertificateWorld>>
