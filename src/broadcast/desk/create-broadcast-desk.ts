import type { BroadcastDesk } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { createApproval } from './approve-broadcasts.ts'
import type { DeskRoom } from './desk-room.ts'
import { createAudiences } from './keep-audiences.ts'
import { createLeading } from './lead-broadcasts.ts'
import { createLooking } from './look-at-people.ts'
import { createReading } from './read-broadcasts.ts'
import { createFileStore } from './store-files.ts'
import { createHandStore } from './store-hands.ts'
import { createTesting } from './test-broadcasts.ts'
import { createWriting } from './write-broadcasts.ts'

/** Makes the desk. */
export function createBroadcastDesk(room: BroadcastRoom): BroadcastDesk {
  const desk: DeskRoom = { ...room, hands: createHandStore(), files: createFileStore() }
  return {
    ...createReading(desk),
    ...createWriting(desk),
    ...createApproval(desk),
    ...createLeading(room),
    ...createTesting(room),
    ...createLooking(room),
    ...createAudiences(room),
  }
}
