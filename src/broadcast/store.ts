import type { Database, Transaction } from '../storage/database.ts'
import { transact } from '../storage/transact.ts'
import { type AudienceStore, createAudienceStore } from './audience/store-audience.ts'
import { createSavedAudienceStore, type SavedAudienceStore } from './audience/store-saved-audiences.ts'
import { createFigureStore, type FigureStore } from './sending/store-figures.ts'
import { createLeftStore, type LeftStore } from './sending/store-left.ts'
import { createPostStore, type PostStore } from './sending/store-posts.ts'
import { createRecipientStore, type RecipientStore } from './sending/store-recipients.ts'
import { type BroadcastRows, createBroadcastRows } from './store-broadcasts.ts'
import { createTesterStore, type TesterStore } from './store-testers.ts'

/**
 * Broadcasts and all that hangs on them, in PostgreSQL. Whoever changes something of a broadcast locks its row first, and the rows of
 * the outbox only after.
 */
export interface BroadcastStore {
  /** Runs the work in a transaction of its own, again when others were in its way. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  readonly rows: BroadcastRows
  readonly audience: AudienceStore
  readonly saved: SavedAudienceStore
  readonly recipients: RecipientStore
  readonly left: LeftStore
  readonly figures: FigureStore
  readonly posts: PostStore
  readonly testers: TesterStore
}

/** Makes the store. */
export function createBroadcastStore({ prisma }: { readonly prisma: Database }): BroadcastStore {
  return {
    transact: (work) => transact(prisma, work),
    rows: createBroadcastRows(),
    audience: createAudienceStore(),
    saved: createSavedAudienceStore(),
    recipients: createRecipientStore(),
    left: createLeftStore(),
    figures: createFigureStore(),
    posts: createPostStore(),
    testers: createTesterStore(),
  }
}
