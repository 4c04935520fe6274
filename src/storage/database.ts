import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from './generated/client.ts'

/** The Prisma client, as stores take it. */
export type Database = PrismaClient

/** A Prisma transaction, as actions and stores take it. */
export type Transaction = Prisma.TransactionClient

/** An open connection pool: Prisma for the stores, and plain connections for LISTEN, COPY and advisory locks. */
export interface OpenDatabase {
  readonly url: string
  readonly prisma: Database
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Connects lazily to the PostgreSQL at `url`, with at most `connections` connections. */
export function openDatabase(
  url: string,
  options: { connections?: number; onError?: (error: Error) => void } = {},
): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 16,
    application_name: 'lopo',
  })
  // A connection that breaks while idle must not end the process: the next query opens another.
  pool.on('error', (error) => options.onError?.(error))
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
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 30_000, timeout: 30_000 } })
  return {
    url,
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
