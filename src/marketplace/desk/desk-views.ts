import type { PaperKind, Product, ProductState, Shop } from '../product.ts'
import type { DecisionKind } from './decision.ts'
import type { PriceBand } from './price-bands.ts'
import type { ProductField, ProductSnapshot } from './product-snapshot.ts'
import type { TextFindings } from './text-findings.ts'

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
