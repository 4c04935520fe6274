import { readPhotoHeader } from './photo-bytes.ts'
import type { PhotoProblem } from './pictures.ts'
import { openRaw, shrinkPhoto } from './shrink-photo.ts'

/** The longest side of a picture that goes out, in pixels: channels make larger ones smaller anyway. */
const longest = 2560

/**
 * Makes a picture anew from its pixels, so that no place, camera or thumbnail goes out with it. PNG stays PNG, all else becomes
 * JPEG. Any size will do.
 */
export async function cleanPicture(bytes: Uint8Array): Promise<
  | {
      readonly type: 'clean'
      readonly mime: string
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly type: PhotoProblem }
> {
  const header = await readPhotoHeader(bytes, 1)
  if (header.type !== 'photo') return header
  const photo = await shrinkPhoto(bytes, header, longest)
  if (photo === undefined) return { type: 'no_picture' }
  const isPng = header.format === 'png'
  const made = isPng ? openRaw(photo).png() : openRaw(photo).jpeg({ quality: 88 })
  return {
    ...{ type: 'clean', mime: isPng ? 'image/png' : 'image/jpeg' },
    bytes: new Uint8Array(await made.toBuffer()),
  }
}
