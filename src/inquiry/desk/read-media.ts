import type { TicketDesk } from '../ticket-desk.ts'
import { type DeskDeps, findVisible, noteDeed } from './perform-deed.ts'

/** A file as it is kept; undefined when there is none of that id, or no longer. */
export type ReadMedia = (
  id: string,
) => Promise<
  { readonly mime: string; readonly bytes: Uint8Array; readonly name?: string | undefined } | undefined
>

/** Makes the use case: a file that hangs on a line of the ticket, and that it was looked at is in the trail. */
export function createReadMedia(
  deps: Pick<DeskDeps, 'store' | 'audit' | 'now'> & { readonly readMedia: ReadMedia },
): TicketDesk['media'] {
  return async (viewer, number, mediaId) => {
    const isThere = await deps.store.transact(async (transaction) => {
      if ((await findVisible(deps, transaction, viewer, number)) === undefined) return false
      const entries = await deps.store.entries(transaction, number)
      if (!entries.some(({ entry }) => entry.media.includes(mediaId))) return false
      await noteDeed(deps, transaction, {
        viewer,
        number,
        action: 'ticket.media',
        now: deps.now(),
        details: { media: mediaId },
      })
      return true
    })
    const file = isThere ? await deps.readMedia(mediaId) : undefined
    return file && { mime: file.mime, bytes: file.bytes, name: file.name }
  }
}
