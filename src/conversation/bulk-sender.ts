import {
  type BulkChannel,
  type Channel,
  canBeCutOff,
  type SendErrorKind,
  takesBulk,
} from '../channels/channel.ts'
import { type BulkDeps, type BulkLoop, createBulkLoop } from './bulk-loop.ts'
import { type BulkListener, createBulkTeller } from './bulk-news.ts'
import { finishWithin } from './patience.ts'
import { accountOf } from './reach.ts'

/** Sends the broadcasts that wait in the outbox, on the channels of this process that take many. */
export interface BulkSender {
  /** From now on broadcasts go out on the channel, if it takes them. */
  attach(channel: Channel): void
  /** Takes up no more for the channel. Resolves once what is under way is sent and noted, or after some seconds. */
  leave(channel: Channel): Promise<void>
  /** The platform warned the account of the channel, whatever was sent on it: its broadcasts rest, and whoever hears is told. */
  heed(channel: Channel, kind: SendErrorKind): void
  /** Has all channels looked at, whether something is due. */
  wake(): void
  /** Resolves once nothing is under way, and nothing due can go out now. */
  idle(): Promise<void>
  onNews(listener: BulkListener): void
}

export interface BulkSenderDeps extends BulkDeps {
  readonly patienceMs?: number
}

/** Makes it, with no channel. One process at a time sends on an account: what another took up and never settled is nobody's. */
export function createBulkSender(deps: BulkSenderDeps): BulkSender {
  const { settler, log, patienceMs = 10_000 } = deps
  const teller = createBulkTeller({ written: settler.flush, log })
  const loops = new Map<Channel, BulkLoop>()

  function begin(channel: BulkChannel): void {
    const loop = createBulkLoop(channel, teller, deps)
    loops.set(channel, loop)
    if (canBeCutOff(channel)) channel.onReachable(loop.wake)
  }

  async function finish(loop: BulkLoop): Promise<void> {
    await loop.idle()
    await settler.flush()
    await teller.flush()
  }

  return {
    attach(channel) {
      if (takesBulk(channel) && !loops.has(channel)) begin(channel)
    },
    async leave(channel) {
      const loop = loops.get(channel)
      if (loop === undefined) return
      loops.delete(channel)
      loop.end()
      const outcome = await finishWithin(patienceMs, finish(loop))
      if (outcome === 'late')
        log.warn(accountOf(channel), 'a channel is left while broadcasts are sent on it')
    },
    heed(channel, kind) {
      const loop = loops.get(channel)
      if (loop === undefined) teller.warned({ type: 'warned', ...accountOf(channel), kind })
      else loop.heed(kind)
    },
    wake() {
      for (const loop of loops.values()) loop.wake()
    },
    async idle() {
      await Promise.all([...loops.values()].map((loop) => loop.idle()))
    },
    onNews: teller.listen,
  }
}
