import type { ActionResult } from '../../flow/action.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'
import type { Product } from '../product.ts'
import { noteEdit } from './edit-own-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { lockOwnProduct, ownProduct } from './own-product.ts'
import { photosTold, takePhoto } from './take-photos.ts'

/** The photos of a product, each by its place. */
export async function listOwnPhotos(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id }: { readonly product_id: number },
): Promise<ActionResult> {
  const product = await ownProduct(deps, context, product_id)
  if (product === undefined) return { outcome: 'unknown', values: {} }
  const rows = product.photos.map((photo, index) => ({ photo, position: index + 1 }))
  const pictures = product.photos.join(' ')
  if (rows.length === 0) return { outcome: 'none', values: {} }
  if (rows.length === 1) return { outcome: 'one', values: { photo_id: product.photos[0] ?? '', pictures } }
  return { outcome: 'many', values: { rows, pictures } }
}

/** Adds a photo that was sent, or puts it in the place of another; nothing sent ends it. */
export async function addOwnPhoto(
  deps: ListingDeps,
  context: OwnerContext,
  {
    product_id,
    media,
    instead,
  }: { readonly product_id: number; readonly media: string; readonly instead: string },
): Promise<ActionResult> {
  if (media === '') return { outcome: 'finished', values: {} }
  const own = await lockOwnProduct(deps, context, product_id)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const { product } = own
  if (product.state === 'removed') return refused(deps.listingWords().refusals.removed)
  const photos = await deps.listing.photosOf(context.transaction, product.id)
  const at = photos.findIndex(({ id }) => id === instead)
  const taken = await takePhoto(deps, media, at < 0 ? photos.length : 0)
  if (taken.type === 'refused') return refused(taken.why)
  const next = at < 0 ? [...photos, taken.photo] : photos.with(at, taken.photo)
  await setPhotos(deps, context, product, next)
  return { outcome: 'added', values: { text: photosTold(deps, next.length) } }
}

/** Takes a photo away; the last one of a product stays. */
export async function removeOwnPhoto(
  deps: ListingDeps,
  context: OwnerContext,
  { product_id, photo }: { readonly product_id: number; readonly photo: string },
): Promise<ActionResult> {
  const own = await lockOwnProduct(deps, context, product_id)
  if (own === undefined) return { outcome: 'unknown', values: {} }
  const { product } = own
  const { refusals } = deps.listingWords()
  if (product.state === 'removed') return refused(refusals.removed)
  const photos = await deps.listing.photosOf(context.transaction, product.id)
  const next = photos.filter(({ id }) => id !== photo)
  if (next.length === 0) return refused(refusals.last_photo)
  if (next.length < photos.length) await setPhotos(deps, context, product, next)
  return { outcome: 'removed', values: {} }
}

async function setPhotos(
  deps: ListingDeps,
  context: OwnerContext,
  product: Product,
  photos: readonly TakenPhoto[],
): Promise<void> {
  await deps.listing.setPhotos(context.transaction, product.id, photos, context.now)
  const details = `${product.photos.length} → ${photos.length}`
  await noteEdit(deps, context, product, { what: 'photo', changes: {}, details, isSeen: true })
}

function refused(text: string): ActionResult {
  return { outcome: 'refused', values: { text } }
}
