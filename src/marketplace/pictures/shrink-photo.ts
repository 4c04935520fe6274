import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { openPhoto, type PhotoHeader } from './photo-bytes.ts'

/** Pixels in the colours of screens, without what a camera wrote beside them. */
export interface RawPicture {
  readonly pixels: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 3
}

/**
 * Decodes a photo into at most `longest` pixels on its longer side, the right way up, on white where it is transparent. Undefined where
 * the bytes turn out to be none. It is made small first and turned then: turning the whole would keep all of it in memory.
 */
export async function shrinkPhoto(
  bytes: Uint8Array,
  { orientation }: Pick<PhotoHeader, 'orientation'>,
  longest: number,
): Promise<RawPicture | undefined> {
  try {
    const small = await openPhoto(bytes)
      .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .timeout({ seconds: 20 })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return orientation === 1 ? rawOf(small) : rawOf(await turned(small, orientation))
  } catch {
    return undefined
  }
}

/** Raw pixels as sharp reads them on. */
export function openRaw({ pixels, width, height, channels }: RawPicture): Sharp {
  return sharp(pixels, { raw: { width, height, channels } })
}

interface Decoded {
  readonly data: Buffer
  readonly info: OutputInfo
}

function rawOf({ data, info: { width, height, channels } }: Decoded): RawPicture {
  if (channels !== 3) throw new Error(`pixels have ${channels} channels`)
  return { pixels: data, width, height, channels }
}

/** How a picture of each EXIF orientation is turned: mirrored first, then turned clockwise. */
const turns: Readonly<Record<number, { readonly mirror: boolean; readonly angle: number }>> = {
  2: { mirror: true, angle: 0 },
  3: { mirror: false, angle: 180 },
  4: { mirror: true, angle: 180 },
  5: { mirror: true, angle: 270 },
  6: { mirror: false, angle: 90 },
  7: { mirror: true, angle: 90 },
  8: { mirror: false, angle: 270 },
}

function turned({ data, info }: Decoded, orientation: number): Promise<Decoded> {
  const { mirror, angle } = turns[orientation] ?? { mirror: false, angle: 0 }
  return openRaw(rawOf({ data, info }))
    .flop(mirror)
    .rotate(angle)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
}
