import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A photo of four colours: red above left, green above right, blue beneath left, white beneath right. */
export function fourColours(width = 400, height = 300): Sharp {
  const [w, h] = [Math.round(width / 2), Math.round(height / 2)]
  const field = (x: number, y: number, colour: string) =>
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour}"/>`
  const fields = [field(0, 0, '#f00'), field(w, 0, '#0f0'), field(0, h, '#00f'), field(w, h, '#fff')]
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${fields.join('')}</svg>`,
    ),
  ).flatten()
}

/** The letters of the colours in the four corners: `rgbw` where nothing is turned. */
export async function cornersOf(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const colourAt = (x: number, y: number) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
    const most = [red, green, blue].indexOf(Math.max(red, green, blue))
    return Math.min(red, green, blue) > 128 ? 'w' : ('rgb'[most] ?? '')
  }
  return [colourAt(0.2, 0.2), colourAt(0.8, 0.2), colourAt(0.2, 0.8), colourAt(0.8, 0.8)].join('')
}

/** JPEG as a telephone writes it: where it was taken, with what, and how it is to be turned. */
export function withGps(photo: Sharp, orientation = 1): Promise<Buffer> {
  return photo
    .withExif({
      IFD0: { Make: 'TeleponContoh', ImageDescription: 'Rumah Contoh' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '10/1 10/1 3800/100', GPSLongitudeRef: 'E' },
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 95 })
    .toBuffer()
}

/** A PNG of few bytes that says it has so many pixels, all alike. */
export function pngBomb(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const row = Math.ceil(width / 8) + 1
  const pixels = deflateSync(Buffer.alloc(row * height))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))],
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
