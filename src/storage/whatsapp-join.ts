import type { Transaction } from './database.ts'
import { joinContacts } from './join-contacts.ts'

/** The name is undefined when nobody can read it. */
interface Joining<Name> {
  readonly id: bigint
  readonly name: Name
}

/** Makes two persons that turned out to be one one: ids, addresses and chats of the younger are the older's from then on. */
export async function joinPersons(
  transaction: Transaction,
  account: string,
  { older, younger }: { readonly older: Joining<string>; readonly younger: Joining<string | undefined> },
): Promise<void> {
  const { whatsAppAlias, whatsAppPerson } = transaction
  await whatsAppAlias.updateMany({ where: { personId: younger.id }, data: { personId: older.id } })
  await whatsAppAlias.updateMany({ where: { namedId: younger.id }, data: { namedId: older.id } })
  await whatsAppPerson.delete({ where: { id: younger.id } })
  if (younger.name !== undefined) await joinChats(transaction, account, older.name, younger.name)
}

/** The chats under both names are one contact's. Where one of them is still to come, it is made: else it would be another's. */
async function joinChats(
  transaction: Transaction,
  account: string,
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
  if (both === undefined) {
    // Where nobody wrote yet under either, another process may be about to make a chat of each: both are one contact's from the beginning.
    const contactId = known?.contactId ?? (await transaction.contact.create({ data: {} })).id
    const missing = [older, younger].filter((externalId) => externalId !== known?.externalId)
    const chats = missing.map((externalId) => ({ ...at, externalId, contactId }))
    await transaction.chat.createMany({ data: chats, skipDuplicates: true })
  }
  // Looked at again: the chat may have been made just now by its first message, with a contact of its own.
  const [one, other] = await find()
  if (one === undefined || other === undefined || one.contactId === other.contactId) return
  await joinContacts(transaction, one.contactId, other.contactId)
}
