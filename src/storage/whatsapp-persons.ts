import { z } from 'zod'
import { UnreadableAccountError } from '../channels/whatsapp-store.ts'
import type { Transaction } from './database.ts'
import { joinPersons } from './whatsapp-join.ts'
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

/** A person with what tells them apart from others. */
interface Person extends Known {
  readonly lid: Uint8Array<ArrayBuffer> | null
  readonly paired: boolean
}

// One at a time in all processes: two messages of one person may bring their two ids at once.
const lock = `pg_advisory_xact_lock(hashtextextended('whatsapp names ' || $1, 0))`

const addSql = {
  name: 'add person',
  text: `
    WITH turn AS MATERIALIZED (SELECT ${lock}), person AS (
      INSERT INTO whatsapp_person (account, name, lid, paired) SELECT $1, $2, $3, cardinality($4::bytea[]) > 1 FROM turn RETURNING id
    )
    INSERT INTO whatsapp_alias (account, jid_hash, person_id, named_id)
    SELECT $1, t.hash, person.id, CASE WHEN t.place = 1 THEN person.id END
    FROM person, unnest($4::bytea[]) WITH ORDINALITY AS t(hash, place)`,
} as const

const alreadyThere = z.object({ code: z.literal('23505') })

/** Whether an id hides the phone number. A person has one such id for good, while numbers pass from one to another. */
export function isLid(jid: string): boolean {
  return jid.endsWith('@lid')
}

/** Waits until no other process settles who is who, for the rest of the transaction. */
export async function takeTurn(transaction: Transaction, account: string): Promise<void> {
  await transaction.$executeRawUnsafe(`SELECT ${lock}`, account)
}

/** Writes down somebody new, known by the first id; undefined when one of the ids is there by now. */
export async function addPerson(
  { pool, vault, account }: AccountDeps,
  aliases: readonly Alias[],
): Promise<string | undefined> {
  const [first] = aliases
  if (first === undefined) return undefined
  const lid = aliases.find(({ jid }) => isLid(jid))
  const sealedLid = lid === undefined ? null : vault.seal('lid', lid.jid)
  const hashes = aliases.map(({ hash }) => hash)
  try {
    await runNamed(pool, z.never(), addSql, [account, vault.seal('name', first.jid), sealedLid, hashes])
    return first.jid
  } catch (error) {
    if (alreadyThere.safeParse(error).success) return undefined
    throw error
  }
}

/**
 * Writes down what is new about a person, joins two that turn out to be one, hands a number over that has become somebody
 * else's, and gives the name. Rejects with UnreadableAccountError.
 */
export async function settlePerson(
  deps: AccountDeps,
  transaction: Transaction,
  aliases: readonly [Alias, ...Alias[]],
): Promise<string> {
  const { account } = deps
  await takeTurn(transaction, account)
  const rows = await transaction.whatsAppAlias.findMany({
    where: { account, jidHash: { in: aliases.map(({ hash }) => hash) } },
    include: { person: true },
  })
  const personOf = ({ hash }: Alias): Person | undefined =>
    rows.find(({ jidHash }) => Buffer.compare(jidHash, hash) === 0)?.person
  const subject = aliases.find(({ jid }) => isLid(jid)) ?? aliases[0]
  const other = aliases.find((alias) => alias !== subject)
  const own = personOf(subject)
  const former = other && personOf(other)
  if (other !== undefined && former !== undefined && isSomebodyElse(former, own, subject)) {
    return handOver(deps, transaction, { own, subject, number: other })
  }
  return unite(deps, transaction, { aliases, subject, persons: byAge(own, former) })
}

/**
 * Whether the number was that of another person until now: numbers are sold again. A person has one LID; and whose LID came
 * with a number before has changed the number, and was not who wrote by this one.
 */
function isSomebodyElse(former: Person, own: Person | undefined, subject: Alias): boolean {
  if (own?.id === former.id) return false
  if (former.lid !== null) return own === undefined ? isLid(subject.jid) : own.lid !== null
  return own !== undefined && isLid(subject.jid) && own.paired
}

/** The number is the other's from now on. Who had it before keeps all else, the name also where it is that number. */
async function handOver(
  deps: AccountDeps,
  transaction: Transaction,
  { own, subject, number }: { own: Person | undefined; subject: Alias; number: Alias },
): Promise<string> {
  const { account } = deps
  const person = own ?? (await create(deps, transaction, subject, [subject]))
  await transaction.whatsAppPerson.update({ where: { id: person.id }, data: { paired: true } })
  await transaction.whatsAppAlias.update({
    where: { account_jidHash: { account, jidHash: number.hash } },
    data: { personId: person.id },
  })
  return openName(deps, person) ?? nameAnew(deps, transaction, person, subject)
}

interface Meeting {
  readonly aliases: readonly [Alias, ...Alias[]]
  readonly subject: Alias
  readonly persons: readonly [older: Person | undefined, younger: Person | undefined]
}

/** All ids are one person's. */
async function unite(
  deps: AccountDeps,
  transaction: Transaction,
  { aliases, subject, persons: [older, younger] }: Meeting,
): Promise<string> {
  const { account, vault } = deps
  const person = older ?? (await create(deps, transaction, aliases[0], aliases))
  await transaction.whatsAppAlias.createMany({
    data: aliases.map(({ hash }) => ({ account, jidHash: hash, personId: person.id })),
    skipDuplicates: true,
  })
  const lid = isLid(subject.jid) ? vault.seal('lid', subject.jid) : younger?.lid
  await transaction.whatsAppPerson.update({
    where: { id: person.id },
    data: { lid: person.lid ?? lid ?? null, paired: person.paired || aliases.length > 1 },
  })
  const name = openName(deps, person) ?? (await nameAnew(deps, transaction, person, subject))
  if (younger !== undefined) {
    const joined = { id: younger.id, name: openName(deps, younger) }
    await joinPersons(transaction, account, { older: { id: person.id, name }, younger: joined })
  }
  return name
}

function byAge(one: Person | undefined, other: Person | undefined): Meeting['persons'] {
  if (one === undefined || other === undefined || one.id === other.id) return [one ?? other, undefined]
  return one.id < other.id ? [one, other] : [other, one]
}

async function create(
  { account, vault }: AccountDeps,
  transaction: Transaction,
  named: Alias,
  aliases: readonly Alias[],
) {
  const lid = aliases.find(({ jid }) => isLid(jid))
  const person = await transaction.whatsAppPerson.create({
    data: {
      account,
      name: vault.seal('name', named.jid),
      lid: lid === undefined ? null : vault.seal('lid', lid.jid),
    },
  })
  const data = aliases.map(({ hash }) => ({ account, jidHash: hash, personId: person.id }))
  const rows = data.map((row) => (row.jidHash === named.hash ? { ...row, namedId: person.id } : row))
  await transaction.whatsAppAlias.createMany({ data: rows })
  return person
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

/**
 * A name that nobody can read must not keep a person out for good: they are known by this id from now on. Only not by a number
 * that names its former owner: then they are known once they come by their LID.
 */
async function nameAnew(
  { account, vault }: AccountDeps,
  transaction: Transaction,
  { id }: Known,
  { jid, hash }: Alias,
): Promise<string> {
  const { count } = await transaction.whatsAppAlias.updateMany({
    where: { account, jidHash: hash, OR: [{ namedId: null }, { namedId: id }] },
    data: { namedId: id },
  })
  if (count === 0) throw new UnreadableAccountError(account)
  await transaction.whatsAppPerson.update({ where: { id }, data: { name: vault.seal('name', jid) } })
  return jid
}
