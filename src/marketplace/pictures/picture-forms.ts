import { type PictureForm, pictureForms } from './pictures.ts'
import { openRaw, type RawPicture } from './shrink-photo.ts'

/** The longest side of the largest form, in pixels. */
export const largestForm = 1080

/** The bytes of a form. */
export interface FormBytes {
  readonly form: PictureForm
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const sizes = { w160: 160, w480: 480, w1080: largestForm, jpeg: largestForm } as const

/** Under which the store keeps a form of a picture. */
export function keyOfForm(id: string, form: PictureForm): string {
  return `${id}.${form}`
}

/** All keys that a picture may have. */
export function keysOf(id: string): readonly string[] {
  return pictureForms.map((form) => keyOfForm(id, form))
}

/** What a form is, as pages and channels name it. */
export function mimeOfForm(form: PictureForm): string {
  return form === 'jpeg' ? 'image/jpeg' : 'image/webp'
}

/** Makes all forms of a photo. */
export function makeForms(photo: RawPicture): Promise<readonly FormBytes[]> {
  return Promise.all(pictureForms.map((form) => makeForm(photo, form)))
}

async function makeForm(photo: RawPicture, form: PictureForm): Promise<FormBytes> {
  const size = sizes[form]
  const small = openRaw(photo).resize(size, size, { fit: 'inside', withoutEnlargement: true })
  const made =
    form === 'jpeg' ? small.jpeg({ quality: 86 }) : small.webp({ quality: form === 'w160' ? 70 : 78 })
  return { form, mime: mimeOfForm(form), bytes: new Uint8Array(await made.toBuffer()) }
}
