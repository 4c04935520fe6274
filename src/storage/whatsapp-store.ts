import type pg from 'pg'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import type { Database } from './database.ts'
import { createAccountCreds } from './whatsapp-creds.ts'
import { createJournal } from './whatsapp-journal.ts'
import { createSignalKeys } from './whatsapp-keys.ts'
import { createPersonNames } from './whatsapp-names.ts'
import { createAccountSecret } from './whatsapp-secret.ts'
import { createAccountStatus } from './whatsapp-status.ts'
import { createTargets } from './whatsapp-targets.ts'
import { createVault, type VaultKeys } from './whatsapp-vault.ts'

export interface WhatsAppStoreDeps {
  readonly pool: pg.Pool
  readonly prisma: Database
  readonly keyring: VaultKeys
  readonly now: () => Date
  readonly account: string
}

/** Makes the store of one account, in PostgreSQL. One process at a time may have the account; any may ask for its status. */
export function createWhatsAppStore({ keyring, ...rest }: WhatsAppStoreDeps): WhatsAppStore {
  const deps = { ...rest, vault: createVault(keyring, rest.account) }
  const secret = createAccountSecret(deps)
  const { nameOf, forget } = createPersonNames(deps, secret)
  const onAnew = () => {
    secret.forget()
    forget()
  }
  return {
    ...createAccountCreds({ ...deps, secret, onAnew }),
    ...createSignalKeys(deps, secret),
    ...createAccountStatus(deps, secret),
    nameOf,
    ...createTargets(deps, secret),
    ...createJournal(deps),
  }
}
