import { may, type Officer } from '../../staff/officer.ts'
import { countAudience } from '../audience/count-audience.ts'
import type { AudienceCount } from '../audience.ts'
import type { BroadcastDesk, RecipientLine, RecipientPage } from '../broadcast-desk.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import { noteDeed } from '../note-deed.ts'
import { mayAskForCourses } from './audience-rights.ts'

const batch = 1_000
/** Of fewer none is shown. */
const leastSampled = 5

/** What is told to whoever may not ask. */
const nobody: AudienceCount = {
  reachable: 0,
  channels: [],
  unreached: { opted_out: 0, not_subscribed: 0, no_channel: 0, blocked: 0, never_wrote: 0 },
  samples: [],
}

/** Looking at people: whom an audience reaches, who was told. All of it is in the trail before it is shown. */
export function createLooking(
  room: BroadcastRoom,
): Pick<BroadcastDesk, 'count' | 'recipientPage' | 'recipients' | 'history'> {
  const { store, audit, now } = room
  const note = (
    viewer: Officer,
    action: string,
    given: { subject?: string; details?: Record<string, number> },
  ) => ({
    ...{
      at: now(),
      actor: { type: 'staff', id: viewer.id } as const,
      action: `broadcast.${action}`,
      ...given,
    },
  })
  return {
    count: (viewer, audience) =>
      store.transact(async (transaction) => {
        if (!may(viewer, 'broadcasts') || !mayAskForCourses(viewer, audience)) return nobody
        const counted = withoutFew(await countAudience(room, transaction, audience))
        const details = { reachable: counted.reachable, samples: counted.samples.length }
        await audit.record(transaction, note(viewer, 'count', { details }))
        return counted
      }),
    recipientPage: (viewer, number, given) => onePage(room, viewer, number, given),
    recipients: (viewer, number) => pages(room, viewer, number),
    async history(viewer, recipientId) {
      if (!may(viewer, 'broadcasts')) return undefined
      return store.transact(async (transaction) => {
        const found = await store.recipients.history(transaction, recipientId, now())
        if (found === undefined) return undefined
        const details = { lines: found.lines.length }
        const subject = found.contactId === undefined ? {} : { subject: found.contactId }
        await audit.record(transaction, note(viewer, 'history', { ...subject, details }))
        return found.lines
      })
    },
  }
}

/** Samples of very few are no samples: an officer would know who it is. */
function withoutFew(counted: AudienceCount): AudienceCount {
  return counted.reachable < leastSampled ? { ...counted, samples: [] } : counted
}

async function onePage(
  room: BroadcastRoom,
  viewer: Officer,
  number: number,
  { after, limit, state }: Parameters<BroadcastDesk['recipientPage']>[2],
): Promise<RecipientPage | undefined> {
  const { store, now } = room
  if (!may(viewer, 'broadcasts')) return undefined
  return store.transact(async (transaction) => {
    if ((await store.rows.find(transaction, number)) === undefined) return undefined
    const given = { after, state, limit: limit + 1, now: now() }
    const found = await store.recipients.page(transaction, number, given)
    const lines = found.slice(0, limit)
    await noteDeed(room, transaction, viewer, { action: 'look', number, details: { lines: lines.length } })
    return { lines, next: found.length > limit ? lines.at(-1)?.id : undefined }
  })
}

async function* pages(
  room: BroadcastRoom,
  viewer: Officer,
  number: number,
): AsyncGenerator<readonly RecipientLine[]> {
  const { store, now } = room
  if (!may(viewer, 'broadcasts')) return
  const isThere = await store.transact(async (transaction) => {
    const broadcast = await store.rows.find(transaction, number)
    if (broadcast === undefined) return false
    const details = { audience: broadcast.audienceSize ?? 0 }
    await noteDeed(room, transaction, viewer, { action: 'export', number, details })
    return true
  })
  if (!isThere) return
  for (let after = 0n; ; ) {
    const given = { after, limit: batch, now: now() }
    const lines = await store.transact((transaction) => store.recipients.page(transaction, number, given))
    const last = lines.at(-1)
    if (last === undefined) return
    yield lines
    after = last.id
  }
}
