import { parseArgs } from 'node:util'
import { startBareBaileys } from './lib/bare-baileys.ts'
import { createLopoOnWhatsApp } from './lib/lopo-on-whatsapp.ts'
import { machine } from './lib/machine.ts'
import { type MeasuredOnWhatsApp, measureWhatsApp, type Sizes } from './lib/measure-whatsapp.ts'
import type { PhoneReport } from './lib/phones.ts'
import { largestKeptKey, proveWhatsApp } from './lib/prove-whatsapp.ts'
import type { Stage } from './lib/stage-times.ts'
import { formatFigure, formatTable } from './lib/table.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20' },
    exchanges: { type: 'string', default: '1000' },
    alone: { type: 'string', default: '200' },
    burst: { type: 'string', default: '2000' },
    sent: { type: 'string', default: '2000' },
    total: { type: 'string', default: '10000' },
    only: { type: 'string' },
  },
})
const people = Number(values.people)
const each = (messages: string) => Math.ceil(Number(messages) / people)
const [warmUp, exchanges, burst, sent] = [10, each(values.exchanges), each(values.burst), each(values.sent)]
const more = Math.max(0, each(values.total) - 1 - warmUp - exchanges - burst - each(values.alone))
const alone = Number(values.alone)
const sizes: Sizes = { people, warmUp, exchanges, alone, burst, sent, more }

/** One row of the table: who, and what came of it. */
interface Row {
  readonly bot: 'lopo' | 'bare_baileys'
  readonly measured: MeasuredOnWhatsApp
  readonly report: PhoneReport
}

async function runLopo(): Promise<{ row: Row; stages: readonly Stage[]; keyBytes: number }> {
  const lopo = createLopoOnWhatsApp()
  try {
    const run = await measureWhatsApp(lopo, sizes, lopo.way)
    const app = lopo.app()
    if (app === undefined) throw new Error('the house was never built')
    await proveWhatsApp(app, run.report, sizes.sent)
    const keyBytes = await largestKeptKey(app)
    return { row: { bot: 'lopo', ...run }, stages: lopo.way.stages(), keyBytes }
  } finally {
    await lopo.close()
  }
}

async function runBare(): Promise<Row> {
  return { bot: 'bare_baileys', ...(await measureWhatsApp(startBareBaileys(), sizes)) }
}

const before = machine()
const lopo = values.only === 'bare' ? undefined : await runLopo()
const bare = values.only === 'lopo' ? undefined : await runBare()
const rows = [lopo?.row, bare].filter((row) => row !== undefined)

const names = { lopo: 'Lopo, durable', bare_baileys: 'bare Baileys, in memory' }
const ratio = (of: (measured: MeasuredOnWhatsApp) => number) =>
  lopo === undefined || bare === undefined ? undefined : of(lopo.row.measured) / of(bare.measured)
const mebibytes = (bytes: number) => formatFigure(bytes / 2 ** 20)

const figures: readonly (readonly [name: string, of: (measured: MeasuredOnWhatsApp) => number])[] = [
  ['burst in: messages/s until the last is in its hands', ({ received }) => received.perSecond],
  ['burst in: messages/s until the last answer is read', ({ answered }) => answered.perSecond],
  ['burst in: messages/s that the phones wrote', ({ written }) => written.perSecond],
  ['out: messages/s until acknowledged', ({ sent }) => sent.perSecond],
  [`exchanges/s, ${people} people at once`, ({ exchanged }) => exchanged.perSecond],
  ['message to answer, p50 ms', ({ latency }) => latency.p50],
  ['message to answer, p99 ms', ({ latency }) => latency.p99],
  ['message to answer, max ms', ({ latency }) => latency.max],
  ['message to answer, one person alone, p50 ms', ({ aloneLatency }) => aloneLatency.p50],
  ['message to answer, one person alone, p99 ms', ({ aloneLatency }) => aloneLatency.p99],
  ['processor ms an exchange, its Node process', (measured) => measured.processorMsAnExchange],
]
const ratios = figures.map(([name, of]) => ({ name, ratio: ratio(of) }))
const lines = figures.map(([name, of], index) => {
  const over = ratios[index]?.ratio
  return [
    name,
    ...rows.map(({ measured }) => formatFigure(of(measured))),
    over === undefined ? '-' : formatFigure(over),
  ]
})
const memory = rows.flatMap(({ bot, measured: { memory: looks } }) => {
  const [early, late] = looks
  const seen = looks.map((look) => [names[bot], formatFigure(look.messages, 0), look] as const)
  const grown = [
    names[bot],
    'grown by',
    { rss: late.rss - early.rss, heapUsed: late.heapUsed - early.heapUsed },
  ] as const
  return [...seen, grown].map(([name, when, { rss, heapUsed }]) => [
    name,
    when,
    mebibytes(rss),
    mebibytes(heapUsed),
  ])
})
const faults = rows.map(({ bot, report: { lost, wrong, errors, people: all } }) => {
  const repeated = all.reduce((sum, person) => sum + person.repeated, 0)
  return `${names[bot]}: ${lost} lost, ${repeated} doubled, ${wrong} out of order or wrong, ${errors.length} errors`
})
const stages = (lopo?.stages ?? []).toSorted((a, b) => a.stage.localeCompare(b.stage))
const stageLines = stages.map(({ stage, p50, p99, anExchange, count }) => [
  stage,
  ...[p50, p99, anExchange].map((figure) => formatFigure(figure)),
  String(count),
])
const tables = [
  formatTable(['', ...rows.map(({ bot }) => names[bot]), 'ratio'], lines),
  faults.join('\n'),
  formatTable(['memory after collection', 'messages', 'RSS MiB', 'heap MiB'], memory),
  ...(lopo === undefined ? [] : [`largest Signal session that Lopo keeps: ${lopo.keyBytes} bytes`]),
  formatTable(['the way through Lopo', 'p50 ms', 'p99 ms', 'ms an exchange', 'times'], stageLines),
]
process.stderr.write(`${tables.join('\n\n')}\n`)
const told = rows.map(({ bot, measured, report }) => {
  const { lost, wrong, errors } = report
  return { bot, ...measured, lost, wrong, errors: errors.length }
})
process.stdout.write(
  `${JSON.stringify({ bench: 'whatsapp', ...before, sizes, rows: told, ratios, stages, keyBytes: lopo?.keyBytes })}\n`,
)
