import type { PromotionShape } from './pictures.ts'

/** Room for letters: sizes from the largest to the smallest. */
interface Room {
  readonly largest: number
  readonly smallest: number
  readonly height: number
}

/** Where things are on a promotion picture, in pixels. */
export interface PromotionLayout {
  readonly width: number
  readonly height: number
  /** The photo is above. */
  readonly photoHeight: number
  /** The band of cloth beneath it. */
  readonly bandHeight: number
  /** Where the city's mark begins: beneath what WhatsApp draws over a status. */
  readonly chipTop: number
  readonly margin: number
  /** What is written is between these: the rest of a status is covered by the field for an answer. */
  readonly textTop: number
  readonly textBottom: number
  /** Cloth from here to the lower edge. */
  readonly clothTop: number
  readonly qr: number
  /** Whether the name has the whole width, and all else stands beneath it. */
  readonly wideName: boolean
  readonly name: Room
  readonly price: Room
  readonly shop: Room
  readonly place: Room
  readonly note: Room
  readonly gap: number
}

/** WhatsApp covers about 250 pixels above and 340 below of a status: nothing that is to be read is there. */
export const layouts: Readonly<Record<PromotionShape, PromotionLayout>> = {
  status: {
    ...{ width: 1080, height: 1920, photoHeight: 930, bandHeight: 44, chipTop: 262, margin: 60 },
    ...{ textTop: 1006, textBottom: 1572, clothTop: 1604, qr: 300, wideName: true, gap: 22 },
    name: { largest: 104, smallest: 40, height: 200 },
    price: { largest: 80, smallest: 38, height: 78 },
    shop: { largest: 44, smallest: 28, height: 90 },
    place: { largest: 36, smallest: 26, height: 40 },
    note: { largest: 32, smallest: 22, height: 38 },
  },
  feed: {
    ...{ width: 1080, height: 1080, photoHeight: 568, bandHeight: 32, chipTop: 36, margin: 44 },
    ...{ textTop: 622, textBottom: 1058, clothTop: 1080, qr: 252, wideName: false, gap: 16 },
    name: { largest: 72, smallest: 34, height: 146 },
    price: { largest: 62, smallest: 32, height: 62 },
    shop: { largest: 38, smallest: 26, height: 76 },
    place: { largest: 32, smallest: 24, height: 36 },
    note: { largest: 28, smallest: 20, height: 34 },
  },
}
