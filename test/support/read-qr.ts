import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Else it would be fetched from the network.
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })

/** What a phone reads in the QR codes of a picture, PNG or JPEG. */
export async function readQr(picture: Uint8Array): Promise<readonly string[]> {
  const found = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] })
  return found.map(({ text }) => text)
}

/** What a phone reads in the first QR code of a page's HTML, drawn as wide as on a small screen. */
export async function readQrOfPage(page: string): Promise<string | undefined> {
  const [svg] = /<svg class="qr".*?<\/svg>/s.exec(page) ?? []
  if (svg === undefined) return undefined
  const drawable = svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" width="280" height="280"')
  const [text] = await readQr(await sharp(Buffer.from(drawable)).png().toBuffer())
  return text
}
