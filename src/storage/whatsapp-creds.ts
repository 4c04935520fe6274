import { z } from 'zod'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import type { Transaction } from './database.ts'
import { type AccountDeps, bytea, runPatiently } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

const place = 'creds'
const credsRow = z.object({ creds: bytea.nullable() })

// The first secrets are the link; until its connection reports, an account that has secrets is not `unlinked`.
const writeSql = `
  UPDATE whatsapp_account SET creds = $2, linked_at = coalesce(linked_at, $3),
    state = CASE WHEN state = 'unlinked' THEN 'connecting' ELSE state END,
    reason = CASE WHEN state = 'unlinked' THEN NULL ELSE reason END,
    state_at = CASE WHEN state = 'unlinked' THEN $3 ELSE state_at END
  WHERE account = $1`

interface CredsDeps extends AccountDeps {
  readonly secret: AccountSecret
  /** Told when what was read of the account before may no longer hold. */
  readonly onAnew: () => void
}

/** The account's own secrets, and setting them aside. */
export function createAccountCreds(
  deps: CredsDeps,
): Pick<WhatsAppStore, 'readCreds' | 'writeCreds' | 'archive'> {
  const { pool, prisma, vault, account, now, secret, onAnew } = deps
  return {
    async readCreds() {
      // A connection begins: another process may have had the account since the last one.
      onAnew()
      const { rows } = await runPatiently(pool, 'SELECT creds FROM whatsapp_account WHERE account = $1', [
        account,
      ])
      const creds = z.array(credsRow).parse(rows)[0]?.creds ?? null
      if (creds === null) return undefined
      const json = vault.openText(place, creds)
      await secret.prepare()
      return json
    },
    async writeCreds(json) {
      await secret.prepare()
      await runPatiently(pool, writeSql, [account, vault.seal(place, json), now()])
    },
    async archive() {
      await prisma.$transaction((transaction) => archive(deps, transaction))
      onAnew()
    },
  }
}

async function archive({ account, now, secret }: CredsDeps, transaction: Transaction): Promise<void> {
  // Whoever writes keys just now is waited for, and who comes next waits: what is set aside is whole.
  await transaction.$executeRaw`LOCK TABLE whatsapp_key IN SHARE ROW EXCLUSIVE MODE`
  await transaction.$executeRaw`SELECT 1 FROM whatsapp_account WHERE account = ${account} FOR UPDATE`
  const row = await transaction.whatsAppAccount.findUnique({ where: { account } })
  if (row === null) return
  if (row.creds !== null) await setAside(transaction, account, now())
  await transaction.whatsAppKey.deleteMany({ where: { account } })
  // What is hashed by a secret that nobody can read is lost: the next link needs one of its own.
  const other = secret.replacement(row.secret)
  const stands = { creds: null, linkedAt: null, state: 'unlinked', reason: null, stateAt: now() }
  const data = other === undefined ? stands : { ...stands, secret: other }
  await transaction.whatsAppAccount.update({ where: { account }, data })
}

/** As they are, sealed: what cannot be read now may be read when its key is found. */
async function setAside(transaction: Transaction, account: string, at: Date): Promise<void> {
  await transaction.whatsAppArchivedKey.deleteMany({ where: { account } })
  await transaction.$executeRaw`
    INSERT INTO whatsapp_archived_key (account, type, id_hash, value)
    SELECT account, type, id_hash, value FROM whatsapp_key WHERE account = ${account} AND value IS NOT NULL`
  await transaction.$executeRaw`
    UPDATE whatsapp_account SET archived_at = ${at}, archived_secret = secret, archived_creds = creds
    WHERE account = ${account}`
}
