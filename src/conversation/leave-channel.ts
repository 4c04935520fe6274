import type { Channel } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { ChatQueue } from './chat-queue.ts'
import type { OutboxStore } from './outbox-store.ts'
import { finishWithin } from './patience.ts'
import { accountOf, type Reach } from './reach.ts'
import type { Settler } from './settle.ts'

/**
 * Has a process send no more on a channel. Resolves once what was under way for the channel's own chats is sent and noted, or
 * after some seconds: whoever takes the account over must not have to wait for chats of other channels, or for one that hangs.
 */
export type LeaveChannel = (channel: Channel) => Promise<void>

interface Deps {
  readonly queue: Pick<ChatQueue<bigint>, 'underWay' | 'finished'>
  readonly reach: Pick<Reach, 'close' | 'remove'>
  readonly store: Pick<OutboxStore, 'chatsOn'>
  readonly settler: Pick<Settler, 'flush'>
  readonly log: Logger
  readonly patienceMs?: number
}

/** Makes the function. */
export function createLeaveChannel(deps: Deps): LeaveChannel {
  const { queue, reach, store, settler, log, patienceMs = 10_000 } = deps

  async function finish(channel: Channel, underWay: readonly bigint[]): Promise<'finished'> {
    if (underWay.length > 0) await queue.finished(await store.chatsOn(accountOf(channel), underWay))
    await settler.flush()
    return 'finished'
  }

  return async (channel) => {
    const underWay = queue.underWay()
    reach.close(channel, underWay)
    try {
      const outcome = await finishWithin(patienceMs, finish(channel, underWay))
      if (outcome === 'late') log.warn(accountOf(channel), 'a channel is left while it is still sent on')
    } finally {
      reach.remove(channel)
    }
  }
}
