import { may, type Officer } from '../../staff/officer.ts'
import type { BroadcastMove } from '../broadcast-desk.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import type { Standing } from './standing-of.ts'

/** What the officer may do with the broadcast now. `reachesMany`: more people than one officer may decide about alone. */
export function movesOf(
  viewer: Officer,
  broadcast: StoredBroadcast,
  { reachesMany, ...standing }: Standing & { readonly reachesMany: boolean },
): readonly BroadcastMove[] {
  if (!may(viewer, 'broadcasts')) return []
  switch (broadcast.state) {
    case 'draft':
      return ['edit', reachesMany ? 'propose' : 'send', 'remove']
    case 'proposed':
      return [...approvals(standing, reachesMany), 'edit', 'remove']
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

/** A second person may approve and send back; others only what needs nobody by now. */
function approvals({ isSecond }: Standing, reachesMany: boolean): readonly BroadcastMove[] {
  if (isSecond) return ['approve', 'send_back']
  return reachesMany ? [] : ['approve']
}
