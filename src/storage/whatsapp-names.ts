import { z } from 'zod'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import { type Alias, addPerson, isLid, type Known, openName, settlePerson } from './whatsapp-persons.ts'
import { type AccountDeps, bytea, runNamed } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

/** How many ids are remembered with the name of their person. */
const mostRemembered = 20_000

const findNames = {
  name: 'find names',
  text: `
    SELECT p.id, p.name FROM whatsapp_alias a JOIN whatsapp_person p ON p.id = a.person_id
    WHERE a.account = $1 AND a.jid_hash = ANY($2::bytea[])`,
} as const

const nameRow = z.object({ id: z.coerce.bigint(), name: bytea })

/** Names of persons. `forget` is for when another process may have joined some. */
export interface PersonNames extends Pick<WhatsAppStore, 'nameOf'> {
  forget(): void
}

/** Makes it. A person whose ids are remembered costs no query, one who is new two statements. */
export function createPersonNames(deps: AccountDeps, secret: AccountSecret): PersonNames {
  const { pool, prisma, account } = deps
  const names = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()

  function remembered(jids: readonly string[]): string | undefined {
    const [name, ...others] = jids.map((jid) => names.get(jid))
    return others.every((other) => other === name) ? name : undefined
  }

  function remember(jids: readonly string[], name: string): void {
    for (const jid of jids) {
      names.set(jid, name)
      const [oldest] = names.keys()
      if (names.size > mostRemembered && oldest !== undefined) names.delete(oldest)
    }
  }

  async function lookUp(jids: readonly string[]): Promise<string> {
    const known = remembered(jids)
    if (known !== undefined) return known
    const hashes = await secret.hash(jids)
    const aliases = jids.flatMap((jid, index) => {
      const hash = hashes[index]
      return hash === undefined ? [] : [{ jid, hash }]
    })
    const rows = await runNamed(pool, nameRow, findNames, [account, hashes])
    const settled = rows.length === 0 ? await addPerson(deps, aliases) : nameAlike(deps, rows, jids.length)
    const name = settled ?? (await settle(aliases))
    // Ids that were remembered by another name are of a person that was joined with this one, or who lost a number to them.
    if (jids.some((jid) => names.has(jid))) names.clear()
    remember(jids, name)
    return name
  }

  function settle([first, ...others]: readonly Alias[]): Promise<string> {
    if (first === undefined) throw new Error('a person has an id')
    return prisma.$transaction((transaction) => settlePerson(deps, transaction, [first, ...others]))
  }

  return {
    async nameOf(jid, other) {
      // Two LIDs are two persons, whoever says otherwise.
      const isOne = other === undefined || other === jid || (isLid(jid) && isLid(other))
      const jids = isOne ? [jid] : [jid, other]
      const known = remembered(jids)
      if (known !== undefined) return known
      // One after the other: what an earlier look-up found must not be remembered after what a later one changed.
      const mine = last.then(() => lookUp(jids))
      last = mine.catch(() => undefined)
      return mine
    },
    forget: () => names.clear(),
  }
}

/** The name, when every id is known, and all are one person's. */
function nameAlike(deps: AccountDeps, rows: readonly Known[], ids: number): string | undefined {
  const [first, ...others] = rows
  if (first === undefined || rows.length < ids || others.some(({ id }) => id !== first.id)) return undefined
  return openName(deps, first)
}
