import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Linking } from '../channels/whatsapp-link.ts'
import type { AccountStatus, WhatsAppStore } from '../channels/whatsapp-store.ts'
import { createAlarmStore } from '../staff/alarm-store.ts'
import type { Actor } from '../staff/audit-trail.ts'
import { createAuditTrail } from '../staff/store.ts'
import { runChannel } from './run-channel.ts'
import {
  createWhatsApp,
  loadLibrary,
  openWhatsAppStore,
  stoppedAlarm,
  takeWhatsApp,
  unlinkSignal,
} from './whatsapp.ts'

/** What came of linking. `resumed`: the link still holds, and whichever process serves it goes on. */
export type LinkOutcome =
  | { readonly type: 'linked' | 'resumed' | 'linked_already' | 'busy' }
  /** `reason` is one that an account stops for, such as `not_scanned`. */
  | { readonly type: 'failed'; readonly reason: string }

/** What came of unlinking. `forgotten`: WhatsApp was not in reach, so the phone still lists the bot. */
export type UnlinkOutcome = 'unlinked' | 'forgotten' | 'not_linked' | 'not_heard'

/** Where an account stands. */
export interface WhatsAppSeen extends AccountStatus {
  /** Whether some process has the account: what a killed one last said of it may be long past. */
  readonly isServed: boolean
}

/** Reasons after which what the account keeps is of no more use. */
const uselessAfter: readonly (string | undefined)[] = ['logged_out', 'forbidden', 'unreadable', 'mismatch']
const patienceMs = 30_000
const lookMs = 200

/** Links the account to a phone, which takes as long as a person needs. One that stopped is set going again. */
export async function linkWhatsAppAccount(
  app: App,
  account: string,
  linking: Linking,
  by: Actor,
): Promise<LinkOutcome> {
  const store = openWhatsAppStore(app, account)
  const { linkedAt, state, reason } = await store.status()
  if (linkedAt !== undefined && state !== 'stopped') return { type: 'linked_already' }
  if (linkedAt !== undefined && !uselessAfter.includes(reason)) {
    await store.report({ state: 'waiting', reason: 'resumed' })
    await noteLink(app, account, by, 'resumed')
    return { type: 'resumed' }
  }
  const lock = await takeWhatsApp(app, account)
  if (lock === undefined) return { type: 'busy' }
  try {
    // Only now: whoever had the account may have been writing to it.
    if (linkedAt !== undefined) await store.archive()
    const outcome = await showAndWait(app, account, store, linking)
    if (outcome.type === 'linked') await noteLink(app, account, by, 'linked')
    return outcome
  } finally {
    await lock.release()
  }
}

async function showAndWait(
  app: App,
  account: string,
  store: WhatsAppStore,
  linking: Linking,
): Promise<LinkOutcome> {
  const channel = createWhatsApp(app, await loadLibrary(app), account, store, linking)
  const opened = new Promise<'opened'>((resolve) => channel.onReachable(() => resolve('opened')))
  const leave = await runChannel(app, channel)
  const outcome = await Promise.race([opened, channel.stopped])
  await leave()
  return outcome === 'opened' ? { type: 'linked' } : { type: 'failed', reason: outcome }
}

/** Takes the bot off the phone's linked devices: by the process that has the account, or by this one. */
export async function unlinkWhatsAppAccount(app: App, account: string, by: Actor): Promise<UnlinkOutcome> {
  const store = openWhatsAppStore(app, account)
  if ((await store.status()).linkedAt === undefined) return 'not_linked'
  const lock = await takeWhatsApp(app, account)
  const outcome =
    lock === undefined ? await askOwner(app, store, account) : await unlinkHere(app, store, account, lock)
  if (outcome !== 'not_heard') await note(app, { account, by, action: 'whatsapp.unlink', outcome })
  return outcome
}

async function unlinkHere(
  app: App,
  store: WhatsAppStore,
  account: string,
  lock: { release(): Promise<void> },
): Promise<'unlinked' | 'forgotten'> {
  try {
    const channel = createWhatsApp(app, await loadLibrary(app), account, store)
    const opened = new Promise<void>((resolve) => channel.onReachable(resolve))
    const leave = await runChannel(app, channel)
    await Promise.race([opened, channel.stopped, wait(patienceMs, undefined, { ref: false })])
    const outcome = await channel.unlink()
    await leave()
    return outcome
  } finally {
    await lock.release()
  }
}

/** The process that has the account does it, when it hears of it. */
async function askOwner(
  { signals }: App,
  store: WhatsAppStore,
  account: string,
): Promise<'unlinked' | 'not_heard'> {
  await signals.send(unlinkSignal, account)
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(lookMs)) {
    if ((await store.status()).linkedAt === undefined) return 'unlinked'
  }
  return 'not_heard'
}

/** Looks at an account, whichever process has it. */
export async function lookAtWhatsApp(app: App, account: string): Promise<WhatsAppSeen> {
  const status = await openWhatsAppStore(app, account).status()
  const lock = await takeWhatsApp(app, account)
  await lock?.release()
  return { ...status, isServed: lock === undefined }
}

async function noteLink(app: App, account: string, by: Actor, outcome: string): Promise<void> {
  const { storage, now } = app
  await createAlarmStore(storage.database).settle(stoppedAlarm, account, now())
  await note(app, { account, by, action: 'whatsapp.link', outcome })
}

async function note(
  { storage, now }: App,
  deed: { readonly account: string; readonly by: Actor; readonly action: string; readonly outcome: string },
): Promise<void> {
  const { account, by, action, outcome } = deed
  await storage.database.prisma.$transaction((transaction) =>
    createAuditTrail().record(transaction, { at: now(), actor: by, action, subject: account, outcome }),
  )
}
