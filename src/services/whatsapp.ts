import type { App } from '../app.ts'
import { whatsAppRoot } from '../app-chat-links.ts'
import { createTurns, type Turns } from '../channels/turns.ts'
import { createWhatsAppChannel, type WhatsAppChannel } from '../channels/whatsapp.ts'
import { type Baileys, loadBaileys } from '../channels/whatsapp-library.ts'
import type { Linking } from '../channels/whatsapp-link.ts'
import type { WhatsAppStore } from '../channels/whatsapp-store.ts'
import { afterQuiet, isQuiet } from '../language/quiet-hours.ts'
import { createAlarmStore } from '../staff/alarm-store.ts'
import { type AdvisoryLock, takeAdvisoryLock } from '../storage/advisory-lock.ts'
import { transact } from '../storage/transact.ts'
import { createWhatsAppStore } from '../storage/whatsapp-store.ts'
import { ownAccount, type Serving } from './account-owner.ts'
import type { Part } from './part.ts'
import { startPublicPosts } from './public-posts.ts'
import { runChannel } from './run-channel.ts'

/** The word by which processes speak of WhatsApp accounts: its payload names the account that is to be unlinked. */
export const unlinkSignal = 'whatsapp_unlink'
/** The kind of alarm that tells staff of an account that stopped. */
export const stoppedAlarm = 'whatsapp_stopped'
const warnedAlarm = 'whatsapp_warned'

/** Reasons after which trying again can only do harm: a person must look first, and say so by `lopo whatsapp link`. */
const finalReasons: readonly (string | undefined)[] = ['logged_out', 'forbidden', 'banned']

/** The WhatsApp library, with what its users in one process share. */
export interface Library {
  readonly baileys: Baileys
  readonly turns: Turns
}

/** Loads it: once a process. Rejects with one clear sentence where it is not installed. */
export async function loadLibrary({ log }: App): Promise<Library> {
  return { baileys: await loadBaileys(log), turns: createTurns() }
}

/** The store of one account. */
export function openWhatsAppStore({ storage, now }: App, account: string): WhatsAppStore {
  const { pool, prisma } = storage.database
  return createWhatsAppStore({ pool, prisma, keyring: storage.keyring, now, account })
}

/** The lock that says which process has the account. */
export function takeWhatsApp({ storage }: App, account: string): Promise<AdvisoryLock | undefined> {
  return takeAdvisoryLock(storage.database.url, `whatsapp:${account}`)
}

/** The channel of one account; with `linking` a phone may link it. */
export function createWhatsApp(
  app: App,
  { baileys, turns }: Library,
  account: string,
  store: WhatsAppStore,
  linking?: Linking,
): WhatsAppChannel {
  const { config, conversation, media, now } = app
  return createWhatsAppChannel({
    ...{ baileys, turns, account, store, media, linking },
    url: config.whatsapp?.socketUrl,
    pace: config.whatsapp && { ...config.whatsapp.pace, quietUntil: (moment) => quietUntil(app, moment) },
    memory: {
      has: conversation.has,
      said: (token) => conversation.outgoing({ channel: 'whatsapp', account }, token),
      countUnasked: (since) => conversation.countUnasked({ channel: 'whatsapp', account }, since),
    },
    log: app.log.child({ channel: 'whatsapp', account }),
    now: () => now().getTime(),
    onNumber: (phone) => noteAddress(app.addresses, phone),
    onWarning: (warning) => void heedWarning(app, account, warning),
  })
}

/** Until when nobody is written to unasked, in milliseconds. */
function quietUntil({ broadcastWords }: App, moment: number): number | undefined {
  const { quiet_hours: quiet } = broadcastWords()
  const at = new Date(moment)
  return isQuiet(at, quiet) ? afterQuiet(at, quiet).getTime() : undefined
}

/** Staff are told, and broadcasts on the channel end at once. */
async function heedWarning(app: App, account: string, warning: string): Promise<void> {
  await alarm(app, account, warnedAlarm, warning)
  await app.broadcasting
    .warn('whatsapp')
    .catch((error) => app.log.error({ err: error, account }, 'broadcasts could not be paused'))
}

