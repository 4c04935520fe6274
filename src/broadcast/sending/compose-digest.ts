import { weekdayInWita } from '../../language/format.ts'
import { atHour } from '../../language/quiet-hours.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { checkPlan } from '../desk/check-plan.ts'
import { readPlan } from '../desk/read-plan.ts'
import { noteOwnDeed } from '../note-deed.ts'

/** Makes the digest of the week, once, from Monday 08.00 on; its number, or undefined where there is one, or nothing to tell. */
export type ComposeDigest = (name: string, now: Date) => Promise<number | undefined>

/** The kind of the alarm that tells staff of it. */
const digestAlarm = 'broadcast_digest'

/**
 * Makes the use case. An officer looks at it and approves it, or it does not leave. A digest's number in a source is its place among
 * those of flows/content/siaran.yaml, from 1. What is wrong with the plan is an officer's to put right: then it is a draft.
 */
export function createComposeDigest(room: BroadcastRoom): ComposeDigest {
  const { store, words, draftFrom, alarms } = room
  return async (name, now) => {
    if (now < dueOf(now)) return undefined
    const place = Object.keys(words().digests).indexOf(name) + 1
    if (place === 0) return undefined
    const source = { type: 'digest', number: place } as const
    const drafted = await draftFrom(source)
    const read = drafted === undefined ? undefined : readPlan({ ...drafted, source })
    if (read === undefined) return undefined
    if (read.type === 'broken') throw new Error(`the digest ${name} is no plan`)
    const { plan } = read
    return store.transact(async (transaction) => {
      if (await store.rows.hasDigest(transaction, { number: place, name }, weekOf(now))) return undefined
      const made = await store.rows.create(transaction, plan, undefined, now)
      await drafted?.onMade?.(transaction, made, now)
      const isSound = (await checkPlan(room, transaction, plan)).length === 0
      if (isSound) await store.rows.move(transaction, made, { state: 'proposed', proposedAt: now })
      await noteOwnDeed(room, transaction, { action: 'create', number: made, details: { digest: name } }, now)
      await alarms.raise(transaction, digestAlarm, String(made), { number: String(made), name })
      return made
    })
  }
}

/** A timer may be early by so much. */
const earlyMs = 1_000
const hour = 8

/** When the digest of the week is due: an officer looks at it on Monday morning. Whoever comes later than that makes it late. */
function dueOf(now: Date): Date {
  return new Date(atHour(weekOf(now), hour).getTime() - earlyMs)
}

/** When the week began: on Monday, in Kupang. */
function weekOf(now: Date): Date {
  return atHour(now, 0, -((weekdayInWita(now) + 6) % 7))
}
