import sharp, { type Channels } from 'sharp'

/** Qualities from good to poor, as JPEG counts them. */
const qualities = [84, 76, 66, 54, 42, 30, 20, 10]

/** Pixels as JPEG, as good as fits into so many bytes. */
export async function toJpeg(
  picture: {
    readonly pixels: Buffer
    readonly width: number
    readonly height: number
    readonly channels: Channels
  },
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { pixels, width, height, channels } = picture
  let bytes = Buffer.alloc(0)
  for (const quality of qualities) {
    bytes = await sharp(pixels, { raw: { width, height, channels } }).jpeg({ quality }).toBuffer()
    if (bytes.length <= mostBytes) break
  }
  return new Uint8Array(bytes)
}
