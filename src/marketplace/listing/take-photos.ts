import { z } from 'zod'
import { fill } from '../../language/fill-text.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'
import { mostPhotos } from '../product.ts'
import type { ListingDeps } from './listing-deps.ts'

/** Photos as a flow keeps them. */
export const photoRows = z.array(z.object({ id: z.string(), width: z.number(), height: z.number() }))

/** What becomes of a photo that was sent: it is taken, or why not, as its sender reads it. */
export type TakenOrNot =
  | { readonly type: 'taken'; readonly photo: TakenPhoto }
  | { readonly type: 'refused'; readonly why: string }

/** Takes a photo that was sent in the chat, besides those that are there; what is wrong with it loses nothing else. */
export async function takePhoto(
  { media, pictures, listingWords }: Pick<ListingDeps, 'media' | 'pictures' | 'listingWords'>,
  mediaId: string,
  count: number,
): Promise<TakenOrNot> {
  const { photos } = listingWords()
  if (count >= mostPhotos) return { type: 'refused', why: fill(photos.too_many, { most: mostPhotos }) }
  const file = await media.read(mediaId)
  if (file === undefined) return { type: 'refused', why: photos.gone }
  const taken = await pictures.take(file.bytes)
  if (taken.type !== 'taken') return { type: 'refused', why: photos[taken.type] }
  const { id, width, height } = taken
  return { type: 'taken', photo: { id, width, height } }
}

/** That photos arrived, in words. */
export function photosTold({ listingWords }: Pick<ListingDeps, 'listingWords'>, count: number): string {
  const { photos } = listingWords()
  return count < 2 ? photos.taken : fill(photos.taken_many, { count })
}

/** The ids of photos as a step takes them. */
export function pictureIds(photos: readonly Pick<TakenPhoto, 'id'>[]): string {
  return photos.map(({ id }) => id).join(' ')
}

/** Photos as a flow keeps them and shows them. */
export function keptPhotos(photos: readonly TakenPhoto[]) {
  const rows = photos.map(({ id, width, height }) => ({ id, width, height }))
  return { photos: rows, pictures: pictureIds(photos) }
}

/** Notes go before the next question. */
export function joinNotes(notes: readonly string[]): string {
  const told = notes.map((note) => note.trim()).filter((note) => note !== '')
  return told.length === 0 ? '' : `${told.join(' ')}\n\n`
}
