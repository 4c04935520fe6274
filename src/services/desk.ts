import type { Hono } from 'hono'
import type { App } from '../app.ts'
import { contentOf } from '../app-words.ts'
import { createCodeDesk } from '../assistance/code-desk.ts'
import { findAssistanceTexts } from '../assistance/texts.ts'
import type { JobQueue } from '../jobs/queue.ts'
import { createAlarmStore } from '../staff/alarm-store.ts'
import type { AuditEntry } from '../staff/audit-trail.ts'
import { createStaffAccounts } from '../staff/create-staff-accounts.ts'
import { may, type Officer } from '../staff/officer.ts'
import { createSignIn } from '../staff/sign-in/create-sign-in.ts'
import { createAuditTrail } from '../staff/store.ts'
import { readTrail } from '../staff/trail/read-trail.ts'
import { readTrailCsv } from '../staff/trail/read-trail-csv.ts'
import { verifyTrail } from '../staff/trail/verify-trail.ts'
import { codeRoutes } from '../web/desk/codes/code-routes.ts'
import { createDesk, type DeskDeps } from '../web/desk/desk-app.ts'
import { parseDeskTexts } from '../web/desk/desk-texts.ts'
import { alarmRoutes, alarmTiles } from '../web/desk/house/alarms-page.ts'
import { channelRoutes } from '../web/desk/house/channels-pages.ts'
import { contentsRoute, contentTiles } from '../web/desk/house/contents-page.ts'
import { parseHouseTexts } from '../web/desk/house/house-texts.ts'
import { listRoutes } from '../web/desk/lists/list-routes.ts'
import { parseListTexts } from '../web/desk/lists/list-texts.ts'
import { listSections, listTiles } from '../web/desk/lists/list-tiles.ts'
import { parseCannedAnswers } from '../web/desk/tickets/canned-answers.ts'
import { ticketRoutes } from '../web/desk/tickets/routes.ts'
import { watchTickets } from '../web/desk/tickets/ticket-changes.ts'
import { parseTicketTexts } from '../web/desk/tickets/ticket-texts.ts'
import { ticketSection, ticketTiles } from '../web/desk/tickets/ticket-tiles.ts'
import type { Pages } from '../web/pages.ts'
import type { Area } from './desk-area.ts'
import { broadcastArea } from './desk-broadcasts.ts'
import { createDeskChannels } from './desk-channels.ts'
import { marketArea } from './desk-market.ts'
import { trainingArea } from './desk-trainings.ts'
import { createLists } from './lists.ts'
import { marketImportArea } from './market-imports.ts'

/** The staff desk, to be mounted at /desk. */
export async function openDesk(app: App, pages: Pages, queue: JobQueue): Promise<Hono> {
  return createDesk(await deskParts(app, pages, queue))
}

/** What the desk is built of: its areas, and the means of signing in. */
export async function deskParts(app: App, pages: Pages, queue: JobQueue): Promise<DeskDeps> {
  const { config, storage, language, now, log, texts } = app
  const { database, keyring } = storage
  const audit = createAuditTrail()
  const alarms = createAlarmStore(database)
  const note = (entry: AuditEntry) =>
    database.prisma.$transaction((transaction) => audit.record(transaction, entry))
  const accounts = createStaffAccounts({ database, keyring, audit, now, places: language.places })
  const market = marketArea(app, () => umkm.moreTabs())
  const umkm = marketImportArea(app, queue, market.tabs)
  const areas = [
    await ticketArea(app, accounts),
    trainingArea(app),
    broadcastArea(app),
    market,
    umkm,
    listArea(app, queue),
    houseArea(app, { alarms, note }),
  ]
  return {
    texts: parseDeskTexts(contentOf(texts, 'meja')),
    pages,
    demo: config.demo,
    signIn: createSignIn({ database, keyring, audit, alarms, now, publicUrl: config.publicUrl }),
    accounts,
    kelurahan: language.places.all,
    trail: {
      read: (filter, page) => readTrail(database.prisma, filter, page),
      csv: (filter, headings) => readTrailCsv(database.prisma, filter, headings),
      verify: (expected) => verifyTrail({ pool: database.pool, keyring }, expected),
    },
    note,
    secrets: keyring,
    tiles: async (officer) => (await Promise.all(areas.map((area) => area.tiles(officer)))).flat(),
    routes: areas.flatMap(({ routes }) => routes),
    sections: areas.flatMap(({ sections }) => sections),
    publicUrl: config.publicUrl,
    now,
    log: log.child({ part: 'desk' }),
  }
}

