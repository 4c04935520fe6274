import type { Part } from '../../src/services/part.ts'
import { startStaffGroup } from '../../src/services/staff-group/staff-group.ts'
import { createTelegram, startTelegram } from '../../src/services/telegram.ts'
import type { Group, GroupOptions } from './bot-api/group.ts'
import { type BotApiServer, startBotApiServer } from './bot-api-server.ts'
import { createStoredTicketDesk, type StoredTicketDesk } from './stored-ticket-desk.ts'
import { openTestApp, type TestApp } from './test-app.ts'

/** The id of the staff group of tests. */
export const staffChat = -1_005_399_000_001

/** A house with Telegram, a staff group and a desk. */
export interface StaffGroupWorld extends AsyncDisposable {
  readonly app: TestApp
  readonly server: BotApiServer
  readonly group: Group
  readonly desk: StoredTicketDesk
  /** Starts what receives and tells; what was started before is stopped. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Says that a ticket has something new, as whoever writes to one does. */
  wake(): Promise<void>
}

/** Opens it; with `isAway` there is no group of the configured id. */
export async function openStaffGroupWorld(
  options: GroupOptions & { readonly isAway?: boolean } = {},
): Promise<StaffGroupWorld> {
  const server = await startBotApiServer()
  const { isAway = false, ...like } = options
  const group = server.group(isAway ? staffChat - 1 : staffChat, like)
  const app = await openTestApp({
    TELEGRAM_TOKEN: server.token,
    TELEGRAM_API_ROOT: server.apiRoot,
    TELEGRAM_STAFF_CHAT: String(staffChat),
  })
  const desk = createStoredTicketDesk(app.storage.database.prisma, app.now)
  let parts: Part[] = []
  const world: StaffGroupWorld = {
    ...{ app, server, group, desk },
    async start() {
      await world.stop()
      const telegram = createTelegram(app, (reason) => app.log.error({ err: reason }, 'fatal'))
      parts.push(await startStaffGroup(app, { telegram, desk, tells: true, sweepMs: 50 }))
      parts.push(await startTelegram(app, telegram, { receivesByWebhook: false, sends: true }))
    },
    async stop() {
      for (const part of parts.toReversed()) await part.stop()
      parts = []
    },
    wake: () => app.signals.send('tickets', ''),
    async [Symbol.asyncDispose]() {
      await world.stop()
      await app.close()
      await server.close()
    },
  }
  return world
}
