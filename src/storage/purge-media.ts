import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from './database.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const retentionDays = 90
const batch = 500

interface PurgeDeps {
  readonly folder: string
  readonly prisma: Database
}

/** Where the bytes of a file are: a folder for the first two letters of its id. */
export function mediaFolderOf(folder: string, id: string): string {
  return path.join(folder, id.slice(0, 2))
}

/**
 * Erases files that no step took within an hour, files older than 90 days, and bytes that no row names. Returns how many
 * files went.
 */
export async function purgeMedia(deps: PurgeDeps, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const isOver = [
    { keptAt: null, createdAt: { lt: before(hourMs) } },
    { createdAt: { lt: before(retentionDays * dayMs) } },
  ]
  let gone = 0
  for (;;) {
    const where = { erasedAt: null, OR: isOver }
    const rows = await deps.prisma.mediaFile.findMany({ where, select: { id: true }, take: batch })
    const ids = rows.map(({ id }) => id)
    for (const id of ids) await erase(mediaFolderOf(deps.folder, id), id)
    await deps.prisma.mediaFile.updateMany({
      where: { id: { in: ids } },
      data: { erasedAt: now, name: null },
    })
    gone += ids.length
    if (ids.length < batch) break
  }
  await deps.prisma.mediaFile.deleteMany({
    where: { erasedAt: { not: null }, createdAt: { lt: before(dayMs) } },
  })
  return gone + (await eraseNameless(deps, before(hourMs)))
}

async function erase(folder: string, id: string): Promise<void> {
  for (const name of [id, `${id}.new`]) await rm(path.join(folder, name), { force: true })
}

/** Bytes without a row: another machine removed it, or they are older than rows with an owner. */
async function eraseNameless({ folder, prisma }: PurgeDeps, before: Date): Promise<number> {
  let gone = 0
  for (const shard of await readdir(folder).catch(() => [])) {
    const names = await readdir(path.join(folder, shard)).catch(() => [])
    const ids = [...new Set(names.map((name) => name.replace(/\.new$/, '')))].filter(isId)
    const rows = await prisma.mediaFile.findMany({
      where: { id: { in: ids }, erasedAt: null },
      select: { id: true },
    })
    const known = new Set(rows.map(({ id }) => id))
    for (const name of names) {
      const file = path.join(folder, shard, name)
      if (known.has(name.replace(/\.new$/, '')) || (await stat(file)).mtime >= before) continue
      await rm(file, { force: true })
      gone += 1
    }
  }
  return gone
}

function isId(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)
}
