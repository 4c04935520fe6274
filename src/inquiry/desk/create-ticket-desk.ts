import type { TicketDesk } from '../ticket-desk.ts'
import { createAnswerTicket } from './answer-ticket.ts'
import { createAskSolved } from './ask-solved.ts'
import { createAssignTicket } from './assign-ticket.ts'
import { createClaimTicket } from './claim-ticket.ts'
import { createCloseTicket } from './close-ticket.ts'
import { createErasePerson, type EraseLater } from './erase-person.ts'
import { createHandBack } from './hand-back.ts'
import { createListTickets } from './list-tickets.ts'
import { createMergeTickets } from './merge-tickets.ts'
import { createNoteTicket } from './note-ticket.ts'
import { createPerformDeed, type DeskDeps } from './perform-deed.ts'
import { createReadMedia, type ReadMedia } from './read-media.ts'
import { createReadTicket, type Deliveries } from './read-ticket.ts'
import { type ChatLine, createReadTranscript } from './read-transcript.ts'
import { createReleaseTicket } from './release-ticket.ts'
import { createReopenTicket } from './reopen-ticket.ts'
import type { QueueStore } from './store-queue.ts'
import { createTransferTicket } from './transfer-ticket.ts'

/** What the desk is put together from. */
export interface TicketDeskDeps extends DeskDeps {
  readonly queue: QueueStore
  readonly deliveries: Deliveries
  /** The newest lines of a chat, oldest first, secrets masked. */
  readonly lines: (chatId: bigint) => Promise<readonly ChatLine[]>
  readonly readMedia: ReadMedia
  readonly eraseLater: EraseLater
}

/** Makes the desk. */
export function createTicketDesk(deps: TicketDeskDeps): TicketDesk {
  const perform = createPerformDeed(deps)
  return {
    list: createListTickets(deps),
    read: createReadTicket(deps),
    transcript: createReadTranscript(deps),
    claim: createClaimTicket(perform),
    release: createReleaseTicket(deps, perform),
    assign: createAssignTicket(perform),
    transfer: createTransferTicket(deps, perform),
    answer: createAnswerTicket(deps, perform),
    note: createNoteTicket(perform),
    handBack: createHandBack(deps, perform),
    askSolved: createAskSolved(deps, perform),
    close: createCloseTicket(deps, perform),
    erase: createErasePerson(deps, perform),
    reopen: createReopenTicket(deps, perform),
    merge: createMergeTickets(deps),
    media: createReadMedia(deps),
  }
}
