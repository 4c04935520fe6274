import sharp, { type Metadata, type Sharp } from 'sharp'
import type { PhotoProblem } from './pictures.ts'

/** The most bytes and pixels of a photo that is sent in, and the fewest pixels on its shorter side. */
const mostBytes = 10 * 1024 * 1024
const mostPixels = 50_000_000
const fewestPixels = 200

/** What a photo is, told from its first bytes and its header: nothing of it is decoded. */
export interface PhotoHeader {
  readonly type: 'photo'
  /** The smaller formats of the web, and what cameras write. */
  readonly format: PhotoFormat
  /** As it is to be looked at, in pixels. */
  readonly width: number
  readonly height: number
  /** 1 to 8, as EXIF counts. */
  readonly orientation: number
}

type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

/** Reads what bytes are, whatever their sender calls them. Of an animation only the first picture counts. `fewest`: of its shorter side. */
export async function readPhotoHeader(
  bytes: Uint8Array,
  fewest = fewestPixels,
): Promise<PhotoHeader | { readonly type: PhotoProblem }> {
  if (bytes.length === 0) return { type: 'empty' }
  if (bytes.length > mostBytes) return { type: 'too_large' }
  const format = formatOf(bytes)
  const header = format === undefined ? undefined : await headerOf(bytes)
  if (format === undefined || header === undefined) return { type: 'no_picture' }
  const { width, height, orientation = 1 } = header
  if (width * height > mostPixels) return { type: 'too_many_pixels' }
  if (Math.min(width, height) < fewest) return { type: 'too_small' }
  const turned = orientation >= 5
  return {
    ...{ type: 'photo', format, orientation },
    ...(turned ? { width: height, height: width } : { width, height }),
  }
}

/** Bytes as sharp is to read them: it decodes no more pixels than are allowed, and what is cut off is no picture. */
export function openPhoto(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
}

async function headerOf(bytes: Uint8Array): Promise<Metadata | undefined> {
  try {
    return await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata()
  } catch {
    return undefined
  }
}

const signatures: readonly (readonly [PhotoFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n/],
  ['webp', /^RIFF[\s\S]{4}WEBP/],
  ['gif', /^GIF8[79]a/],
  ['avif', /^[\s\S]{4}ftypavi[fs]/],
]

/** Only these are ever given to the decoder: no SVG, no TIFF, nothing that it knows besides. */
function formatOf(bytes: Uint8Array): PhotoFormat | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString('latin1')
  return signatures.find(([, signature]) => signature.test(head))?.[0]
}
