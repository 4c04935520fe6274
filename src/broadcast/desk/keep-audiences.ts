import { maskDigits } from '../../language/mask.ts'
import { may } from '../../staff/officer.ts'
import { audienceShape } from '../audience.ts'
import type { BroadcastDesk } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'

const mostCharacters = 60

/** As the trail has it, which is kept for long: an officer may have typed a number of somebody. */
function nameOf(name: string): { readonly name: string } {
  return { name: maskDigits(name).slice(0, mostCharacters) }
}

/** Audiences under a name, for all officers. */
export function createAudiences(
  room: BroadcastRoom,
): Pick<BroadcastDesk, 'audiences' | 'saveAudience' | 'removeAudience'> {
  const { store, audit, now } = room
  return {
    audiences: () => store.transact((transaction) => store.saved.list(transaction)),
    async saveAudience(viewer, written, audience) {
      const name = written.trim().replace(/\s+/g, ' ')
      const { length } = [...name]
      const read = audienceShape.safeParse(audience)
      const isRight = length > 0 && length <= mostCharacters && read.success && may(viewer, 'broadcasts')
      if (!isRight) return { type: 'name' }
      return store.transact(async (transaction) => {
        const saved = { name, audience: read.data, by: viewer.name, now: now() }
        if (!(await store.saved.save(transaction, saved))) return { type: 'name' }
        const actor = { type: 'staff', id: viewer.id } as const
        await audit.record(transaction, {
          ...{ at: now(), actor, action: 'broadcast.audience_save', details: nameOf(name) },
        })
        return { type: 'done' }
      })
    },
    async removeAudience(viewer, id) {
      if (!may(viewer, 'broadcasts')) return
      await store.transact(async (transaction) => {
        const name = await store.saved.remove(transaction, id)
        if (name === undefined) return
        const actor = { type: 'staff', id: viewer.id } as const
        await audit.record(transaction, {
          ...{ at: now(), actor, action: 'broadcast.audience_remove', details: nameOf(name) },
        })
      })
    },
  }
}
