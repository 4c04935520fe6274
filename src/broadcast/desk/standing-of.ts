import { may, type Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import type { DeskRoom } from './desk-room.ts'

const dayMs = 86_400_000

/** What an officer is to a broadcast that is to be sent. */
export interface Standing {
  /** Whether they approve what somebody else wrote and proposed. */
  readonly isSecond: boolean
  /** To how many people they sent within a day without a second person: several small ones are one large one. */
  readonly sentAlone: number
}

/** Finds it. Whoever ever wrote in it is no second person. */
export async function standingOf(
  { hands, now }: Pick<DeskRoom, 'hands' | 'now'>,
  transaction: Transaction,
  viewer: Officer,
  broadcast: StoredBroadcast,
): Promise<Standing> {
  if (await isSecond({ hands }, transaction, viewer, broadcast)) return { isSecond: true, sentAlone: 0 }
  const since = new Date(now().getTime() - dayMs)
  return { isSecond: false, sentAlone: await hands.sentAlone(transaction, viewer.id, since) }
}

async function isSecond(
  { hands }: Pick<DeskRoom, 'hands'>,
  transaction: Transaction,
  viewer: Officer,
  { number, state, createdById, editedById, proposedById }: StoredBroadcast,
): Promise<boolean> {
  if (state !== 'proposed' || !may(viewer, 'broadcast_approval') || isAtConsole(viewer)) return false
  if ([createdById, editedById, proposedById].includes(viewer.id)) return false
  return !(await hands.authors(transaction, number)).has(viewer.id)
}

/** Whether they type at the machine, where nobody has to say who they are: they may be whoever wrote it at the desk. */
function isAtConsole({ id }: Officer): boolean {
  return id.startsWith('cli:')
}
