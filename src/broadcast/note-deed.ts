import type { Officer } from '../staff/officer.ts'
import type { Transaction } from '../storage/database.ts'
import type { BroadcastRoom } from './broadcast-room.ts'

/** What was done with a broadcast, or read of its people; nothing of a person is in it. */
interface Deed {
  readonly action: string
  /** Of the broadcast. */
  readonly number: number
  readonly details?: Readonly<Record<string, string | number | boolean>>
}

/** Notes in the trail what an officer did. */
export async function noteDeed(
  { audit, now }: Pick<BroadcastRoom, 'audit' | 'now'>,
  transaction: Transaction,
  viewer: Officer,
  deed: Deed,
): Promise<void> {
  const actor = { type: 'staff', id: viewer.id } as const
  await audit.record(transaction, entryOf(deed, actor, now()))
}

/** Notes in the trail what the program did by itself. */
export async function noteOwnDeed(
  { audit }: Pick<BroadcastRoom, 'audit'>,
  transaction: Transaction,
  deed: Deed,
  at: Date,
): Promise<void> {
  await audit.record(transaction, entryOf(deed, { type: 'system', id: 'broadcasts' }, at))
}

function entryOf<Actor>({ action, number, details = {} }: Deed, actor: Actor, at: Date) {
  return { at, actor, action: `broadcast.${action}`, subject: String(number), details }
}
