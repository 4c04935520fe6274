import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import type { TesterChat } from './broadcast-desk.ts'
import { masked } from './masked.ts'

/** A broadcast that a code shows. */
export interface TestOf {
  readonly number: number
  /** Who asked for the code. */
  readonly officerId: string
}

/** Who has broadcasts shown before they leave, and the codes for it. */
export interface TesterStore {
  /** The broadcast of a code that still counts. */
  byCode(transaction: Transaction, hash: Uint8Array<ArrayBuffer>, now: Date): Promise<TestOf | undefined>
  /** Whether the code is another broadcast's at the moment. */
  isTaken(
    transaction: Transaction,
    hash: Uint8Array<ArrayBuffer>,
    number: number,
    now: Date,
  ): Promise<boolean>
  remember(transaction: Transaction, officerId: string, chatId: bigint, now: Date): Promise<void>
  /** The chats that are remembered for an officer, the one that was used last first. */
  list(client: Transaction, officerId: string): Promise<readonly TesterChat[]>
  /** Whether it was one of theirs. */
  forget(transaction: Transaction, officerId: string, chatId: bigint): Promise<boolean>
  /**
   * The chats in which an officer had one shown within the last 30 days and that want to be written to, in the order in which
   * everybody takes several.
   */
  chats(transaction: Transaction, officerId: string, now: Date): Promise<readonly bigint[]>
  /** How many wrong codes were written since: by the contact, and by all. */
  wrong(
    transaction: Transaction,
    contactId: string,
    since: { readonly own: Date; readonly all: Date },
  ): Promise<{ readonly own: number; readonly all: number }>
}

const testerRows = z.array(
  z
    .object({ chat_id: z.bigint(), channel: z.string(), external_id: z.string(), at: z.date() })
    .transform(({ chat_id, external_id, ...row }) => ({
      ...row,
      ...{ chatId: chat_id, masked: masked(external_id) },
    })),
)
const rememberedMs = 30 * 86_400_000

const chatRows = z.array(z.object({ chat_id: z.bigint() }))
const wrongRows = z.tuple([z.object({ own: z.number(), all: z.number() })])

/** Makes the store. Wrong codes are counted in the trail. */
export function createTesterStore(): TesterStore {
  return {
    async byCode(transaction, testHash, now) {
      const row = await transaction.broadcast.findFirst({
        where: { testHash, testUntil: { gt: now } },
        select: { id: true, testById: true },
      })
      return row?.testById == null ? undefined : { number: Number(row.id), officerId: row.testById }
    },
    async isTaken(transaction, testHash, number, now) {
      const others = { testHash, id: { not: BigInt(number) } }
      await transaction.broadcast.updateMany({
        where: { ...others, testUntil: { lte: now } },
        data: { testHash: null },
      })
      return (await transaction.broadcast.count({ where: others })) > 0
    },
    async remember(transaction, officerId, chatId, at) {
      await transaction.broadcastTester.upsert({
        where: { officerId_chatId: { officerId, chatId } },
        create: { officerId, chatId, at },
        update: { at },
      })
    },
    async chats(transaction, officerId, now) {
      const since = new Date(now.getTime() - rememberedMs)
      const rows = await transaction.$queryRaw`
        SELECT t.chat_id FROM broadcast_tester t JOIN chat c ON c.id = t.chat_id
        WHERE t.officer_id = ${officerId} AND c.state = 'active' AND t.at > ${since}
          AND NOT EXISTS (SELECT 1 FROM opt_out o WHERE o.contact_id = c.contact_id AND o.ended_at IS NULL)
        ORDER BY t.chat_id`
      return chatRows.parse(rows).map(({ chat_id }) => chat_id)
    },
    async list(client, officerId) {
      const rows = await client.$queryRaw`
        SELECT t.chat_id, c.channel, c.external_id, t.at FROM broadcast_tester t JOIN chat c ON c.id = t.chat_id
        WHERE t.officer_id = ${officerId} ORDER BY t.at DESC, t.chat_id`
      return testerRows.parse(rows)
    },
    async forget(transaction, officerId, chatId) {
      const { count } = await transaction.broadcastTester.deleteMany({ where: { officerId, chatId } })
      return count > 0
    },
    async wrong(transaction, contactId, { own, all }) {
      const rows = await transaction.$queryRaw`
        SELECT (count(*) FILTER (WHERE actor_id = ${contactId} AND at > ${own}))::int AS own,
          (count(*) FILTER (WHERE at > ${all}))::int AS all
        FROM audit_entry WHERE action = 'broadcast.test_wrong' AND at > least(${own}::timestamptz, ${all}::timestamptz)`
      return wrongRows.parse(rows)[0]
    },
  }
}
