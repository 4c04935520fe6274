import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { App } from '../src/app.ts'
import { createTelegramChannel } from '../src/channels/telegram.ts'
import { runChannel } from '../src/services/run-channel.ts'
import type { Officer } from '../src/staff/officer.ts'
import { openCityHouse } from './lib/city-house.ts'
import { spreadOf } from './lib/figures.ts'
import { type HelperProcess, startHelper } from './lib/helper-process.ts'
import { machine } from './lib/machine.ts'
import { processorMs } from './lib/process-figures.ts'
import { createStageTimes } from './lib/stage-times.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

// Broadcasts through the whole house to a loopback Bot API in a process of its own: at Telegram's rate, which that enforces, while
// a resident talks with the bot; and with the limit lifted, as fast as the machine allows.

const { values: sizes } = parseArgs({
  options: {
    people: { type: 'string', default: '19615' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '30' },
  },
})
const people = Number(sizes.people)
const seconds = Number(sizes.seconds)
const rate = Number(sizes.rate)
const first = 539_900_000
const talker = first + people
const officer: Officer = { id: 'bench', name: 'Bench', roles: ['admin'] }
/** Outside the quiet hours, and then as the clock goes on. */
const begun = Date.now()
const clock = () => new Date(new Date('2026-12-02T09:00:00+08:00').getTime() + Date.now() - begun)

const toldShape = z.object({ once: z.number(), others: z.number() })

const before = machine()
const paced = await measurePaced()
const lifted = await measureLifted()
const verdicts = judge([
  { name: `share of ${rate} messages/s over ${seconds} s`, value: paced.share, is: 'at least', limit: 0.97 },
  { name: 'calls that were refused with 429', value: paced.refused, is: 'at most', limit: 0 },
  { name: 'a reply meanwhile, p99 ms', value: paced.replies.p99, is: 'at most', limit: 500 },
  { name: 'messages/s with the limit lifted', value: lifted.perSecond, is: 'at least', limit: 1_000 },
  {
    name: `${people} recipients frozen and in the outbox, s`,
    value: lifted.enqueue,
    is: 'at most',
    limit: 10,
  },
  { name: 'heap more than before, most, MB', value: lifted.heapGrowth, is: 'at most', limit: 50 },
  { name: 'people told twice or not at all', value: lifted.wrong, is: 'at most', limit: 0 },
])
const stageRows = lifted.stages.map(({ stage, count, mean, share }) => [
  stage,
  formatFigure(count, 0),
  formatFigure(mean),
  `${formatFigure(100 * share, 0)} %`,
])
process.stderr.write(
  `${[
    formatTable(['stage', 'times', 'mean ms', 'share of the time'], stageRows),
    formatTable(['processor', 'ms a message'], [['the bot', formatFigure(lifted.processorMs)]]),
    formatVerdicts(verdicts),
  ].join('\n\n')}\n`,
)
process.stdout.write(
  `${JSON.stringify({ bench: 'broadcasts', ...before, people, rate, seconds, paced, lifted, targets: verdicts })}\n`,
)
process.exit(0)

/** At the rate that the server enforces; a resident talks with the bot all the while. */
async function measurePaced() {
  const crowd = Math.ceil(rate * (seconds + 10))
  const server = startHelper(new URL('./lib/bot-api.ts', import.meta.url), {
    perSecond: rate,
    first,
    people: crowd + (talker - first) + 1,
  })
  const house = await openHouse(server, rate)
  try {
    await seat(house.app, crowd, house.account)
    await broadcast(house.app, 'paced')
    const leave = await house.open()
    const talk = { id: talker, words: 'menu', answer: 'Ada yang bisa kami bantu', seconds, everyMs: 400 }
    const waited = await server.ask('talk', z.array(z.number()), talk)
    const times = await server.ask('arrivals', z.array(z.number()), 'Kabar paced')
    await leave()
    const refused = await server.ask('refused', z.number())
    const start = times[0] ?? 0
    // Answers have their part of the rate.
    const answers = waited.length
    const sent = times.filter((at) => at >= start && at < start + seconds * 1_000).length
    return {
      sent,
      answers,
      share: (sent + answers) / (rate * seconds),
      refused,
      replies: spreadOf(waited),
    }
  } finally {
    await house.app.close()
    await server.end()
  }
}

