import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createOutboxStore } from '../src/conversation/outbox-store.ts'
import { createTellMany } from '../src/conversation/tell-many.ts'
import { createAuditTrail } from '../src/staff/store.ts'
import { type OpenDatabase, openDatabase } from '../src/storage/database.ts'
import { startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts'
import { createKeyring, type Keyring, newKeyEntry } from '../src/storage/keyring.ts'
import { applyMigrations } from '../src/storage/migrations.ts'
import { parseNoticeTexts } from '../src/training/notices/notice-texts.ts'
import { createAnnounceStore } from '../src/training/notices/store-announce.ts'
import { createDueNoticeStore, createNoticeStore } from '../src/training/notices/store-notice.ts'
import { createReminderStore } from '../src/training/notices/store-reminders.ts'
import { createTendNotices } from '../src/training/notices/tend-notices.ts'
import { createTrainingStore } from '../src/training/store.ts'
import { sealDetails } from '../src/training/store-details.ts'
import { parseTrainingWords } from '../src/training/training-words.ts'
import { machine } from './lib/machine.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// Reminds 10,000 people of a session of the next day, from nothing to rows in the outbox, and sets the time beside a bare INSERT of
// as many rows.
const people = 10_000
const courses = 5
const rounds = 3
const batch = 1_000
const startsAt = new Date('2026-03-05T08:00:00+08:00')
const dayBefore = new Date('2026-03-04T09:00:00+08:00')

const before = machine()
const folder = await mkdtemp(path.join(os.tmpdir(), 'lopo-bench-'))
const server = await startEmbeddedPostgres(path.join(folder, 'postgres'))
const database = openDatabase(server.url)
const rows: { readonly reminders: number; readonly insert: number; readonly cpuSeconds: number }[] = []
try {
  await applyMigrations(server.url)
  const keyring = createKeyring([newKeyEntry()])
  const tend = await openTending(database, keyring)
  const chats = await seatPeople(database)
  for (let round = 0; round < rounds; round++) {
    await openCourses(database, keyring, chats)
    await database.pool.query('VACUUM ANALYZE')
    const { seconds: reminders, cpuSeconds } = await timed(async () => {
      const told = await tend(dayBefore)
      if (told !== people) throw new Error(`${told} people were reminded`)
    })
    const bodies = await checkReminders(database, tend)
    const { seconds: insert } = await timed(() => insertBare(database, bodies))
    rows.push({ reminders, insert, cpuSeconds })
    await database.pool.query('TRUNCATE outbox_message, course CASCADE')
  }
} finally {
  await database.close()
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

const best = (times: readonly number[]) => Math.min(...times)
const worst = Math.max(...rows.map(({ reminders }) => reminders))
const ratio = best(rows.map(({ reminders }) => reminders)) / best(rows.map(({ insert }) => insert))
const verdicts = judge([
  { name: '10,000 reminders due, in the outbox: seconds, worst', value: worst, is: 'at most', limit: 5 },
])
const lines = rows.map(({ reminders, insert, cpuSeconds }, round) => [
  String(round + 1),
  ...[reminders, insert, reminders / insert, cpuSeconds].map((value) => formatFigure(value, 2)),
  formatFigure(people / reminders),
])
const heads = ['round', 'reminders s', 'bare INSERT s', 'ratio', 'processor s, Node', 'reminders/s']
process.stderr.write(`${[formatTable(heads, lines), formatVerdicts(verdicts)].join('\n\n')}\n`)
process.stdout.write(
  `${JSON.stringify({ bench: 'reminders', ...before, people, courses, rows, ratio, targets: verdicts })}\n`,
)

/** What tells people, as the program puts it together; nobody sends. */
async function openTending(opened: OpenDatabase, keyring: Keyring): Promise<(now: Date) => Promise<number>> {
  const contentOf = (name: string) =>
    readFile(path.join(import.meta.dirname, `../flows/content/${name}.yaml`), 'utf8')
  const words = parseTrainingWords(await contentOf('pelatihan'))
  const texts = parseNoticeTexts(await contentOf('pelatihan-kabar'))
  const now = () => dayBefore
  const tellMany = createTellMany({ store: createOutboxStore(opened), sealer: keyring, now })
  return createTendNotices({
    ...{ words: () => words, texts: () => texts, offices: () => new Map(), audit: createAuditTrail(), now },
    store: createTrainingStore({ prisma: opened.prisma, keyring }),
    notices: createNoticeStore(),
    reminders: createReminderStore(),
    due: createDueNoticeStore({ keyring }),
    announce: createAnnounceStore(),
    newsOf: () => ({ schedule: '', requirements: [] }),
    voice: {
      offer: () => Promise.reject(new Error('nothing is offered here')),
      tellMany: async (transaction, messages, purpose) => {
        const items = messages.map(({ chatId, text }) => ({ chatId, message: { text } }))
        await tellMany(items, transaction, purpose)
      },
    },
  })
}

interface Seat {
  readonly contactId: string
  readonly chatId: bigint
}

async function seatPeople({ prisma }: OpenDatabase): Promise<readonly Seat[]> {
  const ids = Array.from({ length: people }, () => randomUUID())
  await prisma.contact.createMany({ data: ids.map((id) => ({ id })) })
  const chats = await prisma.chat.createManyAndReturn({
    data: ids.map((id) => ({ contactId: id, channel: 'telegram', account: 'main', externalId: id })),
    select: { id: true, contactId: true },
  })
  return chats.map(({ id, contactId }) => ({ chatId: id, contactId }))
}

/** Courses with as many registered people each; every fifth was registered by another, and is told by name. */
async function openCourses(
  { prisma }: OpenDatabase,
  keyring: Keyring,
  chats: readonly Seat[],
): Promise<void> {
  const ids: bigint[] = []
  const endsAt = new Date(startsAt.getTime() + 7_200_000)
  const earlier = new Date(startsAt.getTime() - 30 * 86_400_000)
  for (let nth = 1; nth <= courses; nth++) {
    const { id } = await prisma.course.create({
      data: {
        ...{
          title: `Menjahit dasar angkatan ${nth}`,
          subject: 'menjahit',
          office: 'nakertrans',
          state: 'selection',
        },
        ...{
          place: 'Balai Latihan Kerja, Jalan Contoh, Oesapa',
          contact: 'Ibu Rini',
          requirements: 'KTP\nIjazah',
        },
        ...{ seats: people, selection: 'arrival', opensAt: earlier, closesAt: earlier, startsAt, endsAt },
        ...{ createdBy: 'bench', sessions: { create: { startsAt, endsAt } } },
      },
    })
    ids.push(id)
  }
  const details = {
    name: 'Maria Contoh',
    birth: '1990',
    reason: 'Mau belajar',
    phone: undefined,
    answers: [],
  }
  const common = { kelurahan: '53.71.02.1001', education: 'sma', consentVersion: '1', consentAt: earlier }
  const accepted = { state: 'accepted', stateAt: earlier, acceptedAt: earlier }
  await prisma.registration.createMany({
    data: chats.map((chat, at) => ({
      ...{ ...chat, ...common, ...accepted },
      courseId: ids[at % courses] ?? 0n,
      forWhom: at % 5 === 0 ? 'other' : 'self',
      personHash: Buffer.from(chat.contactId),
      details: sealDetails(keyring, details),
    })),
  })
}

/** Each person was told once, for good; answers the rows as they were put down. */
async function checkReminders(
  { pool }: OpenDatabase,
  tend: (now: Date) => Promise<number>,
): Promise<readonly { readonly chat_id: string; readonly body: Buffer }[]> {
  if ((await tend(dayBefore)) !== 0) throw new Error('somebody was reminded twice')
  const { rows: settings } = await pool.query(
    "SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') = 'on' AS durable",
  )
  if (settings[0]?.durable !== true) throw new Error('the database keeps nothing safe')
  const { rows: told } = await pool.query<{ chat_id: string; body: Buffer }>(
    'SELECT chat_id, body FROM outbox_message',
  )
  if (new Set(told.map(({ chat_id }) => chat_id)).size !== people)
    throw new Error('not everybody was reminded')
  return told
}

/** Puts the same rows into the outbox in statements as large as the program's, and does nothing else. */
async function insertBare(
  { pool }: OpenDatabase,
  told: readonly { readonly chat_id: string; readonly body: Buffer }[],
): Promise<void> {
  for (let at = 0; at < told.length; at += batch) {
    const some = told.slice(at, at + batch)
    await pool.query(
      `INSERT INTO outbox_message (chat_id, body, kind, created_at, next_attempt_at)
       SELECT t.chat_id, t.body, 'notice', $3, $3 FROM unnest($1::bigint[], $2::bytea[]) AS t(chat_id, body)`,
      [some.map(({ chat_id }) => chat_id), some.map(({ body }) => body), dayBefore],
    )
  }
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; cpuSeconds: number }> {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1_000_000 }
}
