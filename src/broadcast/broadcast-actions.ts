import { z } from 'zod'
import type { Action, ActionContext, ActionContract, ActionResult } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'
import type { BroadcastRoom } from './broadcast-room.ts'
import { composeMessage } from './compose-message.ts'
import { hashOfCode } from './test-code.ts'

/** What flows may ask of this room. */
export const broadcastContracts = {
  /** Shows the broadcast of a code in this chat, as whoever is told would read it. */
  show_broadcast_test: {
    inputs: z.object({ code: z.string() }),
    outcomes: {
      shown: z.object({ title: z.string() }),
      wrong: z.object({}),
      /** Too many wrong codes: nothing was looked up. */
      too_many: z.object({}),
    },
  },
} as const satisfies Record<string, ActionContract>

const mostWrongADay = 5
/** By all people together while a code lasts: whoever guesses may come from many chats. */
const mostWrongAQuarter = 50
const dayMs = 86_400_000
const quarterMs = 900_000

/** Makes the actions. */
export function createBroadcastActions(
  room: BroadcastRoom,
): Record<keyof typeof broadcastContracts, Action<Transaction>> {
  const contract = broadcastContracts.show_broadcast_test
  return {
    show_broadcast_test: {
      contract,
      run: (input, context) => showTest(room, context, contract.inputs.parse(input).code),
    },
  }
}

async function showTest(
  { store, secrets, voice, words, audit }: BroadcastRoom,
  { transaction, contactId, chatId, now }: ActionContext<Transaction>,
  written: string,
): Promise<ActionResult> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const since = { own: before(dayMs), all: before(quarterMs) }
  const wrong = await store.testers.wrong(transaction, contactId, since)
  if (wrong.own >= mostWrongADay || wrong.all >= mostWrongAQuarter) return { outcome: 'too_many', values: {} }
  const actor = { type: 'resident', id: contactId } as const
  const code = written.replace(/\D/g, '')
  const test = await store.testers.byCode(transaction, hashOfCode(secrets, code), now)
  const broadcast = test === undefined ? undefined : await store.rows.find(transaction, test.number)
  if (test === undefined || broadcast === undefined) {
    await audit.record(transaction, { at: now, actor, action: 'broadcast.test_wrong', subject: contactId })
    return { outcome: 'wrong', values: {} }
  }
  await voice.show(
    transaction,
    BigInt(chatId),
    composeMessage(broadcast, words(), { kelurahan: words().somewhere }),
  )
  // Whoever reads it over a shoulder comes too late.
  await store.rows.move(transaction, test.number, { testHash: null, testUntil: null })
  await store.testers.remember(transaction, test.officerId, BigInt(chatId), now)
  const subject = String(test.number)
  await audit.record(transaction, {
    ...{ at: now, actor: { type: 'staff', id: test.officerId }, action: 'broadcast.test', subject },
  })
  return { outcome: 'shown', values: { title: broadcast.title } }
}
