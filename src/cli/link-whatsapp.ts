import { userInfo } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { App } from '../app.ts'
import type { Linking } from '../channels/whatsapp-link.ts'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import { runChannel } from '../services/run-channel.ts'
import {
  createWhatsApp,
  loadLibrary,
  openWhatsAppStore,
  stoppedAlarm,
  takeWhatsApp,
} from '../services/whatsapp.ts'
import { createAlarmStore } from '../staff/alarm-store.ts'
import { createAuditTrail } from '../staff/store.ts'
import { UsageError } from './command.ts'
import type { CliContext } from './context.ts'

/** Reasons after which what the account keeps is of no more use. */
const uselessAfter: readonly (string | undefined)[] = ['logged_out', 'forbidden', 'unreadable', 'mismatch']

/** Links the account to a phone: by QR, or with `phone` (E.164) by a code. One that stopped is set going again. */
export async function linkWhatsApp(context: CliContext, account: string, phone?: string): Promise<number> {
  const app = await context.openApp()
  try {
    const store = openWhatsAppStore(app, account)
    const { linkedAt, state, reason } = await store.status()
    if (linkedAt !== undefined && state !== 'stopped') {
      throw new UsageError(`lopo: ${account} is linked already; to link another phone: lopo whatsapp unlink`)
    }
    if (linkedAt !== undefined && !uselessAfter.includes(reason))
      return await goOn(app, store, context, account)
    const lock = await takeWhatsApp(app, account)
    if (lock === undefined)
      throw new UsageError(`lopo: another process is at ${account} just now; try again in a minute`)
    try {
      // Only now: whoever had the account may have been writing to it.
      if (linkedAt !== undefined) await store.archive()
      return await link(app, store, context, account, phone)
    } finally {
      await lock.release()
    }
  } finally {
    await app.close()
  }
}

/** The link still holds: the running bot takes the account up again. */
async function goOn(app: App, store: WhatsAppStore, context: CliContext, account: string): Promise<number> {
  await store.report({ state: 'waiting', reason: 'resumed' })
  await note(app, account, 'resumed')
  context.err('The phone is still linked: the running bot connects again within seconds.\n')
  return 0
}

async function link(
  app: App,
  store: WhatsAppStore,
  context: CliContext,
  account: string,
  phone: string | undefined,
): Promise<number> {
  const channel = createWhatsApp(app, await loadLibrary(app), account, store, linkingOf(context, phone))
  const opened = new Promise<'opened'>((resolve) => channel.onReachable(() => resolve('opened')))
  const leave = await runChannel(app, channel)
  const outcome = await Promise.race([opened, channel.stopped])
  await leave()
  if (outcome !== 'opened') return tellFailure(context, outcome)
  await note(app, account, 'linked')
  context.err('Linked. The running bot answers within seconds; if none runs: npm start\n')
  return 0
}

function linkingOf(context: CliContext, phone: string | undefined): Linking {
  if (phone !== undefined) {
    context.err('On the phone: WhatsApp > Linked devices > Link a device > Link with phone number instead.\n')
    const show = (code: string) => context.out(`${code.slice(0, 4)}-${code.slice(4)}\n`)
    return { by: 'code', phone: phone.replace(/^\+/, ''), show }
  }
  context.err(
    'On the phone: WhatsApp > Linked devices > Link a device. A new picture comes when one has run out.\n',
  )
  return { by: 'qr', show: (qr) => context.out(drawQr(qr)) }
}

/** Black and white whatever the colours of the terminal, or a phone may not read it. */
function drawQr(qr: string): string {
  const lines = renderUnicodeCompact(qr, { border: 2 }).split('\n')
  return `${lines.map((line) => `\u001b[40;97m${line}\u001b[0m`).join('\n')}\n\n`
}

const failures: Readonly<Record<string, string>> = {
  not_scanned: 'No phone took the link in time. Run the command again when the phone is at hand.',
  outdated: 'WhatsApp wants a newer program: update Lopo, then link again.',
  forbidden: 'WhatsApp has blocked this number. Look into WhatsApp on the phone.',
}

function tellFailure(context: CliContext, reason: string): number {
  context.err(
    `${failures[reason] ?? `WhatsApp did not take the link (${reason}). Try again in some minutes.`}\n`,
  )
  return 1
}

async function note({ storage, now }: App, account: string, outcome: string): Promise<void> {
  const actor = { type: 'staff', id: userInfo().username } as const
  await createAlarmStore(storage.database).settle(stoppedAlarm, account, now())
  await storage.database.prisma.$transaction((transaction) =>
    createAuditTrail().record(transaction, {
      at: now(),
      actor,
      action: 'whatsapp.link',
      subject: account,
      outcome,
    }),
  )
}
