/**
 * `draft` is being written; `waiting` for an officer; `needs_fix` went back to the owner with a reason; `shown`; `sold_out` is shown as
 * such; `hidden` by the owner, or because nobody said that it is still there; `removed` by an officer.
 */
export const productStates = [
  'draft',
  'waiting',
  'needs_fix',
  'shown',
  'sold_out',
  'hidden',
  'removed',
] as const
export type ProductState = (typeof productStates)[number]

/** Those that anybody may see. */
export const publicStates = ['shown', 'sold_out'] as const

export const availabilities = ['ready', 'preorder'] as const
export type Availability = (typeof availabilities)[number]

/** `certified` with the number of a certificate; `pork` contains pork; `not_food` where it means nothing. */
export const halalStates = ['certified', 'uncertified', 'pork', 'not_food'] as const
export type Halal = (typeof halalStates)[number]

export const handovers = ['pickup', 'delivery'] as const
export type Handover = (typeof handovers)[number]
export const paymentWays = ['cash', 'qris', 'transfer'] as const
export type PaymentWay = (typeof paymentWays)[number]

/** The most photos of one product. */
export const mostPhotos = 5
/** The longest name and description, in letters. */
export const longestName = 60
export const longestDescription = 300
/** The most products of one shop. */
export const mostProducts = 100

/** A product as the house works with it. */
export interface Product {
  readonly id: number
  readonly shopId: number
  readonly name: string
  readonly description: string
  /** A code of `categories` in flows/content/umkm.yaml. */
  readonly category: string
  /** Whole rupiah. */
  readonly price: number
  /** As people read it after the price, such as `kg`. */
  readonly unit: string
  readonly availability: Availability
  readonly halal: Halal
  readonly state: ProductState
  /** Of `hidden`: `owner` or `unconfirmed`; of `needs_fix` and `removed`: the officer's reason. */
  readonly reason: string | undefined
  readonly appeal: string | undefined
  /** Of what waits for an officer, or was taken off by one: it was sold out, and comes back so. */
  readonly wasSoldOut: boolean
  readonly version: number
  readonly createdAt: Date
  readonly submittedAt: Date | undefined
  readonly shownAt: Date | undefined
  readonly confirmedAt: Date | undefined
  readonly misses: number
  /** Ids of the picture store, the one shown first first. */
  readonly photos: readonly string[]
}

/** A shop as the house works with it. Its number is asked for apart: see `store-contact.ts`. */
export interface Shop {
  readonly id: number
  readonly contactId: string | undefined
  readonly chatId: bigint | undefined
  readonly name: string
  readonly description: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  readonly handover: readonly Handover[]
  readonly payments: readonly PaymentWay[]
  readonly state: 'active' | 'hidden' | 'closed'
  /** Purposes of consents in force: without `publish` nothing of it is shown, without `contact` nobody is given the number. */
  readonly consents: readonly ConsentPurpose[]
}

export const consentPurposes = ['publish', 'contact'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

/** Papers that may become badges. */
export const paperKinds = ['nib', 'pirt', 'halal'] as const
export type PaperKind = (typeof paperKinds)[number]

/** Who took a step in a product's life. `by`: an officer's name. */
export interface ProductDoer {
  readonly type: 'owner' | 'staff' | 'system'
  readonly by?: string | undefined
}
