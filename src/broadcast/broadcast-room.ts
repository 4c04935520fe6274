import type { BroadcastDeps } from './broadcast-deps.ts'
import type { BroadcastStore } from './store.ts'

/** What everything that is done with broadcasts is given. */
export interface BroadcastRoom extends BroadcastDeps {
  readonly store: BroadcastStore
}
