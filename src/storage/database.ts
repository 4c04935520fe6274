import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from './generated/client.ts'

/** The Prisma client, as stores take it. */
export type Database = PrismaClient

/** A Prisma transaction, as actions and stores take it. */
export type Transaction = Prisma.TransactionClient

/** A part of a statement with its values, and what joins several: for stores whose statements differ by what is asked. */
export const { sql, join: joinSql } = Prisma
export type Sql = Prisma.Sql

/** An open connection pool: Prisma for the stores, and plain connections for LISTEN, COPY and advisory locks. */
export interface OpenDatabase {
  /** Connections made with it have every right of the login: migrations, the job queue and locks use it. */
  readonly url: string
  readonly prisma: Database
  /**
   * The same on few connections of its own: for what is read or noted beside a transaction that is open. Were it to wait for a
   * connection of the others, sixteen such transactions would wait for each other for ever.
   */
  readonly beside: Database
  readonly pool: pg.Pool
  /** Few connections with every right of the login, for what the role of the others may not: restoring, and purging the trail. */
  readonly owner: pg.Pool
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connections?: number
  readonly onError?: (error: Error) => void
  /** The role that Prisma and the pool work under; undefined: the login itself. */
  readonly role?: string | undefined
}

/** Connects lazily to the PostgreSQL at `url`, with at most `connections` connections. */
export function openDatabase(url: string, options: DatabaseOptions = {}): OpenDatabase {
  const { role, connections = 16 } = options
  const open = (connectionString: string, max: number) => {
    const pool = new pg.Pool({ connectionString, max, application_name: 'lopo' })
    // A connection that breaks while idle must not end the process: the next query opens another.
    pool.on('error', (error) => {
      if (!pool.ending) options.onError?.(error)
    })
    return pool
  }
  const pool = open(role === undefined ? url : underRole(url, role), connections)
  const owner = role === undefined ? pool : open(url, 2)
  const prisma = clientOn(pool)
  let side: { readonly pool: pg.Pool; readonly prisma: Database } | undefined
  const openSide = () => {
    const own = open(role === undefined ? url : underRole(url, role), 4)
    return { pool: own, prisma: clientOn(own) }
  }
  return {
    url,
    prisma,
    get beside() {
      side ??= openSide()
      return side.prisma
    },
    pool,
    owner,
    async close() {
      await prisma.$disconnect()
      await side?.prisma.$disconnect()
      await side?.pool.end()
      await pool.end()
      if (owner !== pool) await owner.end()
    },
  }
}

/** A Prisma client on a pool, whose statements are prepared once a connection. */
function clientOn(pool: pg.Pool): Database {
  const names = new Map<string, string>()
  const adapter = new PrismaPg(pool, {
    statementNameGenerator: (query) => {
      const known = names.get(query.sql)
      if (known !== undefined) return known
      const name = `s${names.size}`
      if (names.size < 500) names.set(query.sql, name)
      return names.get(query.sql) ?? ''
    },
  })
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 30_000, timeout: 30_000 } })
}

/** The URL of connections that begin under the role, and fall back to it: it costs no statement. */
export function underRole(url: string, role: string): string {
  const target = new URL(url)
  const given = target.searchParams.get('options')
  const wish = `-c role=${role}`
  target.searchParams.set('options', given === null ? wish : `${given} ${wish}`)
  return target.href
}
