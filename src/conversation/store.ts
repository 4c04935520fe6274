import type pg from 'pg'
import type { Database } from '../storage/database.ts'
import { type BulkStore, createBulkStore } from './bulk-store.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'
import { createInboxStore, type InboxStore } from './inbox-store.ts'
import { createOutboxStore, type OutboxStore } from './outbox-store.ts'

/** The inbox, the sessions and the outbox in PostgreSQL. */
export interface ConversationStore extends InboxStore, OutboxStore, ChatStore, BulkStore {}

/** Makes the store. */
export function createConversationStore(deps: { pool: pg.Pool; prisma: Database }): ConversationStore {
  return {
    ...createInboxStore(deps),
    ...createOutboxStore(deps),
    ...createChatStore(deps),
    ...createBulkStore(deps),
  }
}
