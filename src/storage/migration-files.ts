import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the schema stands. */
export const prismaFolder = fileURLToPath(new URL('../../prisma', import.meta.url))

/** Where the migrations stand, a folder each. */
export const migrationsFolder = path.join(prismaFolder, 'migrations')

/** The names of the migrations, oldest first. */
export async function migrationNames(): Promise<readonly string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}
