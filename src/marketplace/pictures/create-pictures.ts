import { createHash, randomUUID } from 'node:crypto'
import { drawPromotion, type PromotionTexts } from './draw-promotion.ts'
import { drawSheet, mostOnSheet } from './draw-sheet.ts'
import { readPhotoHeader } from './photo-bytes.ts'
import type { PictureFiles } from './picture-files.ts'
import { type FormBytes, keyOfForm, keysOf, largestForm, makeForms, mimeOfForm } from './picture-forms.ts'
import type { MarkPaths } from './picture-ground.ts'
import type { Pictures } from './pictures.ts'
import { shrinkPhoto } from './shrink-photo.ts'
import type { PictureKind, PictureRows } from './store-pictures.ts'

/** What pictures are made of and kept in. */
export interface PictureDeps {
  readonly files: PictureFiles
  readonly rows: PictureRows
  /** What is written on promotion pictures: of flows/content/promosi.yaml. */
  readonly texts: () => PromotionTexts
  /** The city's mark, as in src/web/mark.ts. */
  readonly mark: MarkPaths
  /** Leaves out the letters that PT Serif lacks. */
  readonly legible: (text: string) => string
  readonly now: () => Date
}

/** Counts the ways of drawing: a picture that is drawn otherwise from now on is another. */
const drawingVersion = 1

/** Takes, draws and keeps the pictures of products. */
export function createPictures(deps: PictureDeps): Pictures {
  const { files, rows, texts, mark, legible, now } = deps
  const read = (id: string, form: FormBytes['form']) =>
    isId(id) ? files.read(keyOfForm(id, form)) : Promise.resolve(undefined)
  return {
    async take(bytes) {
      const header = await readPhotoHeader(bytes)
      if (header.type !== 'photo') return header
      const photo = await shrinkPhoto(bytes, header, largestForm)
      if (photo === undefined) return { type: 'no_picture' }
      const id = await keep(deps, await makeForms(photo), 'photo')
      return { type: 'taken', id, width: photo.width, height: photo.height }
    },
    async read(id, form) {
      const bytes = await read(id, form)
      return bytes === undefined ? undefined : { mime: mimeOfForm(form), bytes }
    },
    promote: (card, shape) =>
      once(deps, 'promotion', { ...card, shape, texts: texts() }, async () => {
        const photo = await read(card.photo, 'jpeg')
        return drawPromotion({ card, texts: texts(), mark, legible, photo }, shape)
      }),
    async sheet(photos, firstNumber) {
      const some = photos.slice(0, mostOnSheet)
      if (!some.some((photo) => photo !== undefined)) return undefined
      return once(deps, 'sheet', { photos: some.map((id) => id ?? null), firstNumber }, async () => {
        const drawn = await Promise.all(
          some.map((id) => (id === undefined ? Promise.resolve(undefined) : read(id, 'w480'))),
        )
        return drawSheet(drawn, firstNumber, mark)
      })
    },
    async erase(ids) {
      // What nobody finds any more first: bytes that a crash leaves behind are purged.
      await rows.remove(ids.filter(isId))
      await files.remove(ids.filter(isId).flatMap(keysOf))
    },
  }

  function isId(text: string): boolean {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
  }

  /** The picture that was made of this before, or a new one. */
  async function once(
    at: PictureDeps,
    kind: PictureKind,
    of: object,
    draw: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<string> {
    const words = JSON.stringify([kind, drawingVersion, of])
    const key = createHash('sha256').update(words).digest('hex')
    const known = await rows.made(key, now())
    if (known !== undefined && (await read(known, 'jpeg')) !== undefined) return known
    const form: FormBytes = { form: 'jpeg', mime: 'image/jpeg', bytes: await draw() }
    if (known === undefined) return keep(at, [form], kind, key)
    // Its bytes are lost.
    await files.write(keyOfForm(known, 'jpeg'), form)
    return known
  }
}

/** Bytes first: whoever finds the row finds them. Another who made the same meanwhile was first. */
async function keep(
  { files, rows, now }: PictureDeps,
  forms: readonly FormBytes[],
  kind: PictureKind,
  key?: string,
): Promise<string> {
  const id = randomUUID()
  await Promise.all(forms.map((form) => files.write(keyOfForm(id, form.form), form)))
  const kept = await rows.add({ id, kind, at: now(), ...(key !== undefined && { key }) })
  if (kept !== id) await files.remove(forms.map(({ form }) => keyOfForm(id, form)))
  return kept
}
