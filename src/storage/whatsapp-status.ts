import { z } from 'zod'
import type { AccountStatus, WhatsAppStore } from '../channels/whatsapp-store.ts'
import { type AccountDeps, runPatiently } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

const states = ['unlinked', 'connecting', 'open', 'waiting', 'stopped'] as const

// Whether there are secrets is the truth, whatever was reported last: a connection on its way to be linked reports too.
const statusSql = `
  SELECT CASE WHEN creds IS NULL THEN 'unlinked' ELSE state END AS state,
    CASE WHEN creds IS NOT NULL OR state = 'unlinked' THEN reason END AS reason,
    state_at, linked_at, last_inbound_at, restricted_until
  FROM whatsapp_account WHERE account = $1`

const statusRow = z.object({
  state: z.enum(states),
  reason: z.string().nullable(),
  state_at: z.date(),
  linked_at: z.date().nullable(),
  last_inbound_at: z.date().nullable(),
  restricted_until: z.date().nullable(),
})

// Where a column is not spoken of it stays.
const reportSql = `
  UPDATE whatsapp_account SET
    state = coalesce($2, state),
    reason = CASE WHEN $3 THEN $4 ELSE reason END,
    state_at = CASE WHEN (coalesce($2, state), CASE WHEN $3 THEN $4 ELSE reason END) IS DISTINCT FROM (state, reason)
      THEN $5 ELSE state_at END,
    last_inbound_at = CASE WHEN $6 THEN $7 ELSE last_inbound_at END,
    restricted_until = CASE WHEN $8 THEN $9 ELSE restricted_until END
  WHERE account = $1`

/** Where the account stands. Nothing of it is sealed, so that it can be told of an account that cannot be read. */
export function createAccountStatus(
  { pool, account, now }: AccountDeps,
  secret: AccountSecret,
): Pick<WhatsAppStore, 'status' | 'report'> {
  async function update(change: Parameters<WhatsAppStore['report']>[0]): Promise<boolean> {
    const { state, reason, lastInboundAt, restrictedUntil } = change
    const { rowCount } = await runPatiently(pool, reportSql, [
      account,
      state ?? null,
      state !== undefined || 'reason' in change,
      reason ?? null,
      now(),
      'lastInboundAt' in change,
      lastInboundAt ?? null,
      'restrictedUntil' in change,
      restrictedUntil ?? null,
    ])
    return rowCount === 1
  }

  return {
    async status() {
      const { rows } = await runPatiently(pool, statusSql, [account])
      return rows.length === 0 ? unknown(account, now()) : statusOf(account, statusRow.parse(rows[0]))
    },
    async report(change) {
      if (await update(change)) return
      await secret.prepare()
      await update(change)
    },
  }
}

function statusOf(account: string, row: z.infer<typeof statusRow>): AccountStatus {
  return {
    account,
    state: row.state,
    reason: row.reason ?? undefined,
    stateAt: row.state_at,
    linkedAt: row.linked_at ?? undefined,
    lastInboundAt: row.last_inbound_at ?? undefined,
    restrictedUntil: row.restricted_until ?? undefined,
  }
}

function unknown(account: string, stateAt: Date): AccountStatus {
  return {
    account,
    state: 'unlinked',
    reason: undefined,
    stateAt,
    linkedAt: undefined,
    lastInboundAt: undefined,
    restrictedUntil: undefined,
  }
}
