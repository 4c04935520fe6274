import { writeFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import type { BroadcastDesk, BroadcastRefusal, RecipientLine } from '../broadcast/broadcast-desk.ts'
import { csvLine } from '../language/csv-cell.ts'
import { planWords } from './broadcast-plans.ts'
import { figuresText, noBroadcast, refusalOf, viewText } from './broadcast-words.ts'
import type { Typed, Word, Work } from './broadcast-work.ts'
import { type Command, UsageError } from './command.ts'
import { operator } from './trainings-words.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo broadcast`: news for many people, from the first words to what became of them. */
export const broadcastCommand: Command = {
  summary:
    'write news for many people, see whom they reach, have them approved, and lead them while they leave',
  usage: [
    'broadcast list [--all] [--json]',
    'broadcast show NUMBER [--json]',
    'broadcast create FILE.yaml [--picture FILE]',
    'broadcast edit NUMBER FILE.yaml [--picture FILE]',
    'broadcast remove NUMBER',
    'broadcast count NUMBER [--json]',
    'broadcast preview NUMBER',
    'broadcast test NUMBER [--again]                 (a code that shows it in your own chat)',
    'broadcast propose|send NUMBER',
    'broadcast approve NUMBER                        (few only: a second person approves at the desk)',
    'broadcast send-back NUMBER --reason TEXT',
    'broadcast pause|resume|go-on|cancel NUMBER',
    'broadcast export NUMBER [--out FILE]',
    'broadcast audiences [--json]',
  ].join('\n'),
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      out: { type: 'string' },
      picture: { type: 'string' },
      reason: { type: 'string' },
    })
    const [what = 'list', ...operands] = positionals
    const wrong = (why: string) => wrongUsage(why, this.usage)
    const word = words.get(what)
    if (word === undefined) throw wrong(`broadcast cannot ${what}`)
    const extra = operands[word.takes.length]
    if (extra !== undefined) throw wrong(`${extra} is too much`)
    const missing = word.takes[operands.length]
    if (missing !== undefined) throw wrong(`the ${missing} is missing`)
    const given = (of: 'number' | 'file') => operands[word.takes.indexOf(of)] ?? ''
    const number = given('number')
    if (word.takes.includes('number') && !/^\d{1,9}$/.test(number)) throw wrong(`${number} is no number`)
    const typed = { ...values, number: Number(number), file: given('file') }
    const app = await context.openApp()
    try {
      await word.run({ desk: deskOf(app), app, context }, typed)
      return 0
    } finally {
      await app.close()
    }
  },
}

const words: ReadonlyMap<string, Word> = new Map(
  Object.entries({
    ...planWords,
    list: { takes: [], run: list },
    show: { takes: ['number'], run: show },
    propose: deed('is proposed', (desk, number, version) => desk.propose(operator(), number, version)),
    approve: deed('is approved', (desk, number, version) => desk.approve(operator(), number, version)),
    send: deed('leaves', (desk, number, version) => desk.approve(operator(), number, version)),
    pause: deed('is paused', (desk, number) => desk.pause(operator(), number)),
    resume: deed('goes on', (desk, number) => desk.resume(operator(), number)),
    'go-on': deed('goes on to all', (desk, number) => desk.goOn(operator(), number)),
    cancel: deed('is cancelled', (desk, number) => desk.cancel(operator(), number)),
    export: { takes: ['number'], run: exportRecipients },
    audiences: { takes: [], run: audiences },
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
    takes: ['number'],
    async run({ desk, context: { err } }, { number }) {
      const view = await desk.read(operator(), number)
      if (view === undefined) throw noBroadcast(number)
      const done = await act(desk, number, view.broadcast.version)
      if (done.type !== 'done') throw refusalOf(done, number)
      err(`Broadcast ${number} ${became}.\n`)
    },
  }
}

async function list({ desk, context: { out, err } }: Work, { all, json }: Typed): Promise<void> {
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

async function show({ desk, context: { out } }: Work, { number, json }: Typed): Promise<void> {
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

const columns = ['row', 'channel', 'chat', 'state', 'reason', 'at', 'delivered_at', 'read_at']

async function exportRecipients(
  { desk, context: { out, err } }: Work,
  { number, out: path }: Typed,
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

async function audiences({ desk, context: { out, err } }: Work, { json }: Typed): Promise<void> {
  const saved = await desk.audiences()
  if (json) out(`${JSON.stringify(saved.map(({ name, audience }) => ({ name, audience })))}\n`)
  else for (const { name, audience } of saved) out(`${name}\t${audience.topics.join(', ')}\n`)
  if (saved.length === 0 && !json) err('No audience is saved.\n')
}
