import type { App } from '../app.ts'
import { broadcastChannels } from '../broadcast/broadcast-channels.ts'
import type { BulkNews } from '../conversation/batches.ts'
import type { Part } from './part.ts'

const sweepMs = 2_000
/** What the signal `outbox` says where many messages wait, instead of naming a chat. */
const bulkSignal = 'bulk'
const databasePatienceMs = 5 * 60_000

/** Sends what other processes put out for channels of this one, and sweeps up what a crash left. */
export async function startDelivery(app: App, fail: (reason: Error) => void): Promise<Part> {
  const { signals, conversation, log } = app
  const report = (error: unknown) => log.error({ err: error }, 'the outbox could not be looked through')
  const wake = async (what: string): Promise<void> => {
    if (what === bulkSignal) conversation.wakeBulk()
    else if (/^\d+$/.test(what)) await conversation.wake(BigInt(what))
  }
  conversation.onBulk((news) => watchBroadcasts(app, news))
  await signals.on('outbox', (chatId) => void wake(chatId).catch(report))
  await signals.on('flows', () => void readFlowsAgain(app))
  // The word to read them may have been among those that were lost.
  signals.onGap(() => void readFlowsAgain(app))
  let answeredAt = Date.now()
  let sweeping: Promise<void> | undefined
  const sweep = () => {
    sweeping ??= conversation
      .sweep()
      .then(() => {
        answeredAt = Date.now()
      }, report)
      .finally(() => {
        sweeping = undefined
      })
    if (Date.now() - answeredAt > databasePatienceMs)
      fail(new Error('the database has not answered for five minutes'))
  }
  sweep()
  const timer = setInterval(sweep, sweepMs)
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
      await conversation.idle()
    },
  }
}

/** Pauses broadcasts that go wrong while they go out. */
async function watchBroadcasts({ broadcasting, log }: App, news: BulkNews): Promise<void> {
  if (news.type === 'settled') {
    await broadcasting.guard(news.batchIds)
    return
  }
  const channel = broadcastChannels.find((name) => name === news.channel)
  log.warn({ channel: news.channel, kind: news.kind }, 'a channel warned while broadcasts went out')
  if (channel !== undefined) await broadcasting.warn(channel)
}

async function readFlowsAgain({ reload, log }: App): Promise<void> {
  try {
    await reload()
    log.info('the flows are read again')
  } catch (error) {
    log.error({ err: error }, 'the new flows are broken: the old ones go on')
  }
}
