import type { Transaction } from '../../storage/database.ts'
import type { Availability, Halal } from '../product.ts'

/** What is looked for. */
export interface ProductQuery {
  /** As the buyer wrote them, without what was understood as a price, a place or a wish; may be empty. */
  readonly words: string
  readonly category?: string | undefined
  /** Whole rupiah. */
  readonly minPrice?: number | undefined
  readonly maxPrice?: number | undefined
  /** Only shops there: a kelurahan's code, or a kecamatan's name. */
  readonly kelurahan?: string | undefined
  readonly district?: string | undefined
  /** A kelurahan's code: those near it first. */
  readonly near?: string | undefined
  readonly withoutPork?: boolean | undefined
  readonly onlyCertified?: boolean | undefined
  readonly onlyInStock?: boolean | undefined
  readonly shopId?: number | undefined
}

/** One result, as lists show it. */
export interface ProductCard {
  readonly id: number
  readonly name: string
  readonly price: number
  readonly unit: string
  readonly category: string
  readonly halal: Halal
  /** Certified as halal by a paper that staff verified: of the product, or of its whole shop. */
  readonly isProven: boolean
  readonly availability: Availability
  readonly soldOut: boolean
  readonly shopId: number
  readonly shopName: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  /** The first photo. */
  readonly photo: string | undefined
}

/** What was found: the best first, in stock first, near first. */
export interface FoundProducts {
  readonly products: readonly ProductCard[]
  /** How many there are in all; at most 1,000 are counted. */
  readonly total: number
  /** `near`: nothing is just that, these are alike. */
  readonly quality: 'exact' | 'near'
}

/** Finds products. Only those of shops that are active and whose owner agrees to be published. */
export interface ProductSearch {
  /** What a sentence asks for: "ada jual se'i babi 1 kg antar ke Liliba", "oleh-oleh tahan lama di bawah 100rb tanpa babi". */
  understand(sentence: string): ProductQuery
  find(
    client: Transaction,
    query: ProductQuery,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<FoundProducts>
  /** Categories that a product of that name may be of, the likeliest first; none where nothing tells. */
  suggestCategories(name: string): readonly string[]
  /** Writes anew what these products are found by, as they now are; within the transaction that changed them. */
  index(transaction: Transaction, productIds: readonly number[]): Promise<void>
  /** The same for all products of a shop. */
  indexShop(transaction: Transaction, shopId: number): Promise<void>
}