/** One process at a time serves each linked account; an account that is linked later is taken up within seconds. */
export async function startWhatsApp(app: App): Promise<Part> {
  const { config } = app
  if (config.whatsapp === undefined) return { stop: async () => undefined }
  const library = await loadLibrary(app)
  const serving = new Map<string, WhatsAppChannel>()
  const begun = await Promise.allSettled(
    config.whatsapp.accounts.map((account) => own(app, library, account, serving)),
  )
  const owners = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async () => void (await Promise.all(owners.map((owner) => owner.stop())))
  const failed = begun.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  await app.signals.on(unlinkSignal, (account) => {
    serving
      .get(account)
      ?.unlink()
      .catch((error) => app.log.error({ err: error, account }, 'WhatsApp was not unlinked'))
  })
  return {
    greeting: [await greet(app, config.whatsapp.accounts)],
    stop,
  }
}

async function greet(app: App, accounts: readonly string[]): Promise<string> {
  const states = await Promise.all(accounts.map((account) => openWhatsAppStore(app, account).status()))
  const open = states.filter(({ linkedAt }) => linkedAt === undefined).map(({ account }) => account)
  if (open.length === 0) return 'WhatsApp: on.'
  const names = open.filter((name) => name !== 'main').map((name) => ` --account ${name}`)
  const commands = (names.length > 0 ? names : ['']).map((name) => `npm run lopo -- whatsapp link${name}`)
  return `WhatsApp: no phone is linked yet. Beside this, run: ${commands.join(' and ')}`
}

function own(app: App, library: Library, account: string, serving: Map<string, WhatsAppChannel>) {
  const store = openWhatsAppStore(app, account)
  let tried = false

  async function mayServe(): Promise<boolean> {
    const { linkedAt, state, reason } = await store.status()
    if (linkedAt === undefined) return false
    return state !== 'stopped' || (!tried && !finalReasons.includes(reason))
  }

  async function serve(): Promise<Serving> {
    tried = true
    const channel = createWhatsApp(app, library, account, store)
    channel.onReachable(() => void settleAlarms(app, account, store))
    const leave = await runChannel(app, channel)
    const endPosts =
      account === app.config.whatsapp?.accounts[0] ? startPublicPosts(app, channel, 'whatsapp') : undefined
    serving.set(account, channel)
    const over = channel.stopped.then((reason) =>
      reason === 'unlinked' ? undefined : alarm(app, account, stoppedAlarm, reason),
    )
    return {
      over,
      async leave() {
        serving.delete(account)
        await endPosts?.()
        await leave()
      },
    }
  }

  return ownAccount({
    take: async () => ((await mayServe()) ? takeWhatsApp(app, account) : undefined),
    serve,
    log: app.log.child({ channel: 'whatsapp', account }),
  })
}

/** Tells staff that a person must look after the account: anew, so that one that nobody looked at hides none that follows. */
async function alarm(
  { storage, now, log }: App,
  account: string,
  kind: string,
  reason: string,
): Promise<void> {
  const at = now()
  await transact(storage.database.prisma, async (prisma) => {
    const alarms = createAlarmStore({ prisma })
    await alarms.settle(kind, account, at)
    await alarms.raise({ kind, subject: account, details: { account, reason }, at })
  }).catch((error) => log.error({ err: error, account }, 'staff were not told of WhatsApp'))
}

/** The account serves again, and may not be restricted any more: what staff were told of it is over. */
async function settleAlarms(app: App, account: string, store: WhatsAppStore): Promise<void> {
  const { storage, now, log } = app
  const alarms = createAlarmStore(storage.database)
  try {
    await alarms.settle(stoppedAlarm, account, now())
    const { restrictedUntil } = await store.status()
    const isFree = restrictedUntil === undefined || restrictedUntil <= now()
    if (isFree) await alarms.settle(warnedAlarm, account, now())
  } catch (error) {
    log.error({ err: error, account }, 'an alarm was not settled')
  }
}

/** Where the accounts stand, for whoever watches over the bot: whichever process has them. */
export async function describeAccounts(app: App): Promise<Readonly<Record<string, unknown>>> {
  const { whatsapp } = app.config
  if (whatsapp === undefined) return {}
  const all = await Promise.all(whatsapp.accounts.map((account) => openWhatsAppStore(app, account).status()))
  const entries = all.map(({ account, state, reason, stateAt, lastInboundAt }) => [
    account,
    { state, reason, since: stateAt.toISOString(), lastInboundAt: lastInboundAt?.toISOString() },
  ])
  return { whatsapp: Object.fromEntries(entries) }
}

/** The number is the bot's own, by which residents know it. */
function noteAddress(addresses: string[], phone: string): void {
  const address = `${whatsAppRoot}${phone}`
  if (!addresses.includes(address)) addresses.push(address)
}
