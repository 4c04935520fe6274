import { may, type Officer } from '../../staff/officer.ts'
import type { BroadcastMove } from '../broadcast-desk.ts'
import type { StoredBroadcast } from '../store-rows.ts'

/** What the officer may do with the broadcast now. `reachesMany`: more people than one officer may decide about alone. */
export function movesOf(
  viewer: Officer,
  broadcast: StoredBroadcast,
  reachesMany: boolean,
): readonly BroadcastMove[] {
  if (!may(viewer, 'broadcasts')) return []
  switch (broadcast.state) {
    case 'draft':
      return ['edit', reachesMany ? 'propose' : 'send', 'remove']
    case 'proposed':
      return [...approvals(viewer, broadcast, reachesMany), 'edit', 'remove']
    case 'approved':
      return ['cancel']
    case 'sending':
      return [...(broadcast.phase === 'canary' ? (['go_on'] as const) : []), 'pause', 'cancel']
    case 'paused':
      return ['resume', 'cancel']
    case 'finished':
    case 'cancelled':
      return []
  }
}

function approvals(
  viewer: Officer,
  broadcast: StoredBroadcast,
  reachesMany: boolean,
): readonly BroadcastMove[] {
  const isSecond = may(viewer, 'broadcast_approval') && !isAuthor(viewer, broadcast)
  if (isSecond) return ['approve', 'send_back']
  return reachesMany ? [] : ['approve']
}

/** Whether the officer wrote it, last changed it, or asked a second person to look at it: that one is another. */
export function isAuthor(
  viewer: Officer,
  {
    createdById,
    editedById,
    proposedById,
  }: Pick<StoredBroadcast, 'createdById' | 'editedById' | 'proposedById'>,
): boolean {
  return [createdById, editedById, proposedById].includes(viewer.id)
}
