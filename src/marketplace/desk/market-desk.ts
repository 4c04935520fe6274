import type { Officer } from '../../staff/officer.ts'
import type { Decision } from './decision.ts'
import type {
  DeskCounts,
  HistoryLine,
  MarketFigures,
  Page,
  PaperLine,
  PaperState,
  ProductFilter,
  ProductLine,
  ProductView,
  ReportedLine,
  ShopFilter,
  ShopLine,
  ShopView,
  WaitingLine,
} from './desk-views.ts'

/** Whether the owner was told: at once, once nobody sleeps, or not at all as there is no chat. */
export type Told = 'now' | 'later' | 'nobody'

/** What became of a decision. */
export type Decided =
  | { readonly type: 'done'; readonly told: Told }
  | { readonly type: 'unknown' }
  /** Somebody was quicker: the last that happened, and how it stands now. */
  | { readonly type: 'moved'; readonly last: HistoryLine | undefined }
  /** Not from the state that it is in. */
  | { readonly type: 'state' }
  /** The reason is none of those there are, or says too little without words of one's own. */
  | { readonly type: 'reason' }
  | { readonly type: 'too_long' }

/** Why one of several was not approved. `reported`: there is something on its page to be read first, a report or that its name hides pork. */
export type Left = 'unknown' | 'moved' | 'state' | 'reported' | 'pork'

/**
 * What officers do with shops and products. Everything done is in the trail. Who has not the permission `marketplace` is refused
 * by an error: the pages ask before.
 */
export interface MarketDesk {
  counts(viewer: Officer): Promise<DeskCounts>
  /** The oldest first; at most 60. */
  waiting(viewer: Officer): Promise<readonly WaitingLine[]>
  /** The oldest first; at most 100. */
  appeals(viewer: Officer): Promise<readonly ProductLine[]>
  /** Those with the oldest report first; at most 100. */
  reported(viewer: Officer): Promise<readonly ReportedLine[]>
  /** Those in a state, the oldest first; of decided ones the newest first. At most 100. */
  papers(viewer: Officer, state: PaperState): Promise<readonly PaperLine[]>
  /** Of a waiting product it is noted for some minutes who has it open. */
  read(viewer: Officer, id: number): Promise<ProductView | undefined>
  /** The product to look at next: after one, in the order of the queue; those that colleagues have open last. */
  next(viewer: Officer, after?: number): Promise<number | undefined>
  decide(viewer: Officer, id: number, version: number, decision: Decision): Promise<Decided>
  /** Those that were seen so; an owner of several is told once. */
  approveMany(
    viewer: Officer,
    seen: readonly { readonly id: number; readonly version: number }[],
  ): Promise<{
    readonly done: number
    readonly left: readonly { readonly id: number; readonly name: string; readonly why: Left }[]
  }>
  /** The reports on a product that came until a moment ask for nothing more. How many they were. */
  settleReports(viewer: Officer, id: number, until: Date): Promise<number>
  /** `seen`: the state in which the officer saw it. `refuse` needs words. */
  decidePaper(
    viewer: Officer,
    id: number,
    seen: PaperState,
    verdict: 'verify' | 'refuse',
    words: string,
  ): Promise<Decided>
  products(viewer: Officer, filter: ProductFilter, before?: number): Promise<Page<ProductLine>>
  shops(viewer: Officer, filter: ShopFilter, before?: number): Promise<Page<ShopLine>>
  shop(viewer: Officer, id: number): Promise<ShopView | undefined>
  /** Nothing of it is shown any more; `words` say why. */
  closeShop(viewer: Officer, id: number, words: string): Promise<Decided>
  reopenShop(viewer: Officer, id: number): Promise<Decided>
  figures(viewer: Officer): Promise<MarketFigures>
}
