import { randomUUID } from 'node:crypto'
import type { BulkChannel, OutgoingMessage } from '../../src/channels/channel.ts'
import type { NewBatch } from '../../src/conversation/batches.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import type { OpenDatabase, Transaction } from '../../src/storage/database.ts'
import { createFakeChannel, type Sent } from './fake-channel.ts'

/** A person whom a broadcast may reach. */
export interface Listener {
  readonly chatId: bigint
  readonly contactId: string
  /** The platform's id: the number of the person on the account. */
  readonly id: string
}

/** A channel on an account of its own that takes so many broadcasts at once. */
export function createBulkChannel(
  send?: (sent: Sent, message: OutgoingMessage) => Promise<void>,
  atOnce = 10,
): BulkChannel & { readonly sent: Sent[] } {
  return { ...createFakeChannel(send), bulk: { atOnce } }
}

/** Broadcasts on one account of a test database. */
export function createBulkWorld(database: Pick<OpenDatabase, 'prisma' | 'pool'>, account: string) {
  const { prisma, pool } = database
  const within = <T>(work: (transaction: Transaction) => Promise<T>) => prisma.$transaction(work)
  return {
    within,
    /** Seats so many people on the account. */
    async seat(count: number): Promise<Listener[]> {
      const people = Array.from({ length: count }, (_, index) => ({ id: randomUUID(), name: `${index}` }))
      await prisma.contact.createMany({ data: people.map(({ id }) => ({ id })) })
      const chats = await prisma.chat.createManyAndReturn({
        data: people.map(({ id, name }) => ({
          contactId: id,
          channel: 'whatsapp',
          account,
          externalId: name,
        })),
      })
      return chats.map(({ id, contactId, externalId }) => ({ chatId: id, contactId, id: externalId }))
    },
    subscribe: ({ contactId, chatId }: Listener, topic: string, endedAt: Date | null = null) =>
      prisma.subscription.create({ data: { contactId, chatId, topic, textVersion: '1', endedAt } }),
    stop: ({ contactId, chatId }: Listener, endedAt: Date | null = null) =>
      prisma.optOut.create({ data: { contactId, chatId, endedAt } }),
    batch: ({ batches }: Pick<Conversation, 'batches'>, batch: Partial<NewBatch> = {}) =>
      within((transaction) =>
        batches.create(transaction, { topics: [], expiresAt: undefined, held: false, ...batch }),
      ),
    tell: (
      { tellMany }: Pick<Conversation, 'tellMany'>,
      people: readonly Listener[],
      batchId?: bigint,
      text = 'Kabar.',
    ) =>
      within((transaction) =>
        tellMany(
          people.map(({ chatId }) => ({ chatId, message: { text } })),
          transaction,
          'broadcast',
          batchId,
        ),
      ),
    /** How the messages of the account stand, in their order. */
    async states(): Promise<{ status: string; failure: string | null; open: boolean }[]> {
      const sql = `SELECT o.status, o.failure, o.settled_at IS NULL AS open
        FROM outbox_message o JOIN chat c ON c.id = o.chat_id WHERE c.account = $1 ORDER BY o.id`
      return (await pool.query(sql, [account])).rows
    },
  }
}

export type BulkWorld = ReturnType<typeof createBulkWorld>

export const queued = { status: 'queued', failure: null, open: true }
export const sent = { status: 'sent', failure: null, open: false }
export const suppressed = (failure: string) => ({ status: 'suppressed', failure, open: false })
export const failed = (failure: string) => ({ status: 'failed', failure, open: false })
export const doubtful = { status: 'unknown', failure: 'unknown', open: false }
