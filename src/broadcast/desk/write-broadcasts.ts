import { may } from '../../staff/officer.ts'
import type { BroadcastPlan } from '../broadcast.ts'
import type { BroadcastDesk, BroadcastRefusal } from '../broadcast-desk.ts'
import { noteDeed } from '../note-deed.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { rightsProblems } from './audience-rights.ts'
import { checkPlan } from './check-plan.ts'
import type { DeskRoom } from './desk-room.ts'
import { readPlan } from './read-plan.ts'

const isPlan = ['draft', 'proposed']

/** Writing broadcasts: drafts, which nobody is told. */
export function createWriting(
  room: DeskRoom,
): Pick<BroadcastDesk, 'check' | 'create' | 'edit' | 'copy' | 'remove' | 'usesFile' | 'draftFrom'> {
  return {
    draftFrom: async (viewer, source) => (may(viewer, 'broadcasts') ? room.draftFrom(source) : undefined),
    async check(written) {
      const read = readPlan(written)
      if (read.type === 'broken') return read.problems
      return room.store.transact((transaction) => checkPlan(room, transaction, read.plan))
    },
    create: createCreate(room),
    edit: createEdit(room),
    copy: createCopy(room),
    remove: createRemove(room),
    usesFile: (id) => room.store.transact((transaction) => room.files.isUsed(transaction, id)),
  }
}

function createCreate(room: DeskRoom): BroadcastDesk['create'] {
  const { store, now } = room
  return async (viewer, written) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    const read = readPlan(written)
    if (read.type === 'broken') return { type: 'problems', problems: read.problems }
    const { plan } = read
    return store.transact(async (transaction) => {
      const problems = [
        ...(await checkPlan(room, transaction, plan)),
        ...rightsProblems(room, viewer, plan.audience),
      ]
      if (problems.length > 0) return { type: 'problems', problems }
      const number = await store.rows.create(transaction, plan, viewer, now())
      if (plan.media !== undefined) await room.keepFile(transaction, plan.media.id)
      await noteDeed(room, transaction, viewer, { action: 'create', number })
      return { type: 'done', number }
    })
  }
}

function createEdit(room: DeskRoom): BroadcastDesk['edit'] {
  const { store } = room
  return async (viewer, number, written, version) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    const read = readPlan(written)
    return store.transact(async (transaction) => {
      const broadcast = await store.rows.lock(transaction, number)
      if (broadcast === undefined) return { type: 'unknown' }
      const { state } = broadcast
      if (!isPlan.includes(state)) return { type: 'state', state }
      if (broadcast.version !== version) return { type: 'moved' }
      if (read.type === 'broken') return { type: 'problems', problems: read.problems }
      const problems = [
        ...(await checkPlan(room, transaction, read.plan)),
        ...rightsProblems(room, viewer, read.plan.audience),
      ]
      if (problems.length > 0) return { type: 'problems', problems }
      await store.rows.change(transaction, number, read.plan, viewer)
      if (read.plan.media !== undefined) await room.keepFile(transaction, read.plan.media.id)
      const details = { version: version + 1, fields: changedFields(broadcast, read.plan) }
      await noteDeed(room, transaction, viewer, { action: 'edit', number, details })
      return { type: 'done' }
    })
  }
}

/** For the trail: what is another, not what it is. */
function changedFields(before: StoredBroadcast, plan: BroadcastPlan): string {
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.entries(plan)
    .filter(([field, value]) => JSON.stringify(old.get(field)) !== JSON.stringify(value))
    .map(([field]) => field)
    .join(', ')
}

/** A draft of the same, without its times: what is wrong with it by now is said when it is proposed or sent. */
function createCopy(room: DeskRoom): BroadcastDesk['copy'] {
  const { store, now } = room
  return async (viewer, number) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    return store.transact(async (transaction) => {
      const broadcast = await store.rows.find(transaction, number)
      if (broadcast === undefined) return { type: 'unknown' }
      const plan = { ...broadcast, source: undefined, scheduledAt: undefined, expiresAt: undefined }
      const copy = await store.rows.create(transaction, plan, viewer, now())
      await noteDeed(room, transaction, viewer, { action: 'copy', number: copy, details: { from: number } })
      return { type: 'done', number: copy }
    })
  }
}

function createRemove(room: DeskRoom): BroadcastDesk['remove'] {
  const { store } = room
  return async (viewer, number) => {
    if (!may(viewer, 'broadcasts')) return { type: 'not_allowed' }
    return store.transact(async (transaction): Promise<{ type: 'done' } | BroadcastRefusal> => {
      const broadcast = await store.rows.lock(transaction, number)
      if (broadcast === undefined) return { type: 'unknown' }
      const { state } = broadcast
      if (!isPlan.includes(state)) return { type: 'state', state }
      await store.rows.remove(transaction, number)
      await noteDeed(room, transaction, viewer, { action: 'remove', number, details: { state } })
      return { type: 'done' }
    })
  }
}
