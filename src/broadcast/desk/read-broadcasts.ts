import { may } from '../../staff/officer.ts'
import type { BroadcastDesk, BroadcastView } from '../broadcast-desk.ts'
import type { StoredPost } from '../sending/store-posts.ts'
import type { StoredBroadcast } from '../store-rows.ts'
import { movesOf } from './broadcast-moves.ts'
import type { DeskRoom } from './desk-room.ts'
import { createFiguresOf } from './figures-of.ts'
import { needsSecond, reachOf } from './reach-of.ts'
import { standingOf } from './standing-of.ts'

const mostListed = 200
const hasPlan = ['draft', 'proposed']

/** Looking at broadcasts and what became of them. Nobody's data is in it, and so it is not in the trail. */
export function createReading(room: DeskRoom): Pick<BroadcastDesk, 'list' | 'read' | 'figures'> {
  const { store } = room
  const figuresOf = createFiguresOf(room)
  return {
    async list(viewer, filter = {}) {
      if (!may(viewer, 'broadcasts')) return []
      return store.transact(async (transaction) => {
        const found = await store.rows.list(transaction, filter.over, mostListed)
        const figures = await figuresOf(transaction, found)
        return found.map((broadcast) => ({ broadcast, figures: figures.get(broadcast.number) }))
      })
    },
    async read(viewer, number) {
      if (!may(viewer, 'broadcasts')) return undefined
      return store.transact(async (transaction): Promise<BroadcastView | undefined> => {
        const broadcast = await store.rows.find(transaction, number)
        if (broadcast === undefined) return undefined
        const isOver = broadcast.state === 'finished' || broadcast.state === 'cancelled'
        const standing = await standingOf(room, transaction, viewer, broadcast)
        const { isSecond, sentAlone } = standing
        const reachesMany =
          !isOver && needsSecond(room, broadcast, sentAlone + (await reachOf(room, transaction, broadcast)))
        const figures = await figuresOf(transaction, [broadcast], 'live')
        return {
          ...{ broadcast, figures: figures.get(number), sentAlone },
          moves: movesOf(viewer, broadcast, { ...standing, reachesMany }),
          needsApproval: hasPlan.includes(broadcast.state) && (reachesMany || isSecond),
          posts: postsOf(broadcast, await store.posts.of(transaction, number)),
          changes: await store.rows.changes(transaction, number),
        }
      })
    },
    figures: (number) =>
      store.transact(async (transaction) => {
        const broadcast = await store.rows.find(transaction, number)
        if (broadcast === undefined) return undefined
        return (await figuresOf(transaction, [broadcast], 'live')).get(number)
      }),
  }
}

function postsOf({ posts, state }: StoredBroadcast, found: readonly StoredPost[]): BroadcastView['posts'] {
  const isWaiting = [...hasPlan, 'approved'].includes(state)
  return posts.flatMap((channel): BroadcastView['posts'] => {
    const post = found.find((one) => one.channel === channel)
    if (post !== undefined) return [{ channel, state: post.state, at: post.settledAt }]
    return isWaiting ? [{ channel, state: 'waiting', at: undefined }] : []
  })
}
