import { createConversationStore } from '../../src/conversation/store.ts'
import type { Actions } from '../../src/flow/action.ts'
import { ticketContracts } from '../../src/inquiry/ticket-contracts.ts'
import type { Transaction } from '../../src/storage/database.ts'
import type { Site } from './open-conversation.ts'

/** The actions by which an officer hears what is written in held chats; what is heard stands in a table. */
export interface OfficerAtWork {
  readonly actions: Actions<Transaction>
  /** Whether nobody answers any more. */
  isOver: boolean
  /** Done within the transaction of each message that is heard, after it is noted. */
  onHeard: (transaction: Transaction, chatId: bigint) => Promise<void>
  /** What was heard in the chat, in order. */
  heardIn(chatId: bigint): Promise<readonly { readonly message: string; readonly photo: string }[]>
  /** How often the person left the officer. */
  leavesIn(chatId: bigint): Promise<number>
}

/** Makes the table and the actions. */
export async function putOfficerToWork({ storage }: Pick<Site, 'storage'>): Promise<OfficerAtWork> {
  const { pool, owner } = storage.database
  const store = createConversationStore(storage.database)
  await owner.query(
    'CREATE TABLE IF NOT EXISTS heard (n bigserial, chat_id bigint, what text, message text, photo text)',
  )
  const note = (transaction: Transaction, chatId: string, what: string, message = '', photo = '') =>
    transaction.$executeRaw`INSERT INTO heard (chat_id, what, message, photo)
      VALUES (${BigInt(chatId)}, ${what}, ${message}, ${photo})`
  const rowsOf = async (chatId: bigint, what: string) => {
    const sql = 'SELECT message, photo FROM heard WHERE chat_id = $1 AND what = $2 ORDER BY n'
    return (await pool.query(sql, [chatId, what])).rows
  }
  const officer: OfficerAtWork = {
    isOver: false,
    onHeard: async () => undefined,
    heardIn: (chatId) => rowsOf(chatId, 'heard'),
    leavesIn: async (chatId) => (await rowsOf(chatId, 'left')).length,
    actions: {
      hear_for_officer: {
        contract: ticketContracts.hear_for_officer,
        async run(input, { transaction, chatId }) {
          if (officer.isOver) return { outcome: 'over', values: {} }
          const { message, photo } = ticketContracts.hear_for_officer.inputs.parse(input)
          await note(transaction, chatId, 'heard', message, photo)
          await officer.onHeard(transaction, BigInt(chatId))
          return { outcome: 'heard', values: {} }
        },
      },
      leave_officer: {
        contract: ticketContracts.leave_officer,
        async run(_, { transaction, chatId }) {
          await note(transaction, chatId, 'left')
          await store.hold(BigInt(chatId), null, transaction)
          return { outcome: 'left', values: {} }
        },
      },
    },
  }
  return officer
}
