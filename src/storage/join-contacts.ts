import type { Transaction } from './database.ts'

/** Every table with a column `contact_id`. */
export const contactTables = [
  'chat',
  'subscription',
  'opt_out',
  'ticket',
  'check_link',
  'check_attempt',
  'registration',
] as const

/**
 * Makes two contacts that turned out to be one person one: all that hangs on the younger is the older's from then on, and the
 * younger is deleted. Turns of their chats that are under way begin again.
 */
export async function joinContacts(transaction: Transaction, one: string, other: string): Promise<void> {
  // What a turn does for a contact it does while it holds the chat: so the chats first, in the order of all who take several.
  await transaction.$queryRaw`
    SELECT id FROM chat WHERE contact_id IN (${one}::uuid, ${other}::uuid) ORDER BY id FOR NO KEY UPDATE`
  const [older, younger] = await transaction.contact.findMany({
    where: { id: { in: [one, other] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  if (older === undefined || younger === undefined) return
  // Whoever read the chat before this knows its contact no more: the version tells them to read it again.
  await transaction.$executeRaw`UPDATE chat SET version = version + 1 WHERE contact_id = ${younger.id}::uuid`
  for (const table of contactTables) {
    await transaction.$executeRawUnsafe(
      `UPDATE ${table} SET contact_id = $1::uuid WHERE contact_id = $2::uuid`,
      older.id,
      younger.id,
    )
  }
  await transaction.contact.delete({ where: { id: younger.id } })
}
