import { createDeedStore, type DeedStore } from './store-deeds.ts'
import { createFigureStore, type FigureStore } from './store-figures.ts'
import { createListStore, type ListStore } from './store-lists.ts'
import { createNoticeStore, type NoticeStore } from './store-notices.ts'
import { createPaperStore, type PaperStore } from './store-papers.ts'
import { createQueueStore, type QueueStore } from './store-queues.ts'
import { createSurroundingsStore, type SurroundingsStore } from './store-surroundings.ts'

/** Shops and products as officers work with them, in PostgreSQL. */
export interface MarketDeskStore
  extends QueueStore,
    SurroundingsStore,
    PaperStore,
    ListStore,
    FigureStore,
    DeedStore,
    NoticeStore {}

/** Makes the store. */
export function createMarketDeskStore(): MarketDeskStore {
  return {
    ...createQueueStore(),
    ...createSurroundingsStore(),
    ...createPaperStore(),
    ...createListStore(),
    ...createFigureStore(),
    ...createDeedStore(),
    ...createNoticeStore(),
  }
}
