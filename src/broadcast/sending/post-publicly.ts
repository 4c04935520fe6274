import { isQuiet } from '../../language/quiet-hours.ts'
import type { BroadcastChannel } from '../broadcast-channels.ts'
import type { BroadcastRoom } from '../broadcast-room.ts'
import type { BroadcastMessage } from '../broadcast-voice.ts'
import { composePost } from '../compose-message.ts'
import type { PostingStore } from './store-posting.ts'

/** How a post ended; `too_early`: nothing left, and it may be tried again. */
export type Posted =
  | { readonly type: 'sent'; readonly externalId: string }
  | { readonly type: 'failed'; readonly failure: string }
  | { readonly type: 'unknown' }
  | { readonly type: 'too_early' }

/** Posts broadcasts at the public place of a channel, for the process that has it. */
export interface PublicPosting {
  /** Gives up posts that a process took up and never told the end of: to be called when the channel is taken over. */
  abandon(channel: BroadcastChannel): Promise<number>
  /** Posts the next one that waits, if any: each at most once, whatever crashes. Undefined: none waits, or it is night. */
  next(
    channel: BroadcastChannel,
    post: (message: BroadcastMessage, token: string) => Promise<Posted>,
  ): Promise<Posted | undefined>
}

/** Makes it. */
export function createPublicPosting(
  room: Pick<BroadcastRoom, 'words' | 'now' | 'store' | 'links'> & { readonly posting: PostingStore },
): PublicPosting {
  const { posting, store, words, now } = room
  return {
    abandon: (channel) => posting.abandon(channel, now()),
    async next(channel, post) {
      if (isQuiet(now(), words().quiet_hours)) return undefined
      const taken = await posting.claim(channel, now())
      if (taken === undefined) return undefined
      const broadcast = await store.transact((transaction) => store.rows.find(transaction, taken.number))
      if (broadcast === undefined) return undefined
      const posted = await post(composePost(broadcast, words(), room.links), taken.token)
      if (posted.type === 'too_early') await posting.giveBack(taken.id)
      else await posting.settle(taken.id, posted, now())
      return posted
    },
  }
}
