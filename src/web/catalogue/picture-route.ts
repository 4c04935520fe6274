import type { Context } from 'hono'
import { pictureForms } from '../../marketplace/pictures/pictures.ts'
import type { Shelf } from './catalogue-deps.ts'

const shape = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})-(w160|w480|w1080|jpeg)\.(webp|jpg)$/

/** Sends a form of a picture that anybody may see. What is under an address never changes: it is kept for a year. */
export async function sendPicture(shelf: Shelf, context: Context, file: string): Promise<Response> {
  const [, id, wanted, ending] = shape.exec(file) ?? []
  const form = pictureForms.find((each) => each === wanted)
  if (id === undefined || form === undefined || (ending === 'jpg') !== (form === 'jpeg')) {
    return context.body(null, 404)
  }
  if (!(await shelf.catalogue.isPublicPicture(id))) return context.body(null, 404)
  const headers = { ETag: `"${id}-${form}"`, 'Cache-Control': 'public, max-age=31536000, immutable' }
  if (context.req.header('if-none-match') === headers.ETag) return context.body(null, 304, headers)
  const picture = await shelf.pictures.read(id, form)
  if (picture === undefined) return context.body(null, 404)
  return context.body(picture.bytes, 200, { ...headers, 'Content-Type': picture.mime })
}
