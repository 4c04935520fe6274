import type { App } from '../app.ts'
import type { Part } from './part.ts'

const sweepMs = 2_000
const databasePatienceMs = 5 * 60_000

/** Sends what other processes put out for channels of this one, and sweeps up what a crash left. */
export async function startDelivery(app: App, fail: (reason: Error) => void): Promise<Part> {
  const { signals, conversation, log } = app
  const report = (error: unknown) => log.error({ err: error }, 'the outbox could not be looked through')
  const wake = (chatId: string) =>
    /^\d+$/.test(chatId) ? conversation.wake(BigInt(chatId)) : Promise.resolve()
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

async function readFlowsAgain({ reload, log }: App): Promise<void> {
  try {
    await reload()
    log.info('the flows are read again')
  } catch (error) {
    log.error({ err: error }, 'the new flows are broken: the old ones go on')
  }
}
