import sharp from 'sharp'
import type { PictureForm, Pictures } from '../../../src/marketplace/pictures/pictures.ts'

const sides: Readonly<Record<PictureForm, number>> = { w160: 160, w480: 480, w1080: 1080, jpeg: 1080 }
const drawn = new Map<string, Promise<{ readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> }>>()

/** Pictures of no product, each in a colour of its own, in every form. */
export const readDrawn: Pictures['read'] = (id, form) => {
  const hue = Number.parseInt(id.slice(0, 2), 16)
  const key = `${hue} ${form}`
  const known = drawn.get(key) ?? draw(hue, form)
  drawn.set(key, known)
  return known
}

async function draw(hue: number, form: PictureForm) {
  const side = sides[form]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${Math.round(side * 0.75)}" viewBox="0 0 4 3">
<defs><radialGradient id="g"><stop offset="0" stop-color="hsl(${hue},70%,72%)"/><stop offset="1" stop-color="hsl(${hue + 30},45%,32%)"/></radialGradient></defs>
<rect width="4" height="3" fill="url(#g)"/><ellipse cx="2" cy="1.9" rx="1.2" ry=".7" fill="hsl(${hue + 20},55%,88%)"/>
<path d="M1.1 1.7q.9-1.4 1.8 0z" fill="hsl(${hue + 5},60%,45%)"/></svg>`
  const picture = sharp(Buffer.from(svg))
  const bytes = form === 'jpeg' ? picture.jpeg() : picture.webp()
  return {
    mime: form === 'jpeg' ? 'image/jpeg' : 'image/webp',
    bytes: new Uint8Array(await bytes.toBuffer()),
  }
}
