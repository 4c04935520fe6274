import type { BulkChannel, SendErrorKind } from '../channels/channel.ts'
import type { Logger } from '../log.ts'
import { createAccountWait } from './account-wait.ts'
import type { BulkTeller } from './bulk-news.ts'
import type { BulkStore, Claimed } from './bulk-store.ts'
import type { OutboxStore } from './outbox-store.ts'
import { accountOf, isCutOff } from './reach.ts'
import type { Sealer } from './sealed-json.ts'
import { createSendBulk } from './send-bulk.ts'
import type { Settler } from './settle.ts'

/** What sending broadcasts needs. */
export interface BulkDeps {
  readonly store: BulkStore & Pick<OutboxStore, 'stopChat'>
  readonly settler: Settler
  readonly sealer: Sealer
  /** Whether nobody is written to unasked at that time. */
  readonly isQuiet?: ((at: Date) => boolean) | undefined
  readonly log: Logger
  readonly now: () => Date
  /** How often it is looked whether something is due, besides when it is woken. */
  readonly lookEveryMs?: number
}

/** Broadcasts on their way out on the account of one channel. */
export interface BulkLoop {
  /** Has it looked whether something is due. */
  wake(): void
  /** Takes up nothing for an hour, and tells whoever has to know: the platform warned the account. */
  heed(kind: SendErrorKind): void
  /** Takes up nothing more. */
  end(): void
  /** Resolves once nothing is under way. */
  idle(): Promise<void>
}

/** Whoever took something up and is gone may have been slow to go: it is looked again now and then. */
const takeOverEveryMs = 30_000
/** How long an account rests that the platform warned: what follows it makes it worse. */
const restMs = 3_600_000
/** How many messages are looked at where many turned out to be wanted no more. */
const farLook = 200

/**
 * Makes it, at work. What is due is taken up for the free places of the channel, half of them at a time: what is settled while
 * it is sent, and what is taken up, are few statements then.
 */
export function createBulkLoop(channel: BulkChannel, teller: BulkTeller, deps: BulkDeps): BulkLoop {
  const { store, settler, log, now, isQuiet = () => false, lookEveryMs = 1_000 } = deps
  const account = accountOf(channel)
  const wait = createAccountWait(now)
  const send = createSendBulk({ ...deps, channel, wait, teller, heed })
  const underWay = new Map<bigint, Promise<void>>()
  let working: Promise<void> | undefined
  let again = false
  let ended = false
  let tookOverAt = Number.NEGATIVE_INFINITY
  let look = 0
  let restsUntil = new Date(0)

  const isOpen = () => !ended && !isCutOff(channel) && wait.isOver() && !isQuiet(now())
  const places = () => channel.bulk.atOnce - underWay.size

  function heed(kind: SendErrorKind): void {
    const until = new Date(now().getTime() + restMs)
    wait.until(until)
    // Of several that were refused at once one is told.
    if (until > restsUntil) teller.warned({ type: 'warned', ...account, kind })
    restsUntil = until
  }

  function start(row: Claimed): void {
    const sending = send(row)
      .catch((error) => log.error({ err: error, outbox: String(row.id) }, 'a broadcast came to no end'))
      .finally(() => {
        underWay.delete(row.id)
        wake()
      })
    underWay.set(row.id, sending)
  }

  async function takeOver(): Promise<void> {
    if (now().getTime() - tookOverAt < takeOverEveryMs) return
    const before = [...underWay.keys()]
    // What was just sent is not to be taken for what nobody knows of.
    await settler.flush()
    for (const batchId of await store.takeOverBulk(account, [...before, ...underWay.keys()], now()))
      teller.settled(batchId)
    tookOverAt = now().getTime()
  }

  /** Takes up what there is place for, and sends it; whether there may be more. */
  async function takeUp(): Promise<boolean> {
    const most = { places: places(), look: Math.max(look, places()) }
    const { toSend, settled } = await store.claimBulk(account, most, now())
    for (const batchId of settled) teller.settled(batchId)
    look = settled.length > 0 ? farLook : 0
    // Meanwhile the platform may have asked for a rest, or the channel be left.
    if (isOpen()) for (const row of toSend) start(row)
    else await store.giveBackBulk(toSend, wait.isOver() ? now() : wait.end(), 'unavailable')
    return toSend.length + settled.length >= most.places
  }

  async function takeUpAll(): Promise<void> {
    let isMore = true
    while (isMore && isOpen() && places() * 2 >= channel.bulk.atOnce) {
      await takeOver()
      isMore = await takeUp()
    }
  }

  async function work(): Promise<void> {
    try {
      while (again) {
        again = false
        await takeUpAll()
      }
    } catch (error) {
      // The next look tries again.
      log.error({ err: error, ...account }, 'broadcasts could not be taken up now')
    } finally {
      working = undefined
    }
  }

  function wake(): void {
    again = true
    working ??= work()
  }

  const timer = setInterval(wake, lookEveryMs).unref()
  wake()
  return {
    wake,
    heed,
    end() {
      ended = true
      clearInterval(timer)
    },
    async idle() {
      while (working !== undefined || underWay.size > 0) await Promise.all([working, ...underWay.values()])
    },
  }
}
