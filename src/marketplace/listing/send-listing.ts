import { z } from 'zod'
import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { moveProduct } from '../move-product.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'
import { fullText, isFull } from './begin-listing.ts'
import { checkName } from './check-words.ts'
import { porkProblem, priceProblem } from './edit-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { availabilityOf, draftShape, halalOf, type ListingDraft, sameProduct } from './listing-draft.ts'
import { moveLocked } from './move-own-product.ts'
import { endOwnConsent } from './own-consents.ts'
import { owner, ownShop, wordsOf } from './own-product.ts'
import { joinNotes, pictureIds } from './take-photos.ts'

const text = z.string()

/** What an owner answered when asked for consent: `yes`, `no`, or nothing yet. */
export const answersShape = z.object({ publish: text, contact: text, phone: text })

/** All that is told of a product, and to what its owner agreed. */
export const sendShape = draftShape.extend({
  ...answersShape.shape,
  ...{ publish_version: text, contact_version: text },
  /** To the officers; else it is kept as a draft. */
  send: z.boolean(),
})
type Sending = z.infer<typeof sendShape>

/** Asks for the consents that are missing, and for the number where it is given away; `ready` where nothing is. */
export async function askConsent(
  deps: ListingDeps,
  context: OwnerContext,
  { publish, contact, phone }: z.infer<typeof answersShape>,
): Promise<ActionResult> {
  const { transaction } = context
  const shop = await ownShop(deps, context)
  const texts = deps.words().consents
  const given = shop ? await deps.listing.versions(transaction, shop.id) : new Map<string, string>()
  const ask = (outcome: string): ActionResult => ({ outcome, values: {} })
  if (publish === 'no') return ask('keep')
  if (given.get('publish') !== texts.publish.version && publish === '') return ask('publish')
  // Whoever kept the number to themselves is not asked with every product.
  const isOpen = publish === 'yes' ? !given.has('contact') : false
  const isOutdated = given.has('contact') && given.get('contact') !== texts.contact.version
  if ((isOpen || isOutdated) && contact === '') return ask('contact')
  const hasPhone = shop !== undefined && (await deps.listing.hasPhone(transaction, shop.id))
  return contact === 'yes' && !hasPhone && phone === '' ? ask('phone') : ask('ready')
}

/** Opens the shop where there is none, notes the consents, and keeps the product or sends it to the officers. */
export async function sendListing(
  deps: ListingDeps,
  context: OwnerContext,
  sending: Sending,
): Promise<ActionResult> {
  const { transaction, contactId } = context
  const words = wordsOf(deps)
  const problem = problemOf(sending, deps)
  if (problem !== undefined) return { outcome: 'refused', values: { text: problem } }
  const there = await photosThere(deps, sending.photos)
  if (there.length < sending.photos.length) {
    const note = `${words.listing.photos.lost}\n\n`
    return {
      outcome: 'photos_gone',
      values: { photos: there.map((photo) => ({ ...photo })), pictures: pictureIds(there), note },
    }
  }
  await deps.listing.lockContact(transaction, contactId)
  const id = await shopFor(deps, context, sending)
  if (id === undefined) return { outcome: 'closed', values: {} }
  // Whoever said no has said it, also where the product is not taken.
  const note = await noteAnswers(deps, context, id, sending)
  const products = await deps.store.productsOf(transaction, id)
  const same = sameProduct(sending.name, products)
  const why = isFull(products)
    ? fullText(deps)
    : same !== undefined && !sending.is_other
      ? fill(words.listing.refusals.same, { name: same.name })
      : undefined
  if (why !== undefined) return { outcome: 'refused', values: { text: note + why } }
  const kept = await keepProduct(deps, context, id, sending)
  return { ...kept, values: { ...kept.values, note } }
}

function problemOf(sending: Sending, deps: ListingDeps): string | undefined {
  const words = wordsOf(deps)
  const checked = checkName(sending.name, words)
  if (checked.type === 'refused') return checked.why
  return priceProblem(sending.price, words) ?? porkProblem(sending.name, halalOf(sending, words), words)
}

