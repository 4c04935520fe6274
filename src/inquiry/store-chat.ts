import { z } from 'zod'
import type { Transaction } from '../storage/database.ts'
import type { TicketSecrets } from './entry-text.ts'
import type { TicketKind } from './ticket.ts'

/** A chat as the desk needs it. */
export interface TicketChat {
  readonly channel: string
  readonly isReachable: boolean
}

/** Which standing ticket a message goes to. */
export interface Matter {
  readonly chatId: bigint
  readonly kind: TicketKind
  readonly kelurahan: string | undefined
  readonly matter: string | undefined
  /** Only to one in which the person is still unknown. */
  readonly isAnonymous: boolean
}

/** What tickets are to their chats, in PostgreSQL. */
export interface ChatTicketStore {
  lockChat(transaction: Transaction, chatId: bigint): Promise<TicketChat | undefined>
  chat(client: Transaction, chatId: bigint): Promise<TicketChat | undefined>
  /** The chat's last ticket of the matter that is not closed. */
  standing(transaction: Transaction, matter: Matter): Promise<number | undefined>
  /** The tickets that officers answer live in the chat; first the one whose officer spoke last. */
  live(transaction: Transaction, chatId: bigint, now: Date): Promise<readonly number[]>
  /** Until when another ticket of the chat than this is answered live. */
  liveBesides(transaction: Transaction, chatId: bigint, number: number, now: Date): Promise<Date | undefined>
  /** Whether the person was asked about another ticket of the chat than this, and did not say. */
  asksBesides(transaction: Transaction, chatId: bigint, number: number): Promise<boolean>
}

const numberRows = z.array(z.object({ number: z.number() }))

/** Makes the store. */
export function createChatTicketStore(keyring: Pick<TicketSecrets, 'hash' | 'ids'>): ChatTicketStore {
  return {
    async lockChat(transaction: Transaction, chatId: bigint) {
      await transaction.$executeRaw`SELECT 1 FROM chat WHERE id = ${chatId} FOR NO KEY UPDATE`
      return findChat(transaction, chatId)
    },
    chat: findChat,
    async standing(transaction: Transaction, { chatId, kind, kelurahan, matter, isAnonymous }: Matter) {
      const isOfMatter = matter === undefined ? {} : { matterHash: { in: matterHashes(keyring, matter) } }
      const isOfPlace = kelurahan === undefined ? {} : { kelurahan }
      const state = { in: ['open', 'answered', 'confirming'] }
      const row = await transaction.ticket.findFirst({
        where: {
          chatId,
          kind,
          state,
          ...isOfMatter,
          ...isOfPlace,
          ...(isAnonymous ? { anonymous: true } : {}),
        },
        orderBy: { id: 'desc' },
        select: { id: true },
      })
      return row === null ? undefined : Number(row.id)
    },
    async live(transaction: Transaction, chatId: bigint, now: Date) {
      const rows = await transaction.$queryRaw`
        SELECT t.id::int AS number FROM ticket t WHERE t.chat_id = ${chatId} AND t.live_until > ${now}
        ORDER BY (SELECT max(e.id) FROM ticket_entry e WHERE e.ticket_id = t.id AND e.type = 'officer')
          DESC NULLS LAST, t.live_until DESC, t.id DESC`
      return numberRows.parse(rows).map(({ number }) => number)
    },
    async liveBesides(transaction: Transaction, chatId: bigint, number: number, now: Date) {
      const row = await transaction.ticket.findFirst({
        where: { chatId, id: { not: BigInt(number) }, liveUntil: { gt: now } },
        orderBy: { liveUntil: 'desc' },
        select: { liveUntil: true },
      })
      return row?.liveUntil ?? undefined
    },
    async asksBesides(transaction: Transaction, chatId: bigint, number: number) {
      const where = { chatId, id: { not: BigInt(number) }, state: 'confirming', asksLater: false }
      return (await transaction.ticket.count({ where })) > 0
    },
  }
}

/** The hashes of a matter by all keys, the current first. */
export function matterHashes({ hash, ids }: Pick<TicketSecrets, 'hash' | 'ids'>, matter: string) {
  return ids.map((id) => hash('subject', `ticket:${matter}`, id))
}

async function findChat(client: Transaction, chatId: bigint): Promise<TicketChat | undefined> {
  const row = await client.chat.findUnique({ where: { id: chatId }, select: { channel: true, state: true } })
  return row === null ? undefined : { channel: row.channel, isReachable: row.state !== 'stopped' }
}
