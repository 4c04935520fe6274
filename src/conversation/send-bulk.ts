import { type BulkChannel, SendError, type SendErrorKind } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import type { AccountWait } from './account-wait.ts'
import type { BulkTeller } from './bulk-news.ts'
import type { BulkStore, Claimed } from './bulk-store.ts'
import type { OutboxStore, Settlement } from './outbox-store.ts'
import { isCutOff } from './reach.ts'
import { type Sealer, tryOpenOutgoing } from './sealed-json.ts'
import type { Settler } from './settle.ts'

/** Sends one broadcast that was taken up, and sees to what comes of it. Never rejects. */
export type SendBulk = (row: Claimed) => Promise<void>

export interface SendBulkDeps {
  readonly channel: BulkChannel
  /** Of the channel's account. */
  readonly wait: AccountWait
  readonly store: Pick<BulkStore, 'giveBackBulk'> & Pick<OutboxStore, 'stopChat'>
  readonly settler: Pick<Settler, 'add'>
  readonly teller: Pick<BulkTeller, 'settled'>
  /** Has the account rest, and whoever has to know told: the platform warned it. */
  readonly heed: (kind: SendErrorKind) => void
  readonly sealer: Sealer
  readonly log: Logger
  readonly now: () => Date
}

/** Where the platform asks for a slower pace and does not say how slow. */
const tooFastSeconds = 5
const longestWaitMs = 300_000

/** Makes the function. What may have gone out is never sent again; only what surely did not is given back. */
export function createSendBulk(deps: SendBulkDeps): SendBulk {
  const { channel, wait, heed, store, settler, teller, sealer, log, now } = deps
  const inMs = (milliseconds: number) => new Date(now().getTime() + milliseconds)

  function settle(
    { id, batchId }: Claimed,
    status: Settlement['status'],
    failure: string | null,
    externalId?: string,
  ) {
    settler.add({ id, status, externalId: externalId ?? null, failure })
    teller.settled(batchId)
  }

  async function giveBack(row: Claimed, until: Date, failure: string): Promise<void> {
    try {
      await store.giveBackBulk([row], until, failure)
    } catch (error) {
      log.error({ err: error, outbox: String(row.id) }, 'a broadcast could not be given back')
      settle(row, 'unknown', 'unknown')
    }
  }

  async function stop(row: Claimed): Promise<void> {
    settle(row, 'failed', 'stopped')
    try {
      await store.stopChat(row.chatId, 'stopped', now())
    } catch (error) {
      // The next message to the person tells the same.
      log.error({ err: error, outbox: String(row.id) }, 'a chat that is stopped could not be noted')
    }
  }

  function tryLater(row: Claimed): Promise<void> {
    // Being reachable again is what wakes the account.
    if (isCutOff(channel)) return giveBack(row, now(), 'unavailable')
    wait.backOff()
    const alone = inMs(Math.min(1_000 * 2 ** row.attempts, longestWaitMs)).getTime()
    return giveBack(row, new Date(Math.max(alone, wait.end().getTime())), 'unavailable')
  }

  async function conclude(row: Claimed, error: SendError): Promise<void> {
    log.warn({ kind: error.kind, outbox: String(row.id), attempts: row.attempts }, 'a broadcast was not sent')
    switch (error.kind) {
      case 'too_fast': {
        const until = inMs((error.retryAfter ?? tooFastSeconds) * 1_000)
        wait.until(until)
        return giveBack(row, until, 'too_fast')
      }
      case 'unavailable':
        return tryLater(row)
      case 'stopped':
        return stop(row)
      case 'restricted':
        settle(row, 'failed', error.kind)
        return heed(error.kind)
      case 'refused':
        return settle(row, 'failed', 'refused')
      case 'unknown':
        return doubt(row)
    }
  }

  /** What breaks once may break for all: the others wait a while, so that not everybody is in doubt. */
  function doubt(row: Claimed): void {
    wait.backOff()
    settle(row, 'unknown', 'unknown')
  }

  return async (row) => {
    const message = tryOpenOutgoing(sealer, row.body)
    if (message === undefined) {
      log.error({ outbox: String(row.id) }, 'a message cannot be opened, and is given up')
      return settle(row, 'failed', 'unreadable')
    }
    const sending = { token: row.token, purpose: 'broadcast' } as const
    try {
      const { externalId } = await channel.send(row.address, message, String(row.id), sending)
      settle(row, 'sent', null, externalId)
      wait.reset()
    } catch (error) {
      if (error instanceof SendError) return conclude(row, error)
      log.error({ err: error, outbox: String(row.id) }, 'a channel failed to send')
      doubt(row)
    }
  }
}