/** Photos whose owner came back too late are gone from the store. */
async function photosThere({ pictures }: ListingDeps, photos: ListingDraft['photos']): Promise<TakenPhoto[]> {
  const found = await Promise.all(
    photos.map(async (photo) => ((await pictures.read(photo.id, 'w160')) === undefined ? [] : [photo])),
  )
  return found.flat()
}

/** The contact's shop, locked, opened where there is none; undefined where staff closed it. */
async function shopFor(
  deps: ListingDeps,
  context: OwnerContext,
  sending: Sending,
): Promise<number | undefined> {
  const { transaction, contactId } = context
  const known = await ownShop(deps, context)
  if (known === undefined && (await deps.listing.hasClosedShop(transaction, contactId))) return undefined
  const id = known?.id ?? (await openShop(deps, context, sending))
  await deps.store.lockShop(transaction, id)
  return id
}

/** Notes what was agreed to and the number; a no ends what was agreed to before, and its owner is told what that means. */
async function noteAnswers(
  deps: ListingDeps,
  context: OwnerContext,
  shopId: number,
  sending: Sending,
): Promise<string> {
  const { transaction, contactId, now } = context
  const { listing } = deps
  const { done } = deps.listingWords()
  const given = { shopId, contactId, chatId: BigInt(context.chatId), at: now }
  const consents = [
    {
      purpose: 'publish',
      version: sending.publish_version,
      answer: sending.publish,
      ended: done.unpublished,
    },
    {
      purpose: 'contact',
      version: sending.contact_version,
      answer: sending.contact,
      ended: done.number_kept,
    },
  ] as const
  const notes: string[] = []
  for (const { purpose, version, answer, ended } of consents) {
    if (answer === 'yes') await listing.giveConsent(transaction, { ...given, purpose, version })
    if (answer === 'no' && (await endOwnConsent(deps, context, shopId, purpose))) notes.push(ended)
  }
  if (sending.phone !== '')
    await deps.contacts.keepPhone(transaction, shopId, sending.phone.replace(/\D/g, ''))
  await deps.search.indexShop(transaction, shopId)
  return joinNotes(notes)
}

function openShop(
  { listing }: ListingDeps,
  { transaction, contactId, chatId, now }: OwnerContext,
  { shop_name, kelurahan }: Sending,
): Promise<number> {
  return listing.openShop(transaction, {
    ...{ contactId, chatId: BigInt(chatId), name: shop_name, kelurahan, at: now },
    ...{ handover: ['pickup'], payments: ['cash'] },
  })
}

async function keepProduct(
  deps: ListingDeps,
  context: OwnerContext,
  shopId: number,
  sending: Sending,
): Promise<ActionResult> {
  const { transaction, now } = context
  const { listing, store } = deps
  const words = wordsOf(deps)
  const { name, category, price, unit } = sending
  const halal = halalOf(sending, words)
  const id = await listing.addProduct(transaction, {
    ...{ shopId, name, category, price, unit, at: now },
    ...{ availability: availabilityOf(sending), halal },
  })
  await listing.setPhotos(transaction, id, sending.photos, now)
  if (halal === 'certified') {
    const claim = {
      shopId,
      productId: id,
      kind: 'halal',
      number: sending.certificate,
      at: now,
    } as const
    await listing.claimPaper(transaction, claim)
  }
  await moveProduct(deps, transaction, id, {}, { what: 'written', at: now, doer: owner })
  const [shop, product] = [await store.shop(transaction, shopId), await store.lockProduct(transaction, id)]
  if (shop === undefined || product === undefined)
    throw new Error(`product ${id} is gone within its own transaction`)
  const decided = sending.send ? await moveLocked(deps, context, { shop, product }, 'submit') : undefined
  return { outcome: decided?.type === 'move' ? 'sent' : 'kept', values: { product_id: id, name } }
}
