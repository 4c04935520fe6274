import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { OpenDatabase, Transaction } from '../storage/database.ts'
import type { RenewedHousehold } from './household-renewal.ts'
import type { ProgrammeHeading } from './layout.ts'
import { copyHeader, copyTrailer, personCopyColumns } from './person-copy.ts'
import type { RowCounts } from './row-check.ts'

/** A version that is about to be loaded. */
interface NewList {
  readonly id?: string
  readonly kind: string
  readonly title: string
  /** `yyyy-mm-dd` */
  readonly asOf: string
  readonly period: string | null
  readonly demo: boolean
  readonly by: string
  readonly at: Date
  readonly fileHash: string
  readonly hashKeyId: string
  readonly programmes: readonly string[]
}

/** The only import of its list kind, for as long as it lasts. */
export interface ImportSession {
  /** Whether this very file is the version in force or the one before. */
  hasFile(fileHash: string): Promise<boolean>
  /** Adds a version in the state `loading` and returns its id; rejects when the id that it should have is in use. */
  begin(list: NewList): Promise<string>
  /** The household hashes of the claim codes that are still valid. */
  claimHouseholds(): Promise<readonly Uint8Array[]>
  /** Loads all persons, in batches as a person encoder makes them, or none when the batches fail. */
  load(batches: AsyncIterable<Uint8Array>): Promise<void>
  /** Puts the version in force, in one transaction, and then removes those that are older than the one before. */
  switchTo(listId: string, counts: RowCounts, renewed: readonly RenewedHousehold[]): Promise<void>
  /** Marks the version as failed. */
  fail(listId: string, counts: RowCounts): Promise<void>
}

export interface ImportStore {
  programmes(): Promise<readonly ProgrammeHeading[]>
  /**
   * Runs `work` as the only import of the list kind, in whatever process; undefined when another one is running. What
   * imports that died have left behind is removed first.
   */
  exclusive<T>(kind: string, work: (session: ImportSession) => Promise<T>): Promise<T | undefined>
}

export interface ImportStoreDeps {
  readonly database: OpenDatabase
  readonly audit: AuditTrail<Transaction>
  readonly now: () => Date
}

/** The import's part of the database. */
export function createImportStore(deps: ImportStoreDeps): ImportStore {
  const { prisma, pool } = deps.database
  return {
    programmes: () =>
      prisma.programme.findMany({ orderBy: { sort: 'asc' }, select: { code: true, headings: true } }),
    async exclusive(kind, work) {
      const client = await pool.connect()
      const name = `lopo import ${kind}`
      try {
        if (!(await lock(client, name))) return undefined
        // The lock ends with its connection, so a list that is still loading belongs to an import that died.
        await removeLists(prisma, { kind, state: 'loading' })
        return await work(createSession(deps, kind, client))
      } finally {
        await unlock(client, name)
      }
    },
  }
}

async function lock(client: PoolClient, name: string): Promise<boolean> {
  const sql = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked'
  const { rows } = await client.query<{ locked: boolean }>(sql, [name])
  return rows[0]?.locked === true
}

/** Frees the lock before anybody is told that the import ended; a connection that cannot is closed, which frees it too. */
async function unlock(client: PoolClient, name: string): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name])
    client.release()
  } catch {
    client.release(true)
  }
}

