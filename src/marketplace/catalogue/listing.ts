import type { Availability, Halal, Handover, PaymentWay } from '../product.ts'
import type { ProductCard } from '../search/search.ts'

/** Products of a list, and how many there are in all. */
export interface Listing {
  readonly products: readonly ProductCard[]
  readonly total: number
}

/** Which products a list holds. */
export interface ListingNarrow {
  readonly category?: string
  readonly kelurahan?: string
  readonly shopId?: number
}

/** How many products there are, by what. `photo`: of a product of the category that was shown lately. */
export interface Overview {
  readonly categories: readonly {
    readonly code: string
    readonly count: number
    readonly photo: string | undefined
  }[]
  readonly kelurahan: readonly { readonly code: string; readonly count: number }[]
}

/** A photo; `width` and `height` in pixels, of its largest form. */
export interface ListedPhoto {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** A paper that staff verified. */
export type VerifiedPaper = 'nib' | 'pirt' | 'halal'

/** A shop as its page shows it. */
export interface ListedShop {
  readonly id: number
  readonly name: string
  readonly description: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  readonly handover: readonly Handover[]
  readonly payments: readonly PaymentWay[]
  /** Of the shop as a whole. */
  readonly papers: readonly VerifiedPaper[]
}

/** A product as its page shows it. */
export interface ListedProduct {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly category: string
  readonly price: number
  readonly unit: string
  readonly availability: Availability
  readonly halal: Halal
  readonly soldOut: boolean
  readonly photos: readonly ListedPhoto[]
  /** Of the product, and of its shop. */
  readonly papers: readonly VerifiedPaper[]
  readonly shop: ListedShop
  /** Whether the owner lets the number be given away, and there is one. */
  readonly hasContact: boolean
  /** Others of the same shop. */
  readonly others: readonly ProductCard[]
}

/** What is known under a number: `gone` was shown once, `unknown` never. */
export type Looked<T> =
  | { readonly type: 'found'; readonly found: T }
  | { readonly type: 'gone'; readonly category?: string | undefined }
  | { readonly type: 'unknown' }

/** A page of a shop. */
export interface ShopListing extends Listing {
  readonly shop: ListedShop
}
