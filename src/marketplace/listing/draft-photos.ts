import type { ActionResult } from '../../flow/action.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'
import type { ListingDeps } from './listing-deps.ts'
import { joinNotes, keptPhotos, pictureIds, takePhoto } from './take-photos.ts'

/** The photos of a product that its owner is telling of, each by its place. */
export function listDraftPhotos({ photos }: { readonly photos: readonly TakenPhoto[] }): ActionResult {
  const rows = photos.map(({ id }, index) => ({ photo: id, position: index + 1 }))
  const pictures = pictureIds(photos)
  const [first] = photos
  if (first === undefined) return { outcome: 'none', values: { note: '' } }
  if (rows.length === 1) return { outcome: 'one', values: { photo_id: first.id, pictures, note: '' } }
  return { outcome: 'many', values: { rows, pictures, note: '' } }
}

/** Puts a photo that was sent in the place of another, or after all; words alone leave all as it is. */
export async function putDraftPhoto(
  deps: ListingDeps,
  {
    media,
    photos,
    instead,
  }: { readonly media: string; readonly photos: readonly TakenPhoto[]; readonly instead: string },
): Promise<ActionResult> {
  if (media === '') return { outcome: 'kept', values: { note: '' } }
  const at = photos.findIndex(({ id }) => id === instead)
  const taken = await takePhoto(deps, media, at < 0 ? photos.length : 0)
  if (taken.type === 'refused') return { outcome: 'refused', values: { note: joinNotes([taken.why]) } }
  const next = at < 0 ? [...photos, taken.photo] : photos.with(at, taken.photo)
  return { outcome: 'put', values: { ...keptPhotos(next), note: '' } }
}
