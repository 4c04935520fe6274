import type { App } from '../app.ts'
import type { Address, Media } from '../channels/channel.ts'
import { cleanPicture } from '../marketplace/pictures/clean-picture.ts'
import type { Officer } from '../staff/officer.ts'
import type { BroadcastFile } from '../web/desk/broadcasts/broadcast-deps.ts'
import { mediaKind } from '../web/desk/broadcasts/media-kind.ts'

/** Where the files of broadcasts are. */
export interface BroadcastFiles {
  /** Keeps a file that was looked at for an hour, longer once a broadcast is saved with it; `broken`: it is no picture. */
  save(file: BroadcastFile, officer: Officer): Promise<Media | 'too_much' | 'broken'>
  /** A file that this officer sent or that goes along with a broadcast; undefined for every other. */
  read(id: string, officer: Officer): Promise<(BroadcastFile & { readonly media: Media }) | undefined>
}

/** What files are kept with; `cleanPicture` gives a picture without what cameras write into it, undefined for what is none. */
export interface BroadcastFilesDeps extends Pick<App, 'media' | 'broadcasts'> {
  readonly cleanPicture?: (file: BroadcastFile) => Promise<BroadcastFile | undefined>
}

/** Whose the files are: each officer has a share of the day. */
function ownerOf({ id }: Officer): Address {
  return { channel: 'terminal', account: 'desk', id: `broadcasts ${id}` }
}

/** Makes it. */
export function createBroadcastFiles({
  media,
  broadcasts,
  cleanPicture: clean,
}: BroadcastFilesDeps): BroadcastFiles {
  return {
    async save(file, officer) {
      const isPicture = file.mime.startsWith('image/')
      const kept = isPicture && clean !== undefined ? await clean(file) : file
      return kept === undefined ? 'broken' : media.save(kept, ownerOf(officer))
    },
    async read(id, officer) {
      const file = await media.read(id)
      if (file === undefined) return undefined
      if (!file.isOf(ownerOf(officer)) && !(await broadcasts.usesFile(id))) return undefined
      const { mime, bytes, name } = file
      const type = mime.startsWith('image/') ? ('photo' as const) : ('document' as const)
      return { mime, bytes, ...(name !== undefined && { name }), media: { id, type, mime, name } }
    },
  }
}

/** Keeps a file of which nothing is known but its bytes, or tells why it cannot go along. */
export async function takeFile(
  files: BroadcastFiles,
  file: Pick<BroadcastFile, 'bytes' | 'name'>,
  officer: Officer,
): Promise<Media | 'file_kind' | 'file_large' | 'too_much' | 'broken'> {
  const kind = mediaKind(file)
  return kind.type === 'fit' ? files.save({ ...file, mime: kind.mime }, officer) : kind.type
}

/** Without what cameras write into it: place, device, thumbnail. */
export async function cleanBroadcastPicture(file: BroadcastFile): Promise<BroadcastFile | undefined> {
  const cleaned = await cleanPicture(file.bytes)
  return cleaned.type === 'clean' ? { ...file, mime: cleaned.mime, bytes: cleaned.bytes } : undefined
}
