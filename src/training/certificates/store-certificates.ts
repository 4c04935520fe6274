import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import type { TrainingSecrets } from '../person.ts'
import {
  type Certificate,
  certificateNumber,
  isCertificateNumber,
  newCertificateToken,
  type PrintedCertificate,
  type PublicCertificate,
} from './certificate.ts'

/** Where a chat is on its platform. */
export interface ChatAddress {
  readonly channel: string
  readonly account: string
  readonly id: string
}

/** A certificate with where its person is told of it. */
export interface SendableCertificate {
  readonly id: bigint
  readonly number: string
  readonly chatId: bigint
  readonly address: ChatAddress
  readonly sealed: Uint8Array
}

/** What is sealed of a certificate. */
export interface SealedCertificate {
  readonly token: string
  readonly printed: PrintedCertificate
}

/** Certificates in PostgreSQL. */
export interface CertificateStore {
  ofCourse(client: Transaction, courseNumber: number): Promise<readonly Certificate[]>
  /** By its number, with the course. */
  find(
    client: Transaction,
    number: string,
  ): Promise<
    (Certificate & { readonly courseNumber: number; readonly sealed: Uint8Array | null }) | undefined
  >
  /** What whoever holds the token may know; undefined when there is none, or what it said is erased. */
  findPublic(client: Transaction, token: string): Promise<PublicCertificate | undefined>
  /** Throws when the bytes were changed or their key is gone. */
  open(sealed: Uint8Array): SealedCertificate
  /** Issues one; a revoked one of the same registration is replaced. */
  create(
    transaction: Transaction,
    registration: number,
    issued: { readonly at: Date; readonly by: string },
    print: (number: string) => PrintedCertificate,
  ): Promise<void>
  /** Those that were not sent yet and can be, by their rows; after a row. */
  unsent(client: Transaction, after: bigint, limit: number): Promise<readonly SendableCertificate[]>
  /** The one of a registration, if it can be sent to the contact's chat. */
  sendable(
    client: Transaction,
    registration: number,
    chatId: bigint,
  ): Promise<SendableCertificate | undefined>
  /** Marks it as sent; false when it was sent or revoked meanwhile, or its chat cannot be reached any more. */
  markSent(transaction: Transaction, id: bigint, now: Date): Promise<boolean>
  revoke(transaction: Transaction, id: bigint, reason: string, now: Date): Promise<void>
  /** How often certificates were sent again to a contact since, as the trail tells. */
  countSentAgain(client: Transaction, contactId: string, since: Date): Promise<number>
}

/** What the trail calls sending a certificate again. */
export const sendAgain = 'registration.send_certificate'

const printedShape = z.object({
  number: z.string(),
  name: z.string(),
  course: z.string(),
  office: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  hours: z.number(),
  issuedOn: z.string(),
})
const sealedShape = z.object({ token: z.string(), printed: printedShape })
const idRows = z.array(z.object({ id: z.bigint() }))
const sendableRows = z.array(
  z
    .object({
      id: z.bigint(),
      number: z.string(),
      chat_id: z.bigint(),
      channel: z.string(),
      account: z.string(),
      external_id: z.string(),
      printed: z.instanceof(Uint8Array),
    })
    .transform(({ id, number, chat_id, channel, account, external_id, printed }): SendableCertificate => {
      return { id, number, chatId: chat_id, address: { channel, account, id: external_id }, sealed: printed }
    }),
)

type Row = {
  readonly id: bigint
  readonly number: string
  readonly registrationId: bigint
  readonly issuedAt: Date
  readonly sentAt: Date | null
  readonly revokedAt: Date | null
}

/** Makes the store. What stands on a certificate is kept sealed, and its token only in that and as a hash. */
export function createCertificateStore(keyring: TrainingSecrets): CertificateStore {
  return { ...createReads(keyring), ...createSending(), ...createWrites(keyring) }
}

