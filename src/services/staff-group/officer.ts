import type { GroupAuthor } from '../../channels/telegram-staff-message.ts'
import type { TicketEntry } from '../../inquiry/ticket.ts'
import { fill } from '../../language/fill-text.ts'
import { maskDigits } from '../../language/mask.ts'
import type { Officer } from '../../staff/officer.ts'
import type { Keyring } from '../../storage/keyring.ts'
import type { GroupTexts } from './texts.ts'

/** The group as the trail knows it when tickets are read to be told there. */
export function groupViewer({ group }: GroupTexts): Officer {
  return { id: 'telegram-group', name: group, roles: ['admin'] }
}

/** Somebody who shows who they are. */
export type GroupMember = Extract<GroupAuthor, { type: 'member' }>

/** Who somebody in the group is at the desk: whoever is in the group may see and answer everything. */
export function memberOfficer(
  { texts, keyring }: { texts: GroupTexts; keyring: Pick<Keyring, 'hash'> },
  { id, name: chosen }: GroupMember,
): Officer {
  const name = shownName(chosen)
  const hash = Buffer.from(keyring.hash('subject', `telegram:${id}`)).toString('hex')
  return {
    id: `telegram:${hash.slice(0, 32)}`,
    name: fill(texts.member, { name: name === '' ? texts.nobody : name }),
    roles: ['admin'],
  }
}

/** Whether an entry was written in the group, where everybody has seen it already. */
export function isOwnEntry(texts: GroupTexts, { type, by }: TicketEntry): boolean {
  return type !== 'resident' && by?.endsWith(fill(texts.member, { name: '' })) === true
}

const mostName = 40

/** A name as it was chosen, without what could pass for something else. */
function shownName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{C}·]/gu, ' ')
    .replace(/\s+/g, ' ')
  return maskDigits(plain).trim().slice(0, mostName).trim()
}
