import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../app.ts'
import { contentOf } from '../../app-words.ts'
import type { TelegramChannel } from '../../channels/telegram.ts'
import { parseOffices } from '../../inquiry/offices.ts'
import type { TicketDesk } from '../../inquiry/ticket-desk.ts'
import { createAlarmStore } from '../../staff/alarm-store.ts'
import { takeAdvisoryLock } from '../../storage/advisory-lock.ts'
import { openTicketTopics, type TicketTopics } from '../../storage/ticket-topics.ts'
import { ownAccount } from '../account-owner.ts'
import type { Part } from '../part.ts'
import { createGroupAnswers } from './answers.ts'
import { createGroupPace, type GroupPace } from './group-pace.ts'
import type { LineDeps } from './lines.ts'
import { createGroupListener } from './listener.ts'
import { startRoundLoop } from './loop.ts'
import { type GroupMember, groupViewer, isOwnEntry, memberOfficer } from './officer.ts'
import { createRounds, type Round } from './rounds.ts'
import { createTeller } from './teller.ts'
import { parseGroupTexts } from './texts.ts'

/** The kind of alarm that tells staff that their group hears of no ticket. */
const groupAlarm = 'staff_group_failed'
/** The word by which processes say that a ticket has something new. */
const ticketSignal = 'tickets'

/** What the bridge between tickets and the staff group is built of. */
export interface StaffGroupDeps {
  readonly telegram: TelegramChannel | undefined
  readonly desk: TicketDesk
  /** Whether this process may be the one that tells tickets to the group; every process hears what is written there. */
  readonly tells: boolean
  readonly sweepMs?: number
}

const usualSweepMs = 5_000

/**
 * Tickets in the staff group: one process tells what is new there, and whichever receives for the bot does what is written. To
 * be called before the channel starts to receive.
 */
export async function startStaffGroup(app: App, deps: StaffGroupDeps): Promise<Part> {
  const group = app.config.telegram?.staffChat
  const { telegram } = deps
  if (group === undefined || telegram === undefined) return { stop: async () => undefined }
  const bridge = await openBridge(app, { ...deps, telegram, group })
  const stopping = new AbortController()
  const answers = createGroupAnswers({ ...bridge, signal: stopping.signal })
  telegram.watchGroups(createGroupListener({ ...bridge, answers }))
  const owner = deps.tells ? await tellAlone(app, bridge, deps.sweepMs ?? usualSweepMs) : undefined
  return {
    greeting: deps.tells ? ['Telegram: tickets are told in the staff group.'] : [],
    async stop() {
      await owner?.stop()
      stopping.abort()
      await answers.idle()
    },
  }
}

interface Bridge extends LineDeps, Pick<StaffGroupDeps, 'desk'> {
  readonly group: number
  readonly telegram: TelegramChannel
  readonly topics: TicketTopics
  readonly calls: TelegramChannel['groups']
  readonly pace: GroupPace
  readonly officerOf: (author: GroupMember) => ReturnType<typeof memberOfficer>
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly now: () => Date
  readonly log: App['log']
}

async function openBridge(
  app: App,
  { telegram, desk, group }: StaffGroupDeps & { telegram: TelegramChannel; group: number },
): Promise<Bridge> {
  const { now, storage, config } = app
  const { keyring } = storage
  const texts = parseGroupTexts(contentOf(app.texts, 'grup'))
  const wait = (milliseconds: number, signal: AbortSignal) =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined)
  return {
    ...{ telegram, desk, group, texts, wait, now },
    officeName: readOfficeNames(app),
    deskUrl: (number) =>
      config.publicUrl === undefined ? undefined : `${config.publicUrl}/desk/tiket/${number}`,
    topics: await openTicketTopics({ prisma: storage.database.prisma, group, now }),
    calls: telegram.groups,
    // A clock that stands still for tests must not stop the pace.
    pace: createGroupPace({ now: Date.now, wait }),
    officerOf: (author) => memberOfficer({ texts, keyring }, author),
    log: app.log.child({ group: 'staff' }),
  }
}

function readOfficeNames({ texts }: App): (code: string) => string {
  const { offices } = parseOffices(contentOf(texts, 'kantor'))
  return (code) => offices.get(code)?.title ?? code
}

/** One process at a time tells; another takes over when it is gone. */
async function tellAlone(app: App, bridge: Bridge, sweepMs: number) {
  const { signals, storage } = app
  const { telegram, group, log } = bridge
  let wake: () => void = () => undefined
  await signals.on(ticketSignal, () => wake())
  signals.onGap(() => wake())
  return ownAccount({
    take: () => takeAdvisoryLock(storage.database.url, `${telegram.name}:${telegram.account}:group:${group}`),
    async serve() {
      const loop = startRoundLoop({ round: roundsOf(app, bridge), sweepMs, log })
      wake = loop.wake
      return { leave: loop.stop }
    },
    log,
  })
}

function roundsOf(app: App, bridge: Bridge): Round {
  const { texts } = bridge
  const viewer = groupViewer(texts)
  const teller = createTeller({ ...bridge, viewer, isOwn: (entry) => isOwnEntry(texts, entry) })
  return createRounds({ ...bridge, ...watchTrouble(app, bridge), teller, now: Date.now })
}

/** Tells staff once that their group cannot be posted to, and no longer once it can. */
function watchTrouble({ storage, now }: App, { group, log }: Bridge) {
  const alarms = createAlarmStore(storage.database)
  const subject = String(group)
  let isWell: boolean | undefined
  return {
    async onTrouble(reason: string): Promise<void> {
      if (isWell === false) return
      await alarms.raise({ kind: groupAlarm, subject, details: { chat: subject, reason }, at: now() })
      log.error(
        { reason },
        'the staff group does not take tickets: check TELEGRAM_STAFF_CHAT and that the bot is an admin there',
      )
      isWell = false
    },
    async onWell(): Promise<void> {
      if (isWell === true) return
      await alarms.settle(groupAlarm, subject, now())
      isWell = true
    },
  }
}