async function ticketArea(app: App, accounts: ReturnType<typeof createStaffAccounts>): Promise<Area> {
  const { language, now } = app
  const texts = parseTicketTexts(contentOf(app.texts, 'meja-tiket'))
  const desk = app.tickets
  const routes = ticketRoutes({
    ...{ desk, accounts, texts, now },
    secrets: app.storage.keyring,
    offices: app.ticketWords().offices,
    answers: parseCannedAnswers(contentOf(app.texts, 'jawaban')),
    kelurahanName: (code) => language.places.byCode(code)?.name,
    changes: await watchTickets(app.signals),
  })
  return {
    routes,
    sections: [ticketSection(texts)],
    tiles: (officer) => ticketTiles({ desk, texts }, officer),
  }
}

function listArea(app: App, queue: JobQueue): Area {
  const { storage, now, addresses } = app
  const { database, keyring } = storage
  const texts = parseListTexts(contentOf(app.texts, 'meja-daftar'))
  const lists = createLists(app, queue)
  const codes = createCodeDesk({ prisma: database.prisma, audit: createAuditTrail(), secrets: keyring, now })
  const { quarantine: reasonWords } = findAssistanceTexts(app.texts.content)
  return {
    routes: [
      ...listRoutes({ texts, lists, reasonWords, now }),
      // A phone has WhatsApp or Telegram rather than the address of a page in mind.
      ...codeRoutes({ texts, codes, secrets: keyring, address: () => addresses.at(-1) ?? '', now }),
    ],
    sections: listSections(texts),
    tiles: (officer) => listTiles({ texts, lists }, officer),
  }
}

/** What the house itself needs of its staff: texts to read again, alarms, the WhatsApp numbers. */
function houseArea(
  app: App,
  ground: {
    readonly alarms: ReturnType<typeof createAlarmStore>
    note(entry: AuditEntry): Promise<void>
  },
): Area {
  const { now, storage } = app
  const texts = parseHouseTexts(contentOf(app.texts, 'meja-rumah'))
  const contents = {
    texts: texts.contents,
    topics: () => [...app.ticketWords().content.values()],
    now,
  }
  const alarms = {
    texts: texts.alarms,
    open: ground.alarms.open,
    settle: (id: bigint, { id: officer }: Officer) =>
      storage.database.prisma.$transaction(async (transaction) => {
        const kind = await ground.alarms.settleOne(transaction, id, now())
        if (kind === undefined) return
        await createAuditTrail().record(transaction, {
          at: now(),
          actor: { type: 'staff', id: officer },
          action: 'alarm.settle',
          subject: String(id),
          details: { kind },
        })
      }),
  }
  const channels = { texts: texts.channels, channels: createDeskChannels(app), now }
  return {
    routes: [contentsRoute(contents), ...alarmRoutes(alarms), ...channelRoutes(channels)],
    sections: [
      { name: 'contents', label: texts.contents.section, path: '/isi', permission: 'content' },
      { name: 'alarms', label: texts.alarms.section, path: '/peringatan', permission: 'alarms' },
      { name: 'channels', label: texts.channels.section, path: '/whatsapp', permission: 'channels' },
    ],
    tiles: async (officer) => [
      ...(may(officer, 'alarms') ? await alarmTiles(alarms) : []),
      ...(may(officer, 'content') ? contentTiles(contents) : []),
    ],
  }
}
