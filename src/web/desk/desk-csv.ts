import type { Context } from 'hono'

/** A CSV file to keep, of pieces that come one after the other. `name` is without its ending. */
export function csvStream(context: Context, name: string, pieces: AsyncIterable<string>): Response {
  context.header('Content-Type', 'text/csv; charset=utf-8')
  context.header('Content-Disposition', `attachment; filename="${name}.csv"`)
  return context.body(ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()))
}
