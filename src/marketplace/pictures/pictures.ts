/**
 * The forms in which a photo is kept: WebP of at most so many pixels on the longer side, for pages, and one JPEG of at most 1080 for
 * chats and for drawing. None holds EXIF or GPS.
 */
export const pictureForms = ['w160', 'w480', 'w1080', 'jpeg'] as const
export type PictureForm = (typeof pictureForms)[number]

/** Why bytes cannot be taken as a photo. */
export type PhotoProblem = 'empty' | 'no_picture' | 'too_large' | 'too_many_pixels' | 'too_small'

/** A photo that was taken: `width` and `height` of its largest form, in pixels. */
export interface TakenPhoto {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** What is written on a promotion picture. */
export interface PromotionCard {
  /** The photo's id. */
  readonly photo: string
  readonly name: string
  /** As people read it: `Rp25.000 / kg`. */
  readonly price: string
  readonly shop: string
  /** Kelurahan. */
  readonly place: string
  /** Contains pork, or certified: told on the picture. Undefined where there is nothing to tell. */
  readonly halal: string | undefined
  /** The address of the product's page, for the QR. */
  readonly page: string
}

/** `status`: 1080×1920, `feed`: 1080×1080. JPEG. */
export type PromotionShape = 'status' | 'feed'

/** Pictures of products: taken, resized, drawn, kept and read. Whoever takes or draws within a transaction and rolls back leaves bytes behind, which the purge erases. */
export interface Pictures {
  /** By its content, whatever its sender calls it; at most 10 MB, at most 50 million pixels, at least 200 on the shorter side. */
  take(
    bytes: Uint8Array,
  ): Promise<({ readonly type: 'taken' } & TakenPhoto) | { readonly type: PhotoProblem }>
  /** The bytes of one form; undefined when there is none. Of a promotion or a sheet there is only `jpeg`. */
  read(
    id: string,
    form: PictureForm,
  ): Promise<{ readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined>
  /** Draws a promotion picture, once for the same card, and returns its id: it can be sent in chats. */
  promote(card: PromotionCard, shape: PromotionShape): Promise<string>
  /** Draws the photos of up to six results in one numbered picture of at most 100 kB; `undefined` stands for a result without photo. */
  sheet(photos: readonly (string | undefined)[], firstNumber: number): Promise<string | undefined>
  /** Erases these pictures. */
  erase(ids: readonly string[]): Promise<void>
}
