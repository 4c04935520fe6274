import { readFile, writeFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import type { BroadcastDesk, BroadcastRefusal, RecipientLine } from '../broadcast/broadcast-desk.ts'
import { csvLine } from '../language/csv-cell.ts'
import { readBroadcastFile } from './broadcast-file.ts'
import { countText, figuresText, noBroadcast, refusalOf, viewText } from './broadcast-words.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { operator } from './trainings-words.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo broadcast`: news for many people, from the first words to what became of them. */
export const broadcastCommand: Command = {
  summary:
    'write news for many people, see whom they reach, have them approved, and lead them while they leave',
  usage: [
    'broadcast list [--all] [--json]',
    'broadcast show NUMBER [--json]',
    'broadcast create FILE.yaml',
    'broadcast count NUMBER [--json]',
    'broadcast propose|approve|send NUMBER',
    'broadcast pause|resume|go-on|cancel NUMBER',
    'broadcast export NUMBER [--out FILE]',
    'broadcast audiences [--json]',
  ].join('\n'),
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      out: { type: 'string' },
    })
    const [what = 'list', operand, ...more] = positionals
    const wrong = (why: string) => wrongUsage(why, this.usage)
    const word = words.get(what)
    if (word === undefined) throw wrong(`broadcast cannot ${what}`)
    const [extra] = word.takes === 'nothing' ? positionals.slice(1) : more
    if (extra !== undefined) throw wrong(`${extra} is too much`)
    if (word.takes !== 'nothing' && operand === undefined) throw wrong(`the ${word.takes} is missing`)
    if (word.takes === 'number' && !/^\d{1,9}$/.test(operand ?? '')) throw wrong(`${operand} is no number`)
    const typed = { ...values, number: Number(operand), file: operand ?? '' }
    const app = await context.openApp()
    try {
      await word.run(deskOf(app), typed, context)
      return 0
    } finally {
      await app.close()
    }
  },
}

interface Typed {
  readonly number: number
  readonly file: string
  readonly json: boolean
  readonly all: boolean
  readonly out?: string | undefined
}

interface Word {
  readonly takes: 'nothing' | 'number' | 'file'
  run(desk: BroadcastDesk, typed: Typed, context: CliContext): Promise<void>
}

const words: ReadonlyMap<string, Word> = new Map(
  Object.entries({
    list: { takes: 'nothing', run: list },
    show: { takes: 'number', run: show },
    create: { takes: 'file', run: create },
    count: { takes: 'number', run: count },
    propose: deed('is proposed', (desk, number, version) => desk.propose(operator(), number, version)),
    approve: deed('is approved', (desk, number, version) => desk.approve(operator(), number, version)),
    send: deed('leaves', (desk, number, version) => desk.approve(operator(), number, version)),
    pause: deed('is paused', (desk, number) => desk.pause(operator(), number)),
    resume: deed('goes on', (desk, number) => desk.resume(operator(), number)),
    'go-on': deed('goes on to all', (desk, number) => desk.goOn(operator(), number)),
    cancel: deed('is cancelled', (desk, number) => desk.cancel(operator(), number)),
    export: { takes: 'number', run: exportRecipients },
    audiences: { takes: 'nothing', run: audiences },
  } satisfies Record<string, Word>),
)

/** The house has the desk once broadcasts are part of it. */
function deskOf(app: App): BroadcastDesk {
  const house: App & { readonly broadcasts?: BroadcastDesk } = app
  if (house.broadcasts === undefined) throw new UsageError('lopo: this house has no broadcasts')
  return house.broadcasts
}

function deed(
  became: string,
  act: (
    desk: BroadcastDesk,
    number: number,
    version: number,
  ) => Promise<{ readonly type: 'done' } | BroadcastRefusal>,
): Word {
  return {
    takes: 'number',
    async run(desk, { number }, { err }) {
      const view = await desk.read(operator(), number)
      if (view === undefined) throw noBroadcast(number)
      const done = await act(desk, number, view.broadcast.version)
      if (done.type !== 'done') throw refusalOf(done, number)
      err(`Broadcast ${number} ${became}.\n`)
    },
  }
}

async function list(desk: BroadcastDesk, { all, json }: Typed, { out, err }: CliContext): Promise<void> {
  const lines = await desk.list(operator(), all ? {} : { over: false })
  if (json) {
    out(
      `${JSON.stringify(
        lines.map(({ broadcast: { number, state, title }, figures }) => ({
          ...{ number, state, title, figures: figures ?? null },
        })),
      )}\n`,
    )
    return
  }
  for (const { broadcast, figures } of lines) {
    const facts = [broadcast.number, broadcast.state, broadcast.title]
    out(`${[...facts, figures === undefined ? [] : figuresText(figures)].flat().join('\t')}\n`)
  }
  if (lines.length === 0) err('There is no broadcast.\n')
}

async function show(desk: BroadcastDesk, { number, json }: Typed, { out }: CliContext): Promise<void> {
  const view = await desk.read(operator(), number)
  if (view === undefined) throw noBroadcast(number)
  if (!json) {
    out(viewText(view))
    return
  }
  const { broadcast, figures, moves, posts, changes } = view
  const { state, title, text, buttons, audience, version, phase, scheduledAt, expiresAt } = broadcast
  const plan = {
    title,
    text,
    buttons,
    audience,
    scheduled_at: scheduledAt ?? null,
    expires_at: expiresAt ?? null,
  }
  out(
    `${JSON.stringify({
      ...{ number, state, phase: phase ?? null, version, ...plan },
      ...{ needs_approval: view.needsApproval, moves, posts, changes, figures: figures ?? null },
    })}\n`,
  )
}

async function create(desk: BroadcastDesk, { file }: Typed, { out, err }: CliContext): Promise<void> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`lopo: ${file} cannot be read`, { cause })
  })
  const read = readBroadcastFile(text)
  if (read.type === 'broken') {
    throw new UsageError(read.problems.map((problem) => `lopo: ${file}: ${problem}`).join('\n'))
  }
  const done = await desk.create(operator(), read.plan)
  if (done.type !== 'done') throw refusalOf(done, undefined, file)
  out(`${done.number}\n`)
  err(`Broadcast ${done.number} is a draft. To see whom it reaches: lopo broadcast count ${done.number}\n`)
}

async function count(desk: BroadcastDesk, { number, json }: Typed, { out }: CliContext): Promise<void> {
  const viewer = operator()
  const view = await desk.read(viewer, number)
  if (view === undefined) throw noBroadcast(number)
  const counted = await desk.count(viewer, view.broadcast.audience)
  out(json ? `${JSON.stringify(counted)}\n` : countText(counted))
}

const columns = ['row', 'channel', 'chat', 'state', 'reason', 'at', 'delivered_at', 'read_at']

async function exportRecipients(
  desk: BroadcastDesk,
  { number, out: path }: Typed,
  { out, err }: CliContext,
): Promise<void> {
  const viewer = operator()
  if ((await desk.read(viewer, number)) === undefined) throw noBroadcast(number)
  const lines = [csvLine(columns)]
  for await (const page of desk.recipients(viewer, number)) lines.push(...page.map(rowOf))
  if (path === undefined) for (const line of lines) out(line)
  else await writeFile(path, lines.join(''), { mode: 0o600 })
  err(`${lines.length - 1} recipients.\n`)
}

function rowOf({ id, channel, masked, state, reason, at, deliveredAt, readAt }: RecipientLine): string {
  const moments = [at, deliveredAt, readAt].map((moment) => moment?.toISOString() ?? '')
  return csvLine([String(id), channel, masked, state, reason ?? '', ...moments])
}

async function audiences(desk: BroadcastDesk, { json }: Typed, { out, err }: CliContext): Promise<void> {
  const saved = await desk.audiences()
  if (json) out(`${JSON.stringify(saved.map(({ name, audience }) => ({ name, audience })))}\n`)
  else for (const { name, audience } of saved) out(`${name}\t${audience.topics.join(', ')}\n`)
  if (saved.length === 0 && !json) err('No audience is saved.\n')
}