function createSession(
  { database, audit, now }: ImportStoreDeps,
  kind: string,
  client: PoolClient,
): ImportSession {
  const { prisma } = database
  return {
    async hasFile(fileHash) {
      return (await prisma.assistanceList.count({ where: { kind, fileHash, state: 'ready' } })) > 0
    },
    async begin({ at, by, asOf, programmes, ...list }) {
      const data = {
        ...list,
        importedAt: at,
        importedBy: by,
        asOf: new Date(asOf),
        programmes: [...programmes],
      }
      // What failed under this id may be tried again.
      if (list.id !== undefined) await removeLists(prisma, { kind, id: list.id, state: 'failed' })
      const { id } = await prisma.assistanceList.create({ data, select: { id: true } })
      return id
    },
    async claimHouseholds() {
      const where = { listKind: kind, revokedAt: null, expiresAt: { gt: now() } }
      const codes = await prisma.claimCode.findMany({ where, select: { householdHashes: true } })
      return codes.flatMap((code) => code.householdHashes)
    },
    load: (batches) => copyPersons(client, batches),
    async switchTo(listId, counts, renewed) {
      await prisma.$transaction(async (transaction) => {
        const list = await transaction.assistanceList.update({
          where: { id: listId },
          data: { ...countsOf(counts), state: 'ready' },
        })
        await activate(transaction, kind, listId, list.importedBy, now())
        for (const { old, renewed: hash } of renewed) await renew(transaction, kind, old, hash)
        await audit.record(transaction, auditEntry('imported', list.importedBy, listId, counts, kind, now()))
      })
      await removeOld(prisma, kind)
      await prisma.$executeRaw`ANALYZE listed_person (list_id, nik_hash, details_hash, household_hash)`
    },
    async fail(listId, counts) {
      await prisma.$transaction(async (transaction) => {
        const list = await transaction.assistanceList.update({
          where: { id: listId },
          data: { ...countsOf(counts), state: 'failed' },
        })
        await audit.record(transaction, auditEntry('refused', list.importedBy, listId, counts, kind, now()))
      })
    },
  }
}

async function copyPersons(client: PoolClient, batches: AsyncIterable<Uint8Array>): Promise<void> {
  const columns = personCopyColumns.join(', ')
  const copy = client.query(copyFrom(`COPY listed_person (${columns}) FROM STDIN (FORMAT binary)`))
  const encoded = async function* () {
    yield copyHeader
    yield* batches
    yield copyTrailer
  }
  await pipeline(Readable.from(encoded(), { objectMode: true, highWaterMark: 2 }), copy)
}

function countsOf({ rows, accepted, quarantined, reasons }: RowCounts) {
  return { rows, accepted, quarantined, reasons: { ...reasons } }
}

async function activate(
  transaction: Transaction,
  kind: string,
  listId: string,
  by: string,
  at: Date,
): Promise<void> {
  const before = await transaction.activeList.findUnique({ where: { kind } })
  const data = { listId, previousId: before?.listId ?? null, switchedAt: at, switchedBy: by }
  await transaction.activeList.upsert({ where: { kind }, create: { kind, ...data }, update: data })
}

async function renew(
  transaction: Transaction,
  kind: string,
  old: Uint8Array,
  renewed: Uint8Array,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE claim_code SET household_hashes = array_append(household_hashes, ${renewed}::bytea)
    WHERE list_kind = ${kind} AND ${old}::bytea = ANY (household_hashes)
      AND NOT ${renewed}::bytea = ANY (household_hashes)`
}

async function removeOld(prisma: OpenDatabase['prisma'], kind: string): Promise<void> {
  const active = await prisma.activeList.findUnique({ where: { kind } })
  if (active === null) return
  const kept = [active.listId, active.previousId].filter((id) => id !== null)
  await removeLists(prisma, { kind, id: { notIn: kept }, state: { not: 'loading' } })
}

/** Removes lists with their persons: no foreign key does it. */
async function removeLists(
  prisma: OpenDatabase['prisma'],
  where: { kind: string; id?: string | { notIn: string[] }; state: string | { not: string } },
): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    const lists = await transaction.assistanceList.findMany({ where, select: { id: true } })
    if (lists.length === 0) return
    const ids = lists.map(({ id }) => id)
    await transaction.listedPerson.deleteMany({ where: { listId: { in: ids } } })
    await transaction.assistanceList.deleteMany({ where: { id: { in: ids } } })
  })
}

function auditEntry(outcome: string, by: string, listId: string, counts: RowCounts, kind: string, at: Date) {
  const { rows, accepted, quarantined } = counts
  return {
    at,
    actor: { type: 'staff' as const, id: by },
    action: 'assistance.import',
    subject: listId,
    outcome,
    details: { kind, rows, accepted, quarantined },
  }
}
