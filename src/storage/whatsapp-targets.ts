import { z } from 'zod'
import { UnreadableAccountError, type WhatsAppStore } from '../channels/whatsapp-store.ts'
import type { Transaction } from './database.ts'
import { type Alias, settlePerson, takeTurn } from './whatsapp-persons.ts'
import { type AccountDeps, bytea, runNamed } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

// A name that was nobody's is its holder's.
const findTarget = {
  name: 'find target',
  text: `
    SELECT p.lid, p.id = a.person_id AS holds FROM whatsapp_alias a
    JOIN whatsapp_person p ON p.id = coalesce(a.named_id, a.person_id)
    WHERE a.account = $1 AND a.jid_hash = $2`,
} as const

const targetRow = z.object({ lid: bytea.nullable(), holds: z.boolean() })

/** Where persons are reached who are known by a phone number. A number may have become somebody else's since. */
export function createTargets(
  deps: AccountDeps,
  secret: AccountSecret,
): Pick<WhatsAppStore, 'targetOf' | 'noteTarget'> {
  const { pool, prisma, account } = deps
  return {
    async targetOf(name) {
      const [hash] = await secret.hash([name])
      const [row] = await runNamed(pool, targetRow, findTarget, [account, hash])
      if (row === undefined) return name
      return openLid(deps, row.lid) ?? (row.holds ? name : undefined)
    },
    async noteTarget(name, lid) {
      const [nameHash, lidHash] = await secret.hash([name, lid])
      if (nameHash === undefined || lidHash === undefined) return false
      const aliases = { name: { jid: name, hash: nameHash }, lid: { jid: lid, hash: lidHash } }
      return prisma.$transaction((transaction) => noteTarget(deps, transaction, aliases))
    },
  }
}

async function noteTarget(
  deps: AccountDeps,
  transaction: Transaction,
  { name, lid }: { readonly name: Alias; readonly lid: Alias },
): Promise<boolean> {
  const { account } = deps
  await takeTurn(transaction, account)
  const find = ({ hash }: Alias) =>
    transaction.whatsAppAlias.findUnique({
      where: { account_jidHash: { account, jidHash: hash } },
      include: { person: true },
    })
  const [number, owner] = [await find(name), await find(lid)]
  const addressee = number === null ? undefined : (number.namedId ?? number.personId)
  if (owner !== null) return owner.personId === addressee
  // A LID that nobody has come by yet is theirs, unless they have one of their own.
  if (number !== null && (number.personId !== addressee || number.person.lid !== null)) return false
  await settlePerson(deps, transaction, [name, lid])
  return true
}

/** Undefined where there is none, or none that can be read. */
function openLid({ vault }: AccountDeps, lid: Uint8Array | null): string | undefined {
  try {
    return lid === null ? undefined : vault.openText('lid', lid)
  } catch (error) {
    if (error instanceof UnreadableAccountError) return undefined
    throw error
  }
}
