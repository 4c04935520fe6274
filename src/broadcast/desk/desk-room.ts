import type { BroadcastRoom } from '../broadcast-room.ts'
import type { FileStore } from './store-files.ts'
import type { HandStore } from './store-hands.ts'

/** What officers' deeds are given. */
export interface DeskRoom extends BroadcastRoom {
  readonly hands: HandStore
  readonly files: FileStore
}