function createReads(
  keyring: TrainingSecrets,
): Pick<CertificateStore, 'ofCourse' | 'find' | 'findPublic' | 'open' | 'countSentAgain'> {
  const open = (sealed: Uint8Array) => sealedShape.parse(JSON.parse(keyring.open(sealed)))
  return {
    open,
    async ofCourse(client, courseNumber) {
      const where = { registration: { courseId: BigInt(courseNumber) } }
      return (await client.certificate.findMany({ where })).map(certificateOf)
    },
    async find(client, number) {
      if (!isCertificateNumber(number)) return undefined
      const row = await client.certificate.findUnique({
        where: { number },
        include: { registration: { select: { courseId: true } } },
      })
      if (row === null) return undefined
      return { ...certificateOf(row), courseNumber: Number(row.registration.courseId), sealed: row.printed }
    },
    async findPublic(client, token) {
      const hashes = keyring.ids.map((id) => keyring.hash('token', hashedText(token), id))
      const row = await client.certificate.findFirst({ where: { tokenHash: { in: hashes } } })
      if (row === null || row.printed === null) return undefined
      const { name, course, issuedOn } = open(row.printed).printed
      return { name, course, issuedOn, isRevoked: row.revokedAt !== null }
    },
    countSentAgain: (client, contactId, since) =>
      client.auditEntry.count({
        where: {
          ...{ action: sendAgain, actorType: 'resident', actorId: contactId, outcome: 'sent' },
          at: { gt: since },
        },
      }),
  }
}

function createSending(): Pick<CertificateStore, 'unsent' | 'sendable' | 'markSent'> {
  return {
    async unsent(client, after, limit) {
      const rows = await client.$queryRaw`
        SELECT c.id, c.number, c.printed, h.id AS chat_id, h.channel, h.account, h.external_id
        FROM certificate c JOIN registration r ON r.id = c.registration_id
          JOIN chat h ON h.id = r.chat_id AND h.state <> 'stopped'
        WHERE c.sent_at IS NULL AND c.revoked_at IS NULL AND c.printed IS NOT NULL AND c.id > ${after}
        ORDER BY c.id LIMIT ${limit}`
      return sendableRows.parse(rows)
    },
    async sendable(client, registration, chatId) {
      const rows = await client.$queryRaw`
        SELECT c.id, c.number, c.printed, h.id AS chat_id, h.channel, h.account, h.external_id
        FROM certificate c, chat h
        WHERE c.registration_id = ${BigInt(registration)} AND h.id = ${chatId}
          AND c.revoked_at IS NULL AND c.printed IS NOT NULL`
      return sendableRows.parse(rows)[0]
    },
    async markSent(transaction, id, now) {
      const count = await transaction.$executeRaw`
        UPDATE certificate c SET sent_at = ${now} FROM registration r, chat h
        WHERE c.id = ${id} AND r.id = c.registration_id AND h.id = r.chat_id AND h.state <> 'stopped'
          AND c.sent_at IS NULL AND c.revoked_at IS NULL AND c.printed IS NOT NULL`
      return count > 0
    },
  }
}

function createWrites(keyring: TrainingSecrets): Pick<CertificateStore, 'create' | 'revoke'> {
  return {
    async create(transaction, registration, { at, by }, print) {
      const registrationId = BigInt(registration)
      await transaction.certificate.deleteMany({ where: { registrationId, revokedAt: { not: null } } })
      // The number is told by the row, and stands in what the row holds sealed.
      const rows =
        await transaction.$queryRaw`SELECT nextval(pg_get_serial_sequence('certificate', 'id')) AS id`
      const id = idRows.parse(rows)[0]?.id
      if (id === undefined) throw new Error('a certificate got no number')
      const [number, token] = [certificateNumber(id, at), newCertificateToken()]
      const sealed: SealedCertificate = { token, printed: print(number) }
      await transaction.certificate.create({
        data: {
          ...{ id, registrationId, number, issuedAt: at, issuedBy: by },
          tokenHash: keyring.hash('token', hashedText(token)),
          printed: keyring.seal(JSON.stringify(sealed)),
        },
        select: { id: true },
      })
    },
    async revoke(transaction, id, revokeReason, revokedAt) {
      await transaction.certificate.update({
        where: { id },
        data: { revokedAt, revokeReason },
        select: { id: true },
      })
    },
  }
}

function certificateOf({ id, number, registrationId, issuedAt, sentAt, revokedAt }: Row): Certificate {
  return {
    ...{ id, number, registration: Number(registrationId), issuedAt },
    sentAt: sentAt ?? undefined,
    revokedAt: revokedAt ?? undefined,
  }
}

function hashedText(token: string): string {
  return `certificate:${token}`
}
