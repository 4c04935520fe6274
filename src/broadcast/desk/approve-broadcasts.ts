import { hasIdentifier } from '../../language/identifier.ts'
import { may, type Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import type { BroadcastDesk, BroadcastRefusal, PlanProblem } from '../broadcast-desk.ts'
import { noteDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { rightsProblems } from './audience-rights.ts'
import { checkPlan } from './check-plan.ts'
import type { DeskRoom } from './desk-room.ts'
import { needsSecond, reachOf } from './reach-of.ts'
import { type Standing, standingOf } from './standing-of.ts'

/** What makes a broadcast one that leaves: a second person looks at those that reach many. */
export function createApproval(room: DeskRoom): Pick<BroadcastDesk, 'propose' | 'approve' | 'sendBack'> {
  return { propose: createPropose(room), approve: createApprove(room), sendBack: createSendBack(room) }
}

function createPropose(room: DeskRoom): BroadcastDesk['propose'] {
  const { store, now } = room
  return async (viewer, number, version) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    return store.transact(async (transaction) => {
      const broadcast = await store.rows.lock(transaction, number)
      const refusal = refusalOf(broadcast, ['draft'], version)
      if (broadcast === undefined || refusal !== undefined) return refusal ?? { type: 'unknown' }
      const problems = [
        ...(await checkPlan(room, transaction, broadcast)),
        ...(await withdrawnProblems(room, transaction, broadcast)),
        ...rightsProblems(room, viewer, broadcast.audience),
      ]
      if (problems.length > 0) return { type: 'problems', problems }
      const reach = await reachOf(room, transaction, broadcast)
      if (reach === 0 && broadcast.posts.length === 0) return { type: 'nobody' }
      // Whoever may decide alone is to do so: a proposal that needs nobody is looked at by nobody.
      const { sentAlone } = await standingOf(room, transaction, viewer, broadcast)
      if (!needsSecond(room, broadcast, reach + sentAlone)) return { type: 'state', state: broadcast.state }
      const proposed = { proposedAt: now(), proposedById: viewer.id, proposedBy: viewer.name }
      await store.rows.move(transaction, number, { state: 'proposed', ...proposed })
      await noteDeed(room, transaction, viewer, { action: 'propose', number, details: { version, reach } })
      return { type: 'done' }
    })
  }
}

function createApprove(room: DeskRoom): BroadcastDesk['approve'] {
  const { store } = room
  return async (viewer, number, version) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    return store.transact(async (transaction) => {
      const broadcast = await store.rows.lock(transaction, number)
      const refusal = refusalOf(broadcast, ['draft', 'proposed'], version)
      if (broadcast === undefined || refusal !== undefined) return refusal ?? { type: 'unknown' }
      const problems = [
        ...(await checkPlan(room, transaction, broadcast)),
        ...(await withdrawnProblems(room, transaction, broadcast)),
        ...rightsProblems(room, viewer, broadcast.audience),
      ]
      // What was to begin while the proposal waited begins at once.
      const isLate = broadcast.state === 'proposed'
      const left = problems.filter(
        ({ at, what }) => !(isLate && at === 'scheduledAt' && what === 'in_the_past'),
      )
      if (left.length > 0) return { type: 'problems', problems: left }
      return freeze(room, transaction, viewer, broadcast)
    })
  }
}

/** What was put together on Monday may have been hidden by its owner since. */
async function withdrawnProblems(
  room: DeskRoom,
  transaction: Transaction,
  broadcast: StoredBroadcast,
): Promise<readonly PlanProblem[]> {
  const withdrawn = await room.withdrawn(transaction, broadcast)
  return withdrawn.map((detail) => ({ at: 'text', what: 'withdrawn', detail }))
}

/** Who is told is who is reachable at this moment; nobody is added later. */
async function freeze(
  room: DeskRoom,
  transaction: Transaction,
  viewer: Officer,
  broadcast: StoredBroadcast,
): Promise<{ readonly type: 'done' } | BroadcastRefusal> {
  const { store, hands, now } = room
  const { number, state, version, audience } = broadcast
  await hands.lockSending(transaction, viewer.id)
  const standing = await standingOf(room, transaction, viewer, broadcast)
  const size = await store.audience.freeze(transaction, number, audience)
  const reachesMany = needsSecond(room, broadcast, size + standing.sentAlone)
  const refusal = refusalToFreeze(viewer, broadcast, { ...standing, size, reachesMany })
  if (refusal !== undefined) {
    await store.audience.thaw(transaction, number)
    return refusal
  }
  await store.rows.move(transaction, number, {
    ...{ state: 'approved', approvedAt: now(), approvedById: viewer.id, approvedBy: viewer.name },
    ...{ audienceSize: size, testHash: null, testUntil: null, testById: null },
  })
  const details = { version, audience: size, alone: !standing.isSecond }
  await noteDeed(room, transaction, viewer, {
    ...{ action: state === 'draft' ? 'send' : 'approve', number, details },
  })
  return { type: 'done' }
}

function refusalToFreeze(
  viewer: Officer,
  broadcast: StoredBroadcast,
  { size, reachesMany, isSecond }: Standing & { readonly size: number; readonly reachesMany: boolean },
): BroadcastRefusal | undefined {
  if (size === 0 && broadcast.posts.length === 0) return { type: 'nobody' }
  if (!reachesMany) return undefined
  if (broadcast.state === 'draft') return { type: 'state', state: 'draft' }
  if (!may(viewer, 'broadcast_approval')) return { type: 'not_allowed' }
  return isSecond ? undefined : { type: 'same_person' }
}

const [leastReason, mostReason] = [3, 300]

function createSendBack(room: DeskRoom): BroadcastDesk['sendBack'] {
  const { store } = room
  return async (viewer, number, written) => {
    if (!may(viewer, 'broadcast_approval')) return { type: 'not_allowed' }
    const reason = written.trim().replace(/\s+/g, ' ')
    const { length } = [...reason]
    if (length < leastReason || length > mostReason || hasIdentifier(reason)) return { type: 'reason' }
    return store.transact(async (transaction) => {
      const broadcast = await store.rows.lock(transaction, number)
      if (broadcast === undefined) return { type: 'unknown' }
      const { state } = broadcast
      if (state !== 'proposed') return { type: 'state', state }
      const nobody = { proposedAt: null, proposedById: null, proposedBy: null }
      await store.rows.move(transaction, number, { state: 'draft', ...nobody })
      await noteDeed(room, transaction, viewer, { action: 'send_back', number, details: { reason } })
      return { type: 'done' }
    })
  }
}

function refusalOf(
  broadcast: StoredBroadcast | undefined,
  states: readonly StoredBroadcast['state'][],
  version: number,
): BroadcastRefusal | undefined {
  if (broadcast === undefined) return { type: 'unknown' }
  const { state } = broadcast
  if (!states.includes(state)) return { type: 'state', state }
  return broadcast.version === version ? undefined : { type: 'moved' }
}
