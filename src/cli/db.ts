import { chmod } from 'node:fs/promises'
import { type Command, UsageError } from './command.ts'

/** `lopo db`: migrates, and writes or reads a backup of every table. */
export const dbCommand: Command = {
  summary: 'migrate, back up or restore the database',
  usage: 'db migrate\ndb backup FILE\ndb restore FILE',
  async run([what, file], context) {
    if (what === 'migrate') {
      const app = await context.openApp()
      await app.close()
      context.err('The database is up to date.\n')
      return 0
    }
    if ((what !== 'backup' && what !== 'restore') || file === undefined)
      throw new UsageError(`lopo ${this.usage}`)
    const { backUp, restore } = await import('../storage/backup.ts')
    const app = await context.openApp()
    try {
      const { pool } = app.storage.database
      const tables = what === 'backup' ? await backUp(pool, file) : await restore(pool, file)
      if (what === 'backup') await chmod(file, 0o600)
      context.err(
        `${tables.rows} rows of ${tables.tables} tables ${what === 'backup' ? 'are in' : 'came from'} ${file}\n`,
      )
    } finally {
      await app.close()
    }
    return 0
  },
}
