import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { ActionContract, Values } from '../src/flow/action.ts'
import { advance } from '../src/flow/engine.ts'
import type { FlowSet } from '../src/flow/flow-set.ts'
import { loadFlows } from '../src/flow/load.ts'
import { formatProblem } from '../src/flow/problem.ts'
import { emptySession, type Session } from '../src/flow/session.ts'
import { createLanguage } from '../src/language/language.ts'
import { type FlowText, readFlowTexts } from '../src/storage/flow-files.ts'

/** Turns of the pure engine that one core should make in a second. */
const TARGET = 200_000

const now = new Date('2026-01-05T01:00:00Z')

const flow = `
flow: bench
title: Uji kecepatan
opens_with: [uji kecepatan]
start: birth_date
steps:
  birth_date: { ask: "Tanggal lahir? Contoh: 17-08-1980", as: date, save: birth_date, secret: true, next: kelurahan }
  kelurahan: { ask: "Kelurahan apa?", as: kelurahan, save: kelurahan, next: check }
  check: { do: check, with: { birth_date: birth_date, kelurahan: kelurahan }, outcomes: { found: show, not_found: more } }
  show:
    say: "{{name_masked}}, {{kelurahan_label}}:\\n{{programmes}}\\nData per {{as_of}}."
    lines: { programmes: "• {{name}}: {{answer}} ({{period}})" }
    next: more
  more:
    choose: Ada lagi?
    options:
      - { label: Cek sekali lagi, goes_to: birth_date }
      - { label: Menu utama, goes_to: menu/start }
`

const menu = `
flow: menu
title: Menu
start: what
steps:
  what: { choose: Apa?, options: [{ label: Uji kecepatan mesin, goes_to: bench/start }] }
`

const programme = z.object({ name: z.string(), answer: z.string(), period: z.string() })
const check: ActionContract = {
  inputs: z.object({ birth_date: z.string(), kelurahan: z.string() }),
  outcomes: {
    found: z.object({ name_masked: z.string(), as_of: z.string(), programmes: z.array(programme) }),
    not_found: z.object({}),
  },
}
const found: Values = {
  name_masked: 'S*** M***',
  as_of: '2023-02-01',
  programmes: [
    { name: 'PKH', answer: 'YA', period: 'Januari 2026' },
    { name: 'Sembako', answer: 'TIDAK', period: '-' },
  ],
}

/** One dialogue of four messages: it ends where the next one begins. */
function dialogue(flows: FlowSet, from: Session): { session: Session; turns: number } {
  const say = (session: Session, text: string) => advance(flows, session, { type: 'text', text, now }).session
  let session = say(from, 'uji kecepatan')
  session = say(session, '17-08-1980')
  session = say(session, 'oebobo')
  session = advance(flows, session, { type: 'outcome', outcome: 'found', values: found, now }).session
  if (session.step !== 'more') throw new Error(`the dialogue is off its way, at ${session.step}`)
  session = say(session, '1')
  return { session, turns: 5 }
}

interface Figures {
  /** Turns a second by the clock on the wall. */
  readonly wall: number
  /** Turns a second that this thread really had a core: what a busy neighbour does not change. */
  readonly cpu: number
}

/** Plays dialogues for some milliseconds. */
function measure(flows: FlowSet, milliseconds: number): Figures {
  let session = emptySession()
  let turns = 0
  const before = process.threadCpuUsage()
  const start = performance.now()
  const end = start + milliseconds
  while (performance.now() < end) {
    for (let i = 0; i < 100; i++) {
      const played = dialogue(flows, session)
      session = played.session
      turns += played.turns
    }
  }
  const wall = (turns * 1000) / (performance.now() - start)
  const { user, system } = process.threadCpuUsage(before)
  return { wall, cpu: (turns * 1_000_000) / (user + system) }
}

const systemFile = z.looseObject({ commands: z.record(z.string(), z.looseObject({})) })

/** The city's system texts and words around the measured flow, with every command led to the menu. */
function aroundBench(texts: readonly FlowText[]): FlowText[] {
  const source = texts.find(({ path }) => path === 'flows/system.yaml')
  if (source === undefined) throw new Error('flows/system.yaml is missing')
  const { intents: _, destructive: __, topics: ___, ...system } = systemFile.parse(parse(source.text))
  const commands = Object.entries(system.commands).map(([name, command]) => [
    name,
    'goes_to' in command ? { ...command, goes_to: 'menu/start' } : command,
  ])
  return [
    { path: source.path, text: stringify({ ...system, commands: Object.fromEntries(commands) }) },
    { path: 'flows/menu.yaml', text: menu },
    { path: 'flows/bench.yaml', text: flow },
  ]
}

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '2' } } })
const texts = await readFlowTexts()
const loaded = loadFlows({
  files: aroundBench(texts.flows),
  actions: { check },
  language: createLanguage(texts.language),
})
if (loaded.type === 'broken') throw new Error(loaded.problems.map(formatProblem).join('\n'))
measure(loaded.flows, 300)
const slices = 10
const runs = Array.from({ length: slices }, () =>
  measure(loaded.flows, (Number(values.seconds) * 1000) / slices),
)
const wall = Math.round(Math.max(...runs.map((run) => run.wall)))
const cpu = Math.round(Math.max(...runs.map((run) => run.cpu)))
const ratio = Math.round((cpu / TARGET) * 100) / 100
const row = (name: string, figure: string) => `  ${name.padEnd(32)}${figure.padStart(9)}`
process.stdout.write(
  [
    JSON.stringify({
      bench: 'engine',
      turns_per_second: wall,
      turns_per_cpu_second: cpu,
      target: TARGET,
      ratio,
    }),
    '',
    `engine on one of ${cpus().length} cores, Node ${process.versions.node}, best of ${slices} runs`,
    row('turns a second', String(wall)),
    row('turns a second of its own core', String(cpu)),
    row('target', String(TARGET)),
    row('ratio', ratio.toFixed(2)),
    '',
  ].join('\n'),
)