/** As fast as it goes. */
async function measureLifted() {
  const server = startHelper(new URL('./lib/bot-api.ts', import.meta.url), { first, people })
  const house = await openHouse(server, 5_000)
  const times = createStageTimes()
  try {
    await seat(house.app, people, house.account)
    timeQueries(house.app, times)
    const enqueueStart = performance.now()
    await broadcast(house.app, 'lifted')
    const enqueue = (performance.now() - enqueueStart) / 1_000
    const heap = watchHeap()
    times.begin()
    const processorBefore = processorMs()
    const start = performance.now()
    const leave = await house.open(times)
    await untilSettled(house.app)
    const took = (performance.now() - start) / 1_000
    const processor = processorMs() - processorBefore
    times.end(people)
    const heapGrowth = heap.stop()
    await leave()
    const { once, others } = await server.ask('told', toldShape, 'Kabar lifted')
    const busy = times.stages()
    const whole = busy.reduce((sum, { anExchange }) => sum + anExchange, 0)
    return {
      enqueue,
      perSecond: people / took,
      seconds: took,
      heapGrowth,
      wrong: others + Math.abs(once - people),
      processorMs: processor / people,
      stages: busy.map((stage) => ({ ...stage, share: stage.anExchange / whole })),
    }
  } finally {
    await house.app.close()
    await server.end()
  }
}

async function openHouse(server: HelperProcess, perSecond: number) {
  const { apiRoot, token } = await server.ask('where', z.object({ apiRoot: z.string(), token: z.string() }))
  const app = await openCityHouse(clock, {
    TELEGRAM_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_PER_SECOND: String(perSecond),
    BROADCAST_APPROVAL_ABOVE: '1000000',
    BROADCAST_CANARY: '0',
  })
  const { media, log } = app
  return {
    app,
    account: token.split(':')[0] ?? '',
    /** Begins to receive and to send. */
    open(times?: ReturnType<typeof createStageTimes>) {
      const channel = createTelegramChannel({ token, apiRoot, perSecond, commands: [], media, log })
      const send = times === undefined ? channel.send : times.timed('given to Telegram', channel.send)
      return runChannel(app, { ...channel, send })
    },
  }
}

/** People who wrote once and subscribed. */
async function seat({ storage }: App, count: number, account: string): Promise<void> {
  const { pool } = storage.database
  await pool.query(
    `WITH person AS (
       INSERT INTO contact (id) SELECT gen_random_uuid() FROM generate_series(1, $1) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS n FROM person
     ), written AS (
       INSERT INTO chat (contact_id, channel, account, external_id, last_message_at)
       SELECT id, 'telegram', $2, ($3::bigint + n - 1)::text, $4 FROM numbered RETURNING id, contact_id
     )
     INSERT INTO subscription (contact_id, topic, text_version, chat_id, started_at)
     SELECT contact_id, 'assistance', 'bench', id, $4 FROM written`,
    [count, account, first, clock()],
  )
  await pool.query('VACUUM ANALYZE')
}

/** Writes, approves and starts one, and makes its messages. */
async function broadcast({ broadcasts, broadcasting }: App, name: string): Promise<void> {
  const made = await broadcasts.create(officer, {
    title: name,
    text: `Kabar ${name}: jadwal bantuan untuk warga {{kelurahan}} sudah ada.`,
    buttons: [{ label: 'Cek bansos', words: 'cek bansos' }],
    audience: { topics: ['assistance'], places: [], channels: [], without: { broadcasts: [] } },
    posts: [],
  })
  if (made.type !== 'done') throw new Error(`not made: ${JSON.stringify(made)}`)
  const view = await broadcasts.read(officer, made.number)
  const approved = await broadcasts.approve(officer, made.number, view?.broadcast.version ?? 0)
  if (approved.type !== 'done') throw new Error(`not approved: ${JSON.stringify(approved)}`)
  await broadcasting.tend(clock())
  await broadcasting.prepare(made.number)
}

/** Times the statements by which broadcasts are taken up and noted. */
function timeQueries({ storage }: App, times: ReturnType<typeof createStageTimes>): void {
  const { pool } = storage.database
  const query = pool.query.bind(pool)
  const textOf = z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)])
  Object.assign(pool, {
    query: (...given: Parameters<typeof query>) => {
      const text = textOf.safeParse(given[0]).data ?? ''
      if (text.includes('claimed_at')) return times.timed('taken up', async () => query(...given))()
      if (text.includes('SET status = s.status')) return times.timed('noted', async () => query(...given))()
      return query(...given)
    },
  })
}

async function untilSettled({ storage }: App): Promise<void> {
  for (;;) {
    const { rowCount } = await storage.database.pool.query(
      `SELECT 1 FROM outbox_message WHERE settled_at IS NULL AND kind = 'broadcast' LIMIT 1`,
    )
    if (rowCount === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Looks each second how much the heap holds once its garbage is collected; the most above the beginning, in MB. */
function watchHeap(): { stop(): number } {
  const look = () => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const beginning = look()
  let most = beginning
  const timer = setInterval(() => {
    most = Math.max(most, look())
  }, 1_000)
  return {
    stop() {
      clearInterval(timer)
      return (Math.max(most, look()) - beginning) / 1e6
    },
  }
}
