import type { Officer } from '../../staff/officer.ts'
import type { Product, ProductState, Shop } from '../product.ts'
import type { PriceBand } from './price-bands.ts'
import type { ProductField, ProductSnapshot } from './product-snapshot.ts'
import type { TextFindings } from './text-findings.ts'

/** What an officer may do with a product; from which state is told by `decisionsFor`. */
export const decisionKinds = ['approve', 'ask_fix', 'remove', 'restore', 'refuse_appeal'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** A decision. `reason`: a code of `reasons` in flows/content/umkm.yaml; `words`: the officer's own, which may be empty where the reason says enough. */
export type Decision =
  | { readonly type: 'approve' | 'restore' }
  | { readonly type: 'ask_fix' | 'remove'; readonly reason: string; readonly words: string }
  | { readonly type: 'refuse_appeal'; readonly words: string }

/** The longest words of an officer's own. */
export const longestWords = 300

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

/** How much waits for officers. */
export interface DeskCounts {
  readonly waiting: number
  readonly appeals: number
  /** Products with reports that nobody settled. */
  readonly reports: number
  readonly papers: number
  /** When the one that waits longest was sent in. */
  readonly oldest: Date | undefined
}

/** A product in a list. */
export interface ProductLine {
  readonly product: Product
  readonly shop: Pick<Shop, 'id' | 'name' | 'kelurahan' | 'state'>
}

/** One that waits for a first look, or for another after it was changed. */
export interface WaitingLine extends ProductLine {
  /** It was approved before. */
  readonly isChange: boolean
  readonly findings: TextFindings
  readonly price: PriceBand | undefined
  /** A colleague who has it open. */
  readonly look: Look | undefined
  /** Somebody reported it. */
  readonly isReported: boolean
}

export interface Look {
  readonly by: string
  readonly at: Date
}

/** A product that was reported. */
export interface ReportedLine extends ProductLine {
  readonly reports: readonly Report[]
}

export interface Report {
  /** A code of `reports` in flows/content/umkm.yaml. */
  readonly reason: string
  readonly words: string
  /** When it was told last. */
  readonly at: Date
  /** How many said the same. */
  readonly count: number
}

/** A step of a product's life. */
export interface HistoryLine {
  readonly at: Date
  readonly by: 'owner' | 'staff' | 'system'
  /** An officer's name. */
  readonly name: string | undefined
  /** Such as `approved`. */
  readonly what: string
  readonly details: string | undefined
}

export const paperKinds = ['nib', 'pirt', 'halal'] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperStates = ['claimed', 'verified', 'refused'] as const
export type PaperState = (typeof paperStates)[number]

/** A paper that an owner named. */
export interface Paper {
  readonly id: number
  readonly kind: PaperKind
  readonly number: string
  readonly state: PaperState
  /** Undefined where it is of the whole shop. */
  readonly productId: number | undefined
  readonly createdAt: Date
  readonly decidedAt: Date | undefined
  readonly decidedBy: string | undefined
}

export interface PaperLine {
  readonly paper: Paper
  readonly shop: Pick<Shop, 'id' | 'name' | 'kelurahan' | 'state'>
  readonly productName: string | undefined
}

/** Another product that may be the same. */
export interface AlikeProduct {
  readonly product: Pick<Product, 'id' | 'name' | 'price' | 'unit' | 'state'>
  readonly shopName: string
  readonly photo: string | undefined
  readonly isSameShop: boolean
  /** 0 to 1. */
  readonly likeness: number
}

/** Of the last 30 days. */
export interface DayFigures {
  readonly views: number
  readonly finds: number
  readonly contacts: number
}

/** A product as an officer reads it before deciding. */
export interface ProductView {
  readonly product: Product
  readonly shop: Shop
  /** How many products the shop has in each state. */
  readonly shopStates: Readonly<Record<ProductState, number>>
  readonly papers: readonly Paper[]
  readonly price: PriceBand | undefined
  readonly alike: readonly AlikeProduct[]
  readonly findings: TextFindings
  /** As it was when an officer approved it last. */
  readonly approved: { readonly at: Date; readonly by: string; readonly was: ProductSnapshot } | undefined
  /** What differs from that. */
  readonly changed: readonly ProductField[]
  readonly history: readonly HistoryLine[]
  readonly reports: readonly Report[]
  readonly decisions: readonly DecisionKind[]
  readonly look: Look | undefined
  readonly figures: DayFigures
}

/** Which products are listed. Left out: any. */
export interface ProductFilter {
  /** Part of a name, or a number. */
  readonly search?: string | undefined
  readonly state?: ProductState | undefined
  readonly category?: string | undefined
  readonly kelurahan?: string | undefined
  readonly shopId?: number | undefined
}

/** Which shops are listed. */
export interface ShopFilter {
  readonly search?: string | undefined
  readonly state?: Shop['state'] | undefined
  readonly kelurahan?: string | undefined
}

export interface ShopLine {
  readonly shop: Shop
  readonly products: number
  readonly shown: number
}

/** A page of a list, the newest first. `next`: what to give for the page after it. */
export interface Page<Line> {
  readonly lines: readonly Line[]
  readonly next: number | undefined
}

/** A shop as an officer reads it. */
export interface ShopView {
  readonly shop: Shop
  readonly createdAt: Date
  readonly closed: { readonly at: Date; readonly by: string; readonly reason: string | undefined } | undefined
  readonly papers: readonly Paper[]
  readonly products: readonly Product[]
}

/** Of one kelurahan or category. */
export interface FigureRow extends DayFigures {
  /** A kelurahan's code, or a category's. */
  readonly key: string
  /** Not closed, and not hidden by their owners. */
  readonly shops: number
  readonly states: Readonly<Record<ProductState, number>>
}

export interface MarketFigures {
  readonly kelurahan: readonly FigureRow[]
  readonly category: readonly FigureRow[]
}

/** Why one of several was not approved. */
export type Left = 'unknown' | 'moved' | 'state' | 'reported'

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
