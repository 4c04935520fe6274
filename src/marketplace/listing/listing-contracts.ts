import type { ActionContract } from '../../flow/action.ts'
import { newProductContracts } from './new-product-contracts.ts'
import { ownProductContracts } from './own-product-contracts.ts'
import { ownShopContracts } from './own-shop-contracts.ts'
import { wordContracts } from './word-contracts.ts'

/** What flows may ask for on the owner's side of the marketplace. */
export const listingContracts = {
  ...newProductContracts,
  ...ownProductContracts,
  ...wordContracts,
  ...ownShopContracts,
} as const satisfies Record<string, ActionContract>
