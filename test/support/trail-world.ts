import { createLogger } from '../../src/log.ts'
import { createAuditTrail } from '../../src/staff/store.ts'
import type { ChainHead } from '../../src/staff/trail/audit-chain.ts'
import { createSealTrail, type SealTrail } from '../../src/staff/trail/seal-trail.ts'
import { type TrailState, verifyTrail } from '../../src/staff/trail/verify-trail.ts'
import type { OpenDatabase } from '../../src/storage/database.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../../src/storage/keyring.ts'
import type { Storage } from '../../src/storage/open-storage.ts'
import { createTestDatabase } from './test-database.ts'

/** A trail on a database of its own, with a clock that one sets. */
export interface TrailWorld {
  readonly database: OpenDatabase
  readonly clock: { now: Date }
  readonly logged: string[]
  keyring: Keyring
  /** Writes entries, one a transaction. */
  write(...actions: readonly string[]): Promise<void>
  seal: SealTrail
  /** Another process that seals. */
  newSealer(): SealTrail
  verify(expected?: ChainHead): Promise<TrailState>
  /** Changes what nothing in the program can change: as the owner, with the triggers off. */
  tamper(sql: string): Promise<void>
  later(milliseconds: number): void
  /** Empties the trail, and sets the clock back. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** Opens the world, on a database of its own or on a given one. */
export async function openTrailWorld(given?: Pick<Storage, 'database' | 'keyring'>): Promise<TrailWorld> {
  const database = given?.database ?? (await createTestDatabase())
  const start = new Date('2026-11-25T01:00:00Z')
  const clock = { now: start }
  const logged: string[] = []
  const log = createLogger('info', { write: (line) => logged.push(line) })
  const audit = createAuditTrail()
  const newSealer = () =>
    createSealTrail({ pool: database.pool, keyring: world.keyring, now: () => clock.now, log })
  const world: TrailWorld = {
    database,
    clock,
    logged,
    keyring: given?.keyring ?? createKeyring([newKeyEntry()]),
    async write(...actions) {
      for (const action of actions) {
        const actor = { type: 'staff', id: 'petugas' } as const
        const entry = {
          at: clock.now,
          actor,
          action,
          subject: 'ab',
          details: { b: 1.5, a: 'é', ticket: '7' },
        }
        await database.prisma.$transaction((transaction) => audit.record(transaction, entry))
      }
    },
    seal: () => Promise.reject(new Error('not yet')),
    newSealer,
    verify: (expected) => verifyTrail({ pool: database.pool, keyring: world.keyring }, expected),
    async tamper(sql) {
      const client = await database.owner.connect()
      try {
        await client.query('SET session_replication_role = replica')
        await client.query(sql)
      } finally {
        client.release(true)
      }
    },
    later(milliseconds) {
      clock.now = new Date(clock.now.getTime() + milliseconds)
    },
    async reset() {
      await world.tamper('TRUNCATE audit_entry, audit_seal RESTART IDENTITY')
      clock.now = start
      logged.length = 0
      world.keyring = createKeyring([newKeyEntry()])
      world.seal = newSealer()
    },
    close: () => database.close(),
  }
  world.seal = newSealer()
  return world
}
