import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import type { ConsentPurpose } from '../product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnShop, owner, ownShop } from './own-product.ts'
import { isPublic } from './product-text.ts'

/** The consents of the contact's shop, with a mark before those in force, and what each says. */
export async function listConsents(deps: ListingDeps, context: OwnerContext): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { card } = deps.listingWords()
  const titles = { publish: card.consent_publish, contact: card.consent_contact }
  const rows = (['publish', 'contact'] as const).map((purpose) => {
    const title = titles[purpose]
    const isGiven = shop.consents.includes(purpose)
    return { purpose, label: isGiven ? fill(card.chosen, { title }) : title, words: title }
  })
  return { outcome: 'listed', values: { rows } }
}

/** What is asked about one consent: whether to end it, or to give it. */
export async function lookAtConsent(
  deps: ListingDeps,
  context: OwnerContext,
  { purpose }: { readonly purpose: ConsentPurpose },
): Promise<ActionResult> {
  const shop = await ownShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const { text, version } = deps.words().consents[purpose]
  const values = { purpose, consent: text.trim(), version }
  if (!shop.consents.includes(purpose)) return { outcome: 'missing', values }
  return { outcome: purpose === 'publish' ? 'published' : 'given', values }
}

/** Notes that the owner agreed to the text of that version. */
export async function giveOwnConsent(
  deps: ListingDeps,
  context: OwnerContext,
  { purpose, version }: { readonly purpose: ConsentPurpose; readonly version: string },
): Promise<ActionResult> {
  const { transaction, contactId, chatId, now } = context
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  const given = { contactId, chatId: BigInt(chatId), purpose, version, at: now }
  await deps.listing.giveConsent(transaction, { ...given, shopId: shop.id })
  await deps.search.indexShop(transaction, shop.id)
  const needsPhone = purpose === 'contact' && !(await deps.listing.hasPhone(transaction, shop.id))
  return { outcome: needsPhone ? 'need_phone' : 'given', values: {} }
}

/** Ends a consent of the contact's shop. */
export async function withdrawConsent(
  deps: ListingDeps,
  context: OwnerContext,
  { purpose }: { readonly purpose: ConsentPurpose },
): Promise<ActionResult> {
  const shop = await lockOwnShop(deps, context)
  if (shop === undefined) return { outcome: 'none', values: {} }
  await endOwnConsent(deps, context, shop.id, purpose)
  await deps.search.indexShop(context.transaction, shop.id)
  return { outcome: 'withdrawn', values: {} }
}

/**
 * Ends a consent of a shop that is locked; tells whether there was one. Without the one to publish everything that is shown is hidden,
 * and what waits for an officer comes back as a draft; all products are locked, so that no officer shows one meanwhile.
 */
export async function endOwnConsent(
  deps: ListingDeps,
  context: OwnerContext,
  shopId: number,
  purpose: ConsentPurpose,
): Promise<boolean> {
  const wasGiven = await deps.listing.endConsent(context.transaction, shopId, purpose, context.now)
  if (purpose === 'publish') await hideAll(deps, context, shopId)
  return wasGiven
}

async function hideAll(deps: ListingDeps, { transaction, now }: OwnerContext, shopId: number): Promise<void> {
  const { store } = deps
  const ids = (await store.productsOf(transaction, shopId)).map(({ id }) => id)
  for (const id of ids.sort((one, other) => one - other)) {
    const product = await store.lockProduct(transaction, id)
    if (product === undefined) continue
    const step = { what: 'withdrawn', at: now, doer: owner }
    if (isPublic(product))
      await moveProduct(deps, transaction, id, { state: 'hidden', reason: 'owner' }, step)
    if (product.state === 'waiting') await moveProduct(deps, transaction, id, { state: 'draft' }, step)
  }
}
