import type { Database } from '../../storage/database.ts'
import type { PictureFiles } from './picture-files.ts'
import { keysOf } from './picture-forms.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** How long promotion pictures and sheets are kept after they were last wanted, in days. */
const drawnDays = 7
const batch = 500

/** What is purged, and where it is. */
export interface PurgePicturesDeps {
  readonly prisma: Database
  readonly files: PictureFiles
}

/**
 * Erases promotion pictures and sheets that nobody wanted for seven days, photos that no product has had since yesterday, and bytes of
 * pictures that are in no row. Returns how many pictures, or bytes without one, went.
 */
export async function purgePictures(deps: PurgePicturesDeps, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const drawn = await eraseAll(deps, (from) => takeDrawn(deps.prisma, before(drawnDays * dayMs), from))
  const photos = await eraseAll(deps, (from) => takePhotos(deps.prisma, before(dayMs), from))
  return drawn + photos + (await eraseNameless(deps, before(hourMs)))
}

async function eraseAll(
  { files }: PurgePicturesDeps,
  take: (most: number) => Promise<readonly string[]>,
): Promise<number> {
  for (let gone = 0; ; ) {
    const ids = await take(batch)
    await files.remove(ids.flatMap(keysOf))
    gone += ids.length
    if (ids.length < batch) return gone
  }
}

/** The rows go first: whatever a crash leaves of the bytes is in no row then. */
async function takeDrawn(prisma: Database, before: Date, most: number): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ readonly id: string }[]>`
    DELETE FROM picture WHERE id IN (
      SELECT id FROM picture WHERE kind IN ('promotion', 'sheet') AND created_at < ${before} LIMIT ${most}
      FOR UPDATE SKIP LOCKED
    ) RETURNING id::text`
  return rows.map(({ id }) => id)
}

async function takePhotos(prisma: Database, before: Date, most: number): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ readonly id: string }[]>`
    DELETE FROM picture WHERE id IN (
      SELECT p.id FROM picture p
      WHERE p.kind = 'photo' AND p.created_at < ${before}
        AND NOT EXISTS (SELECT 1 FROM product_photo f WHERE f.id = p.id)
      LIMIT ${most} FOR UPDATE SKIP LOCKED
    ) RETURNING id::text`
  return rows.map(({ id }) => id)
}

/** Bytes of a picture that was never noted, or of which only the bytes are left. */
async function eraseNameless({ files, prisma }: PurgePicturesDeps, before: Date): Promise<number> {
  let gone = 0
  for await (const keys of files.list(before)) {
    const ids = [...new Set(keys.map(idOf))]
    const rows = await prisma.picture.findMany({ where: { id: { in: ids } }, select: { id: true } })
    const known = new Set(rows.map(({ id }) => id))
    const nameless = keys.filter((key) => !known.has(idOf(key)))
    await files.remove(nameless)
    gone += new Set(nameless.map(idOf)).size
  }
  return gone
}

function idOf(key: string): string {
  return key.split('.')[0] ?? key
}
