import { userInfo } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import { runChannel } from '../services/run-channel.ts'
import {
  createWhatsApp,
  loadLibrary,
  openWhatsAppStore,
  takeWhatsApp,
  unlinkSignal,
} from '../services/whatsapp.ts'
import { createAuditTrail } from '../staff/store.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

const patienceMs = 30_000
const lookMs = 200

/** Takes the bot off the phone's linked devices: by the process that has the account, or by this one. */
export async function unlinkWhatsApp(context: CliContext, account: string): Promise<number> {
  const app = await context.openApp()
  try {
    const store = openWhatsAppStore(app, account)
    if ((await store.status()).linkedAt === undefined) throw new UsageError(`lopo: ${account} is not linked`)
    const outcome = await unlink(app, store, account)
    await note(app, account, outcome)
    context.err(
      outcome === 'unlinked'
        ? 'Unlinked. What people wrote stays.\n'
        : 'Set aside here. WhatsApp was not in reach: take the device off on the phone, under Linked devices.\n',
    )
    return 0
  } finally {
    await app.close()
  }
}

async function unlink(app: App, store: WhatsAppStore, account: string): Promise<'unlinked' | 'forgotten'> {
  const lock = await takeWhatsApp(app, account)
  if (lock === undefined) return askOwner(app, store, account)
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
async function askOwner({ signals }: App, store: WhatsAppStore, account: string): Promise<'unlinked'> {
  await signals.send(unlinkSignal, account)
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(lookMs)) {
    if ((await store.status()).linkedAt === undefined) return 'unlinked'
  }
  throw new UsageError(
    `lopo: the process that has ${account} did not unlink it; stop that process and try again`,
  )
}

async function note({ storage, now }: App, account: string, outcome: string): Promise<void> {
  const actor = { type: 'staff', id: userInfo().username } as const
  await storage.database.prisma.$transaction((transaction) =>
    createAuditTrail().record(transaction, {
      at: now(),
      actor,
      action: 'whatsapp.unlink',
      subject: account,
      outcome,
    }),
  )
}
