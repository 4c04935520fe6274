import { parse } from 'yaml'
import { z } from 'zod'
import type { Conversation } from './conversation/conversation.ts'
import { createInquiryActions } from './inquiry/actions.ts'
import { parseContent } from './inquiry/content.ts'
import { createTicketDesk } from './inquiry/desk/create-ticket-desk.ts'
import { createQueueStore } from './inquiry/desk/store-queue.ts'
import type { OfficeVoice } from './inquiry/office-voice.ts'
import { type Offices, parseOffices } from './inquiry/offices.ts'
import { createTicketStore } from './inquiry/store.ts'
import { createTendStore } from './inquiry/store-tend.ts'
import { createTendTickets } from './inquiry/tend-tickets.ts'
import { createTicketActions } from './inquiry/ticket-actions.ts'
import type { TicketDesk } from './inquiry/ticket-desk.ts'
import { parseTicketTexts, type TicketTexts } from './inquiry/ticket-texts.ts'
import { fill } from './language/fill-text.ts'
import { dayInWita, isoDay } from './language/format.ts'
import { eraseLater } from './resident/store-erase.ts'
import { createAlarmStore } from './staff/alarm-store.ts'
import { createAuditTrail } from './staff/store.ts'
import type { Transaction } from './storage/database.ts'
import type { FlowTexts } from './storage/flow-files.ts'
import type { MediaStore } from './storage/media-store.ts'
import type { Storage } from './storage/open-storage.ts'

/** What tickets are told with: it changes when the flows and their content are read again. */
export interface TicketWords {
  readonly content: ReturnType<typeof parseContent>
  readonly offices: Offices
  readonly texts: TicketTexts
  /** What a person is told when an officer hands the chat back, closes a ticket or has everything erased. */
  readonly voice: z.infer<typeof voiceFile>
}

const text = z.string().trim().min(1)
const voiceFile = z.object({ handed_back: text, closed: text, erased: text })

/** Time for the last word to reach the person. */
const eraseAfterMs = 30 * 60_000

/** Reads them; throws with every problem of the first file that is broken. */
export function readTicketWords(texts: FlowTexts, contentOf: (name: string) => string): TicketWords {
  return {
    content: parseContent(texts.content),
    offices: parseOffices(contentOf('kantor')),
    texts: parseTicketTexts(contentOf('tiket')),
    voice: voiceFile.parse(parse(contentOf('tiket'))),
  }
}

/** What the house has of tickets. */
export interface Tickets {
  readonly actions: ReturnType<typeof createInquiryActions> & ReturnType<typeof createTicketActions>
  readonly desk: TicketDesk
  /** Does what is due by time; how many things it did. */
  readonly tend: (now: Date) => Promise<number>
}

/** Builds them. The conversation is asked for late: it calls the actions, and they speak through it. */
export function createTickets(deps: {
  readonly storage: Storage
  readonly conversation: () => Conversation
  readonly media: MediaStore
  readonly words: () => TicketWords
  readonly now: () => Date
}): Tickets {
  const { storage, conversation, media, words, now } = deps
  const { database, keyring } = storage
  const ground = {
    store: createTicketStore({ prisma: database.prisma, keyring }),
    audit: createAuditTrail(),
    offices: () => words().offices,
    texts: () => words().texts,
    voice: createOfficeVoice(conversation, words),
    raise: (transaction: Transaction, alarm: Parameters<ReturnType<typeof createAlarmStore>['raise']>[0]) =>
      createAlarmStore({ prisma: transaction }).raise(alarm),
    settle: (
      transaction: Transaction,
      { kind, subject, at }: { readonly kind: string; readonly subject: string; readonly at: Date },
    ) => createAlarmStore({ prisma: transaction }).settle(kind, subject, at),
    keepMedia: (transaction: Transaction, id: string) => media.keep(transaction, id, now()),
    idleMinutes: words().offices.idleMinutes,
    now,
  }
  return {
    actions: {
      ...createInquiryActions({ ...ground, content: () => words().content }),
      ...createTicketActions(ground),
    },
    desk: createTicketDesk({
      ...ground,
      queue: createQueueStore({ prisma: database.prisma, keyring }),
      deliveries: (outboxIds) => conversation().deliveries(outboxIds),
      lines: (chatId) => conversation().lines(chatId, 50),
      readMedia: (id) => media.read(id),
      eraseLater: (transaction, contactId) =>
        eraseLater(transaction, contactId, new Date(now().getTime() + eraseAfterMs)),
    }),
    tend: createTendTickets({ ...ground, tend: createTendStore(database) }),
  }
}

/** The office's voice in a chat: what is said is an answer, however long ago it was asked for. */
function createOfficeVoice(conversation: () => Conversation, words: () => TicketWords): OfficeVoice {
  return {
    async answer(transaction, chatId, { text, number, heldUntil }) {
      await conversation().hold(chatId, heldUntil, transaction)
      const { outboxIds } = await conversation().open(
        chatId,
        { to: 'tiket/balas', values: { number }, before: [{ text }], quiet: true },
        transaction,
        'reply',
      )
      const [outboxId] = outboxIds
      if (outboxId === undefined) throw new Error('an answer was not put into the outbox')
      return { outboxId }
    },
    hold: (transaction, chatId, until) => conversation().hold(chatId, until, transaction),
    async handBack(transaction, chatId) {
      await conversation().tell(chatId, [{ text: words().voice.handed_back }], transaction, 'reply')
    },
    async tell(transaction, chatId, { type, number }) {
      const text = fill(words().voice[type], { number })
      await conversation().tell(chatId, [{ text }], transaction, 'reply')
    },
    async askSolved(transaction, chatId, { number, closesAt }) {
      const values = { number, closes_on: isoDay(dayInWita(closesAt)) }
      const opening = { to: 'tiket/konfirmasi', values, until: closesAt }
      await conversation().open(chatId, opening, transaction, 'reply')
    },
  }
}
