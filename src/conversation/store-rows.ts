import type pg from 'pg'
import { z } from 'zod'
import { type Address, type ChannelName, channelNames } from '../channels/channel.ts'

/** A bigint column, as the drivers hand it over. */
export const big = z.union([z.bigint(), z.string(), z.number()]).transform(BigInt)

/** A bytea column. */
export const bytes = z.instanceof(Uint8Array)

/** The columns that make an address. */
export const addressColumns = {
  channel: z.enum(channelNames),
  account: z.string(),
  chat_external_id: z.string(),
}

export const idRow = z.object({ id: big })

/** The address in a row that has its columns. */
export function addressOf(row: { channel: ChannelName; account: string; chat_external_id: string }): Address {
  return { channel: row.channel, account: row.account, id: row.chat_external_id }
}

/** Runs one statement, and reads its rows by a schema. */
export type Run = <T>(schema: z.ZodType<T>, text: string, values: readonly unknown[]) => Promise<T[]>

/** A connection that says nothing for so long is given up: others wait for what it holds. */
const patienceMs = 30_000

/** Makes it. Every statement has a name, so that PostgreSQL plans it once a connection. */
export function createRun(pool: pg.Pool): Run {
  return async (schema, text, values) => {
    const query = { name: statementName(text), text, values: [...values], query_timeout: patienceMs }
    const { rows } = await pool.query(query)
    return rows.map((row) => schema.parse(row))
  }
}

const names = new Map<string, string>()

/** The same text always has the same name. */
function statementName(text: string): string {
  const name = names.get(text) ?? `conversation ${names.size}`
  names.set(text, name)
  return name
}
