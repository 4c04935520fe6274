import { z } from 'zod'
import { UnreadableAccountError } from '../channels/whatsapp-store.ts'
import type { Transaction } from './database.ts'
import { joinContacts } from './join-contacts.ts'
import { type AccountDeps, runNamed } from './whatsapp-run.ts'

/** One person, as found by one of their ids. */
export interface Known {
  readonly id: bigint
  /** Sealed. */
  readonly name: Uint8Array
}

/** An id of a person, with the hash that stands for it. */
export interface Alias {
  readonly jid: string
  readonly hash: Uint8Array<ArrayBuffer>
}

// One at a time in all processes: two messages of one person may bring their two ids at once.
const lock = `pg_advisory_xact_lock(hashtextextended('whatsapp names ' || $1, 0))`

const addSql = {
  name: 'add person',
  text: `
    WITH turn AS MATERIALIZED (SELECT ${lock}), person AS (
      INSERT INTO whatsapp_person (account, name) SELECT $1, $2 FROM turn RETURNING id
    )
    INSERT INTO whatsapp_alias (account, jid_hash, person_id) SELECT $1, t.hash, person.id
    FROM person, unnest($3::bytea[]) AS t(hash)`,
} as const

const alreadyThere = z.object({ code: z.literal('23505') })

/** Writes down somebody new, known by the first id; undefined when one of the ids is there by now. */
export async function addPerson(
  { pool, vault, account }: AccountDeps,
  aliases: readonly Alias[],
): Promise<string | undefined> {
  const [first] = aliases
  if (first === undefined) return undefined
  const values = [account, vault.seal('name', first.jid), aliases.map(({ hash }) => hash)]
  try {
    await runNamed(pool, z.never(), addSql, values)
    return first.jid
  } catch (error) {
    if (alreadyThere.safeParse(error).success) return undefined
    throw error
  }
}

/** Writes down what is new about a person, joins two that turn out to be one, and gives the name. */
export function settlePerson(deps: AccountDeps, aliases: readonly Alias[]): Promise<string> {
  return deps.prisma.$transaction((transaction) => settle(deps, transaction, aliases))
}

async function settle(
  deps: AccountDeps,
  transaction: Transaction,
  aliases: readonly Alias[],
): Promise<string> {
  const { account, vault } = deps
  await transaction.$executeRawUnsafe(`SELECT ${lock}`, account)
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
export function openName({ vault }: AccountDeps, { name }: Known): string | undefined {
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
  const at = { channel: 'whatsapp', account }
  const find = () =>
    transaction.chat.findMany({
      where: { ...at, externalId: { in: [older, younger] } },
      select: { contactId: true, externalId: true },
    })
  const [known, both] = await find()
  if (known === undefined) return
  if (both === undefined) {
    const externalId = known.externalId === older ? younger : older
    const chat = { ...at, externalId, contactId: known.contactId }
    await transaction.chat.createMany({ data: [chat], skipDuplicates: true })
  }
  // Looked at again: the chat may have been made just now by its first message, with a contact of its own.
  const [one, other] = await find()
  if (one === undefined || other === undefined || one.contactId === other.contactId) return
  await joinContacts(transaction, one.contactId, other.contactId)
}
