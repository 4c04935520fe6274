import { z } from 'zod'
import type { Database, Transaction } from '../storage/database.ts'
import type { Keyring } from '../storage/keyring.ts'

/** Requests for a person, in PostgreSQL. */
export interface InquiryStore {
  /** Opens a request, or adds to the chat's open one on the topic; the number is what the resident is told. */
  open(
    transaction: Transaction,
    request: NewInquiry,
  ): Promise<{ readonly number: number; readonly opened: boolean }>
  /** Open requests, oldest first. */
  list(database: Database): Promise<readonly OpenInquiry[]>
  find(database: Database, number: number): Promise<OpenInquiry | undefined>
  close(transaction: Transaction, number: number, by: string, now: Date): Promise<void>
}

export interface NewInquiry {
  readonly contactId: string
  readonly chatId: string
  readonly topic: string
  readonly message: string
  readonly now: Date
}

export interface OpenInquiry {
  readonly number: number
  readonly chatId: bigint
  readonly topic: string
  readonly messages: readonly string[]
  readonly createdAt: Date
}

const written = z.array(z.string())

/** Makes the store. What residents wrote is kept sealed. */
export function createInquiryStore(deps: { keyring: Pick<Keyring, 'seal' | 'open'> }): InquiryStore {
  const { keyring } = deps
  const sealed = (messages: readonly string[]) => keyring.seal(JSON.stringify(messages))
  const opened = (message: Uint8Array | null) =>
    message === null ? [] : written.parse(JSON.parse(keyring.open(message)))
  const read = (row: Row): OpenInquiry => ({
    number: Number(row.id),
    chatId: row.chatId,
    topic: row.topic,
    messages: opened(row.message),
    createdAt: row.createdAt,
  })
  return {
    async open(transaction, { contactId, chatId, topic, message, now }) {
      const where = { chatId: BigInt(chatId), topic, state: 'open' }
      const standing = await transaction.inquiry.findFirst({ where })
      if (standing === null) {
        const data = { ...where, contactId, createdAt: now, message: sealed([message]) }
        const made = await transaction.inquiry.create({ data })
        return { number: Number(made.id), opened: true }
      }
      const messages = [...opened(standing.message), message]
      await transaction.inquiry.update({ where: { id: standing.id }, data: { message: sealed(messages) } })
      return { number: Number(standing.id), opened: false }
    },
    async list(database) {
      return (await database.inquiry.findMany({ where: { state: 'open' }, orderBy: { id: 'asc' } })).map(read)
    },
    async find(database, number) {
      const row = await database.inquiry.findUnique({ where: { id: BigInt(number), state: 'open' } })
      return row === null ? undefined : read(row)
    },
    async close(transaction, number, by, now) {
      const data = { state: 'closed', closedAt: now, closedBy: by }
      // Of two officers who answer at once the second is refused.
      await transaction.inquiry.update({ where: { id: BigInt(number), state: 'open' }, data })
    },
  }
}

interface Row {
  readonly id: bigint
  readonly chatId: bigint
  readonly topic: string
  readonly message: Uint8Array | null
  readonly createdAt: Date
}
