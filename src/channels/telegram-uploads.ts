import { GrammyError } from 'grammy'
import type { Media } from './channel.ts'

/** Telegram's ids of files, one for each file where it is known. */
export type FileIds = readonly (string | undefined)[]

/** Knows by which id Telegram has files that went out before, so that each is uploaded once, however many it goes to. */
export interface Uploads {
  /**
   * Calls `send` with the ids that are known, and remembers those that it answers. When Telegram refuses an id, the files are
   * uploaded again. With `waits`, an upload of the same files that is under way is waited for.
   */
  use<T>(
    media: readonly Media[],
    waits: boolean,
    send: (known: FileIds) => Promise<{ readonly result: T; readonly ids: FileIds }>,
  ): Promise<T>
}

/** So many are remembered: the files of many broadcasts at once. */
const mostKnown = 200

/** Makes it for one bot: ids mean nothing to another. */
export function createUploads(): Uploads {
  const known = new Map<string, string>()
  const underWay = new Map<string, Promise<void>>()

  function remember(media: readonly Media[], ids: FileIds): void {
    for (const [index, one] of media.entries()) {
      const id = ids[index]
      if (id === undefined) continue
      known.delete(keyOf(one))
      known.set(keyOf(one), id)
    }
    for (const key of known.keys()) {
      if (known.size <= mostKnown) break
      known.delete(key)
    }
  }

  return {
    async use(media, waits, send) {
      const all = media.map(keyOf).join()
      for (;;) {
        const upload = underWay.get(all)
        if (waits && upload !== undefined) {
          await upload
          continue
        }
        const ids = media.map((one) => known.get(keyOf(one)))
        const isKnown = ids.every((id) => id !== undefined)
        const ended = Promise.withResolvers<void>()
        if (!isKnown) underWay.set(all, ended.promise)
        try {
          const sent = await send(ids)
          remember(media, sent.ids)
          return sent.result
        } catch (error) {
          if (!isAboutFile(error) || ids.every((id) => id === undefined)) throw error
          // Somebody else may have found the same, and uploaded them already.
          for (const [index, one] of media.entries())
            if (known.get(keyOf(one)) === ids[index]) known.delete(keyOf(one))
        } finally {
          if (underWay.get(all) === ended.promise) underWay.delete(all)
          ended.resolve()
        }
      }
    },
  }
}

/** The same file has another id as a photo than as a document. */
function keyOf({ id, type }: Media): string {
  return `${type} ${id}`
}

/** Telegram tells in words only that it knows no file by an id. */
function isAboutFile(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && /file/i.test(error.description)
}
