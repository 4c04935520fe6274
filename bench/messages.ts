import { parseArgs } from 'node:util'
import { openBenchHouse } from './lib/bench-house.ts'
import { hasBuilderBot, runBuilderBot } from './lib/builderbot.ts'
import type { Measured } from './lib/closed-loop.ts'
import { machine } from './lib/machine.ts'
import { measureLopo } from './lib/measure-lopo.ts'
import { type PgbenchRun, runPgbench } from './lib/pgbench.ts'
import { formatFigure, formatTable } from './lib/table.ts'
import { formatVerdicts, judge } from './lib/target.ts'

const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '20,100' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
})
const chatCounts = values.chats.split(',').map(Number)
const seconds = Number(values.seconds)
const warmUpSeconds = Math.min(3, seconds)
const wants = (part: string) => values.only === undefined || values.only === part

/** One row of the table: who, and what came of it. */
interface Row {
  readonly bot: 'lopo' | 'builderbot' | 'builderbot_map'
  readonly measured: Measured
}

const before = machine()
const house = await openBenchHouse()
const rows: Row[] = []
let pgbench: PgbenchRun | undefined
try {
  for (const chats of chatCounts) {
    const load = { chats, warmUpSeconds, seconds }
    if (wants('lopo')) rows.push({ bot: 'lopo', measured: await measureLopo(house, load) })
    if (!wants('builderbot') || !hasBuilderBot()) continue
    rows.push({ bot: 'builderbot', measured: await runBuilderBot({ ...load, memory: 'memory_db' }) })
    rows.push({ bot: 'builderbot_map', measured: await runBuilderBot({ ...load, memory: 'map' }) })
  }
  if (wants('pgbench')) pgbench = await runPgbench(house.storage.database.url, seconds)
} finally {
  await house.close()
}

const find = (bot: Row['bot'], chats: number) =>
  rows.find((row) => row.bot === bot && row.measured.chats === chats)?.measured
const over = (part: number | undefined, whole: number | undefined) =>
  part === undefined || whole === undefined ? undefined : part / whole
const verdicts = judge([
  ...chatCounts.flatMap((chats) => {
    const lopo = find('lopo', chats)
    const rate = lopo?.messagesPerSecond
    const unsound = lopo && lopo.lost + lopo.repeated + lopo.wrong + lopo.failed
    return [
      {
        name: `${chats} chats: messages/s over BuilderBot's`,
        value: over(rate, find('builderbot', chats)?.messagesPerSecond),
        is: 'at least' as const,
        limit: 1,
      },
      {
        name: `${chats} chats: messages/s over pgbench's transactions/s`,
        value: over(rate, pgbench?.transactionsPerSecond),
        is: 'at least' as const,
        limit: 0.2,
      },
      { name: `${chats} chats: lost, repeated or wrong`, value: unsound, is: 'at most' as const, limit: 0 },
      ...(chats === 20
        ? [{ name: '20 chats: p99, ms', value: lopo?.p99, is: 'at most' as const, limit: 60 }]
        : []),
    ]
  }),
])

const names = {
  lopo: 'Lopo, durable',
  builderbot: 'BuilderBot, MemoryDB',
  builderbot_map: 'BuilderBot, a Map',
}
const lines = rows.map(({ bot, measured }) => [
  names[bot],
  String(measured.chats),
  formatFigure(measured.messagesPerSecond),
  formatFigure(measured.bestSecond),
  formatFigure(measured.p50),
  formatFigure(measured.p99),
  formatFigure(measured.max),
  String(measured.lost + measured.failed),
  String(measured.repeated + measured.wrong),
])
const heads = [
  'bot',
  'chats',
  'messages/s',
  'best second',
  'p50 ms',
  'p99 ms',
  'max ms',
  'lost',
  'repeated or wrong',
]
const notes = [
  ...(hasBuilderBot() ? [] : ['BuilderBot is not installed: npm install --prefix bench']),
  pgbench === undefined
    ? 'pgbench was not run; it comes with PostgreSQL: apt-get install postgresql'
    : `${pgbench.command}: ${formatFigure(pgbench.transactionsPerSecond)} transactions/s`,
]
process.stderr.write(`${[formatTable(heads, lines), ...notes, formatVerdicts(verdicts)].join('\n\n')}\n`)
process.stdout.write(
  `${JSON.stringify({ bench: 'messages', ...before, rows, pgbench, targets: verdicts })}\n`,
)
