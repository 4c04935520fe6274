import type pg from 'pg'
import { z } from 'zod'
import type { Keyring } from './keyring.ts'
import { bytea } from './whatsapp-run.ts'

const batchSize = 500

/** Sealed columns whose rows outlive the keys; messages are gone within two weeks. */
const columns = [
  { table: 'whatsapp_account', column: 'secret' },
  { table: 'whatsapp_account', column: 'creds' },
  { table: 'whatsapp_account', column: 'archived_secret' },
  { table: 'whatsapp_account', column: 'archived_creds' },
  { table: 'whatsapp_person', column: 'name' },
  { table: 'whatsapp_person', column: 'lid' },
  { table: 'whatsapp_key', column: 'value' },
  { table: 'whatsapp_archived_key', column: 'value' },
] as const

type Column = (typeof columns)[number]

const sealedRow = z.object({ place: z.string(), sealed: bytea })
const countRow = z.object({ n: z.number() })

// Rows have no number of their own: they are gone through by where they lie. One that moved was written anew meanwhile.
const selectSql = ({ table, column }: Column) => `
  SELECT ctid::text AS place, ${column} AS sealed FROM ${table}
  WHERE ctid > $1::tid AND substr(${column}, 1, 8) <> $2 ORDER BY ctid LIMIT ${batchSize}`

// The bot may be writing: what it holds is left to it, for waiting for several rows in no order could block both.
const updateSql = ({ table, column }: Column) => `
  WITH held AS (
    SELECT t.ctid AS place, g.resealed FROM ${table} t
    JOIN unnest($1::tid[], $2::bytea[], $3::bytea[]) AS g(place, sealed, resealed)
      ON t.ctid = g.place AND t.${column} = g.sealed
    WHERE t.ctid = ANY($1::tid[]) FOR UPDATE OF t SKIP LOCKED
  )
  UPDATE ${table} t SET ${column} = held.resealed FROM held WHERE t.ctid = held.place`

interface ResealerDeps {
  readonly pool: pg.Pool
  readonly secrets: Pick<Keyring, 'currentId' | 'openBytes' | 'sealBytes'>
}

/** Seals what WhatsApp accounts keep for long anew, some rows at a time. What cannot be read stays as it is. */
export function createWhatsAppResealer({ pool, secrets }: ResealerDeps) {
  const current = Buffer.from(secrets.currentId, 'latin1')
  const start = { index: 0, place: '(0,0)' }
  let at = start

  async function resealBatch(column: Column, rows: readonly z.infer<typeof sealedRow>[]): Promise<number> {
    const changed = rows.flatMap(({ place, sealed }) => {
      const resealed = tryReseal(secrets, sealed)
      return resealed === undefined ? [] : [{ place, sealed, resealed }]
    })
    const { rowCount } = await pool.query(updateSql(column), [
      changed.map(({ place }) => place),
      changed.map(({ sealed }) => sealed),
      changed.map(({ resealed }) => resealed),
    ])
    return rowCount ?? 0
  }

  return {
    name: 'whatsapp',
    async count() {
      const sql = columns.map(
        ({ table, column }) => `(SELECT count(*) FROM ${table} WHERE substr(${column}, 1, 8) <> $1)`,
      )
      const { rows } = await pool.query(`SELECT (${sql.join(' + ')})::int AS n`, [current])
      return countRow.parse(rows[0]).n
    },
    async next(after: bigint) {
      if (after === 0n) at = start
      for (;;) {
        const column = columns[at.index]
        if (column === undefined) return undefined
        const { rows } = await pool.query(selectSql(column), [at.place, current])
        const found = z.array(sealedRow).parse(rows)
        const last = found.at(-1)
        at = last === undefined ? { index: at.index + 1, place: start.place } : { ...at, place: last.place }
        if (last !== undefined)
          return { last: after + BigInt(found.length), rows: await resealBatch(column, found) }
      }
    },
  }
}

function tryReseal({ openBytes, sealBytes }: ResealerDeps['secrets'], sealed: Uint8Array) {
  try {
    return sealBytes(openBytes(sealed))
  } catch {
    return undefined
  }
}
