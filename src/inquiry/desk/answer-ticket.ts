import { fill } from '../../language/fill-text.ts'
import { answered } from '../ticket-change.ts'
import { idleEnd } from '../ticket-deps.ts'
import type { TicketDesk } from '../ticket-desk.ts'
import { type Deed, type DeskDeps, type Locked, type PerformDeed, refusalFor } from './perform-deed.ts'
import { refusalOfAnswer } from './written-text.ts'

interface Answer {
  readonly text: string
  readonly seen: bigint
  readonly key: string
}

/**
 * Makes the use case: an answer goes out, signed by the office, and its writer holds the ticket. The same key is the same answer;
 * who has not read the latest is told so first.
 */
export function createAnswerTicket(deps: DeskDeps, perform: PerformDeed): TicketDesk['answer'] {
  return async (viewer, number, answer) => {
    const unreadable = refusalOfAnswer(answer.text)
    if (unreadable !== undefined) return unreadable
    return perform(viewer, number, 'ticket.answer', async (locked) => {
      if (await deps.store.hasKey(locked.transaction, number, answer.key)) return { type: 'done' }
      const refusal = refusalFor(locked.ticket, viewer)
      if (refusal !== undefined) return refusal
      if (await hasMoved(deps, locked, answer.seen)) return { type: 'moved' }
      if (locked.chat?.isReachable !== true) return { type: 'unreachable' }
      return say(deps, locked, answer)
    })
  }
}

/** Whether the resident or a colleague wrote or did something after what was read. */
async function hasMoved({ store }: DeskDeps, locked: Locked, seen: bigint): Promise<boolean> {
  const { transaction, ticket, viewer } = locked
  const since = await store.entries(transaction, ticket.number, seen)
  return since.some(
    ({ entry, byId }) => entry.type === 'resident' || (byId !== undefined && byId !== viewer.id),
  )
}

async function say(deps: DeskDeps, locked: Locked, { text, key }: Answer): Promise<Deed> {
  const { transaction, ticket, chatId, viewer, now } = locked
  const words = text.trim()
  const heldUntil = idleEnd(now, deps.idleMinutes)
  const { outboxId } = await deps.voice.answer(transaction, chatId, {
    text: signed(deps, ticket, words),
    number: ticket.number,
    heldUntil,
  })
  return {
    type: 'deed',
    change: answered(ticket, viewer, now, heldUntil),
    entry: { type: 'officer', text: words, outboxId, key },
  }
}

function signed(
  { texts, offices }: Pick<DeskDeps, 'texts' | 'offices'>,
  { office, number }: Locked['ticket'],
  text: string,
): string {
  const signature = offices().offices.get(office)?.signsAs ?? office
  return fill(texts().answer, { office: signature, number, text })
}
