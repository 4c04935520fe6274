import { access } from 'node:fs/promises'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo db`: migrates, and writes or reads a backup of every table. */
export const dbCommand: Command = {
  summary: 'migrate, back up or restore the database; draft a migration after the schema was edited',
  usage: 'db migrate\ndb backup FILE [--force]\ndb restore FILE\ndb draft NAME',
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      force: { type: 'boolean', default: false },
    })
    const [what, file] = positionals
    if (what === 'migrate') {
      const app = await context.openApp()
      await app.close()
      context.err('The database is up to date.\n')
      return 0
    }
    if (what === 'draft' && /^[a-z][a-z0-9_]*$/.test(file ?? '')) return draft(file ?? '', context)
    if (what !== 'backup' && what !== 'restore') throw wrongUsage(problemOf(what, file), this.usage)
    if (file === undefined) throw wrongUsage('the file is missing', this.usage)
    if (what === 'backup' && !values.force && (await exists(file)))
      throw new UsageError(`lopo: ${file} is there already: name another file, or add --force`)
    const { backUp, restore } = await import('../storage/backup.ts')
    const app = await context.openApp()
    try {
      const { owner } = app.storage.database
      const tables = what === 'backup' ? await backUp(owner, file) : await restore(owner, file)
      context.err(
        `${tables.rows} rows of ${tables.tables} tables ${what === 'backup' ? 'are in' : 'came from'} ${file}\n`,
      )
    } finally {
      await app.close()
    }
    return 0
  },
}

function problemOf(what: string | undefined, name: string | undefined): string {
  if (what === undefined) return 'what to do is missing'
  if (what !== 'draft') return `db cannot ${what}`
  return name === undefined
    ? 'the name of the migration is missing'
    : 'a name has small letters, digits and _ only, and begins with a letter'
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Writes the migration that the edited schema needs, tried on a database made for it. */
async function draft(name: string, context: CliContext): Promise<number> {
  const { writeMigration } = await import('../storage/migrations.ts')
  const { createScratchDatabase } = await import('../storage/scratch-storage.ts')
  const app = await context.openApp()
  try {
    const scratch = await createScratchDatabase(app.storage.database.url)
    const folder = await writeMigration(scratch.url, name, context.now()).finally(scratch.drop)
    if (folder === undefined) context.err('The migrations already equal the schema.\n')
    else context.out(`${folder}\n`)
    return 0
  } finally {
    await app.close()
  }
}
