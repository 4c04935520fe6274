import { leaveChat } from '../leave-chat.ts'
import { confirming, confirmMs, held } from '../ticket-change.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, type PerformDeed, refusalFor } from './perform-deed.ts'

/**
 * Makes the use case: the bot asks the person whether the matter is solved; three days without an answer close it. While another
 * officer answers in the chat the question waits, since its answer would go to that officer. Nothing of the ticket tells so:
 * whoever reads it is not to learn what else the person has before an office.
 */
export function createAskSolved(
  deps: Pick<DeskDeps, 'store' | 'voice'>,
  perform: PerformDeed,
): TicketDesk['askSolved'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.ask_solved', async (locked) => {
      const { ticket, transaction, chat, chatId, now } = locked
      const refusal = refusalFor(ticket, viewer)
      if (refusal !== undefined) return refusal
      if (ticket.state === 'confirming') return { type: 'done' }
      if (chat?.isReachable !== true) return { type: 'unreachable' }
      // What is asked by the bot is answered to the bot.
      const isBotBack = await leaveChat(deps, transaction, locked, now)
      const closesAt = new Date(now.getTime() + confirmMs)
      if (isBotBack) await deps.voice.askSolved(transaction, chatId, { number, closesAt })
      return {
        type: 'deed',
        change: { ...confirming(now, !isBotBack), ...held(ticket, viewer, now) },
        entry: { type: 'event', text: 'asked_solved' },
      }
    })
}
