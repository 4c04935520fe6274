import { z } from 'zod'
import { UnreadableAccountError, type WhatsAppStore } from '../channels/whatsapp-store.ts'
import type { Transaction } from './database.ts'
import { joinContacts } from './join-contacts.ts'
import { type AccountDeps, bytea, runNamed } from './whatsapp-run.ts'
import type { AccountSecret } from './whatsapp-secret.ts'

/** How many ids are remembered with the name of their person. */
const mostRemembered = 20_000

const findNames = {
  name: 'find names',
  text: `
    SELECT a.jid_hash, p.id, p.name FROM whatsapp_alias a JOIN whatsapp_person p ON p.id = a.person_id
    WHERE a.account = $1 AND a.jid_hash = ANY($2::bytea[])`,
} as const

const nameRow = z.object({ jid_hash: bytea, id: z.coerce.bigint(), name: bytea })

/** One person, as found by one of their ids. */
interface Known {
  readonly id: bigint
  readonly name: Uint8Array
}

/** An id of a person, with the hash that stands for it. */
interface Alias {
  readonly jid: string
  readonly hash: Uint8Array<ArrayBuffer>
}

/** Names of persons. `forget` is for when another process may have joined some. */
export interface PersonNames extends Pick<WhatsAppStore, 'nameOf'> {
  forget(): void
}

/** Makes it. A person whose ids are remembered costs no query. */
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
    const settled = rows.length === jids.length ? nameAlike(deps, rows) : undefined
    const name = settled ?? (await prisma.$transaction((transaction) => settle(deps, transaction, aliases)))
    // Ids that were remembered by another name are of a person that was joined with this one just now.
    if (jids.some((jid) => names.has(jid))) names.clear()
    remember(jids, name)
    return name
  }

  return {
    async nameOf(jid, other) {
      const jids = other === undefined || other === jid ? [jid] : [jid, other]
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

/** The name, when all rows are of one person. */
function nameAlike(deps: AccountDeps, rows: readonly Known[]): string | undefined {
  const [first, ...others] = rows
  return first !== undefined && others.every(({ id }) => id === first.id) ? openName(deps, first) : undefined
}

/** Writes down what is new about a person, and gives their name. */
async function settle(
  deps: AccountDeps,
  transaction: Transaction,
  aliases: readonly Alias[],
): Promise<string> {
  const { account, vault } = deps
  // One at a time in all processes: two messages of one person may bring their two ids at once.
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`whatsapp names ${account}`}, 0))`
  const rows = await transaction.whatsAppAlias.findMany({
    where: { account, jidHash: { in: aliases.map(({ hash }) => hash) } },
    include: { person: true },
  })
  const persons = new Map(rows.map(({ person }) => [person.id, person]))
  const [older, younger] = [...persons.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
  const jid = aliases[0]?.jid ?? ''
  const person =
    older ?? (await transaction.whatsAppPerson.create({ data: { account, name: vault.seal('name', jid) } }))
  await transaction.whatsAppAlias.createMany({
    data: aliases.map(({ hash }) => ({ account, jidHash: hash, personId: person.id })),
    skipDuplicates: true,
  })
  const name = openName(deps, person) ?? (await nameAnew(deps, transaction, person, jid))
  if (younger !== undefined) await join(deps, transaction, { id: person.id, name }, younger)
  return name
}

/** Undefined when the name cannot be read. */
function openName({ vault }: AccountDeps, { name }: Known): string | undefined {
  try {
    return vault.openText('name', name)
  } catch (error) {
    if (error instanceof UnreadableAccountError) return undefined
    throw error
  }
}

/** A name that nobody can read must not keep a person out for good: they are known by this id from now on. */
async function nameAnew(
  { vault }: AccountDeps,
  transaction: Transaction,
  { id }: Known,
  jid: string,
): Promise<string> {
  await transaction.whatsAppPerson.update({ where: { id }, data: { name: vault.seal('name', jid) } })
  return jid
}

async function join(
  deps: AccountDeps,
  transaction: Transaction,
  older: { readonly id: bigint; readonly name: string },
  younger: Known,
): Promise<void> {
  await transaction.whatsAppAlias.updateMany({
    where: { personId: younger.id },
    data: { personId: older.id },
  })
  await transaction.whatsAppPerson.delete({ where: { id: younger.id } })
  const name = openName(deps, younger)
  if (name !== undefined) await joinChats(deps, transaction, older.name, name)
}

/** The chats under both names are one contact's. Where one of them is still to come, it is made: else it would be another's. */
async function joinChats(
  { account }: AccountDeps,
  transaction: Transaction,
  older: string,
  younger: string,
): Promise<void> {
  const chats = await transaction.chat.findMany({
    where: { channel: 'whatsapp', account, externalId: { in: [older, younger] } },
    select: { contactId: true, externalId: true },
    orderBy: { id: 'asc' },
  })
  const [one, other] = chats
  if (one === undefined) return
  if (other === undefined) {
    const externalId = one.externalId === older ? younger : older
    const chat = { contactId: one.contactId, channel: 'whatsapp', account, externalId }
    await transaction.chat.createMany({ data: [chat], skipDuplicates: true })
  } else if (one.contactId !== other.contactId) {
    await joinContacts(transaction, one.contactId, other.contactId)
  }
}
