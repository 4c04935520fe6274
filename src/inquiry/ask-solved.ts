import { type DeskDeps, type PerformDeed, refusalFor } from './perform-deed.ts'
import { confirming, confirmMs, isLive } from './ticket-change.ts'
import type { TicketDesk } from './ticket-desk.ts'

/** Makes the use case: the bot asks the person whether the matter is solved; three days without an answer close it. */
export function createAskSolved(
  deps: Pick<DeskDeps, 'voice'>,
  perform: PerformDeed,
): TicketDesk['askSolved'] {
  return (viewer, number) =>
    perform(viewer, number, 'ticket.ask_solved', async ({ ticket, transaction, chat, chatId, now }) => {
      const refusal = refusalFor(ticket, viewer)
      if (refusal !== undefined) return refusal
      if (ticket.state === 'confirming') return { type: 'done' }
      if (chat?.isReachable !== true) return { type: 'unreachable' }
      // What is asked by the bot is answered to the bot.
      if (isLive(ticket, now)) await deps.voice.hold(transaction, chatId, null)
      const closesAt = new Date(now.getTime() + confirmMs)
      await deps.voice.askSolved(transaction, chatId, { number, closesAt })
      return {
        type: 'deed',
        change: confirming(ticket, viewer, now),
        entry: { type: 'event', text: 'asked_solved' },
      }
    })
}
