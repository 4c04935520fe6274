import type { Database } from '../../storage/database.ts'

/** What a picture is of. */
export type PictureKind = 'photo' | 'promotion' | 'sheet'

/** Which pictures there are; their bytes are elsewhere. */
export interface PictureRows {
  /** Notes a picture whose bytes are durable. With a key: the id that the key has, which is another's where it came first. */
  add(picture: {
    readonly id: string
    readonly kind: PictureKind
    readonly key?: string
    readonly at: Date
  }): Promise<string>
  /** The picture that was made of this, which is as if new from now on. */
  made(key: string, at: Date): Promise<string | undefined>
  remove(ids: readonly string[]): Promise<void>
}

/** Makes them. */
export function createPictureRows(prisma: Database): PictureRows {
  return {
    async add({ id, kind, key, at }) {
      const row = { id, kind, key: key ?? null, createdAt: at }
      const { count } = await prisma.picture.createMany({ data: [row], skipDuplicates: true })
      if (count === 1 || key === undefined) return id
      const other = await prisma.picture.findUnique({ where: { key }, select: { id: true } })
      return other?.id ?? id
    },
    async made(key, at) {
      const [row] = await prisma.picture.updateManyAndReturn({
        where: { key },
        data: { createdAt: at },
        select: { id: true },
      })
      return row?.id
    },
    async remove(ids) {
      await prisma.picture.deleteMany({ where: { id: { in: [...ids] } } })
    },
  }
}
