import type { Actor, AuditTrail } from '../staff/audit-trail.ts'
import type { Secrets } from './secrets.ts'
import type { Transaction } from './store.ts'

/** A sealed column that is sealed anew, some rows at a time. */
export interface Resealer {
  /** What the rows are, for the progress. */
  readonly name: string
  count(): Promise<number>
  /** Seals the rows after the mark `after` anew where another key sealed them; undefined when there are no more. */
  next(after: bigint, reseal: Reseal): Promise<{ readonly last: bigint; readonly rows: number } | undefined>
}

/** The bytes sealed by the current key, or undefined when they are already. */
type Reseal = (sealed: Uint8Array) => Uint8Array<ArrayBuffer> | undefined

/** A keyring that knows which key sealed something. */
interface RotatingSecrets extends Secrets {
  keyIdOf(sealed: Uint8Array): string
}

export interface RotateKeysDeps {
  readonly secrets: RotatingSecrets
  readonly resealers: readonly Resealer[]
  readonly audit: AuditTrail<Transaction>
  /** Runs something in a transaction of its own. */
  readonly inTransaction: (work: (transaction: Transaction) => Promise<void>) => Promise<void>
}

/**
 * Makes the sealing anew by the current key, which was added to the ring before. It can be broken off and run again. Hashes
 * stay as they are: each list keeps the key that made them, so older keys must stay in the ring while such lists exist.
 */
export function createRotateKeys({ secrets, resealers, audit, inTransaction }: RotateKeysDeps) {
  const reseal: Reseal = (sealed) =>
    secrets.keyIdOf(sealed) === secrets.currentId ? undefined : secrets.seal(secrets.open(sealed))
  return async (
    request: { readonly by: Actor; readonly now: Date },
    onProgress: (progress: { name: string; rows: number; total: number }) => void = () => undefined,
  ): Promise<Readonly<Record<string, number>>> => {
    const done: Record<string, number> = {}
    for (const resealer of resealers) {
      const total = await resealer.count()
      let rows = 0
      for (let after = 0n; ; ) {
        const batch = await resealer.next(after, reseal)
        if (batch === undefined) break
        after = batch.last
        rows += batch.rows
        onProgress({ name: resealer.name, rows, total })
      }
      done[resealer.name] = rows
    }
    const { by, now } = request
    await inTransaction((transaction) =>
      audit.record(transaction, {
        at: now,
        actor: by,
        action: 'keys.rotate',
        subject: secrets.currentId,
        details: done,
      }),
    )
    return done
  }
}
