import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { TicketDesk, TicketLine, TicketRefusal, TicketView } from '../inquiry/ticket-desk.ts'
import type { Officer } from '../staff/officer.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo tickets`: what residents ask of an office, and the answers. */
export const ticketsCommand: Command = {
  summary:
    'show what residents wait for an answer to; answer or close one (the text may come from standard input)',
  usage: 'tickets [--json]\ntickets answer NUMBER [TEXT]\ntickets close NUMBER',
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      json: { type: 'boolean', default: false },
    })
    const [what, number, ...words] = positionals
    if (what !== undefined && what !== 'answer' && what !== 'close') {
      throw wrongUsage(`tickets cannot ${what}`, this.usage)
    }
    if (what !== undefined && !/^\d{1,15}$/.test(number ?? '')) {
      throw wrongUsage(number === undefined ? 'the number is missing' : `${number} is no number`, this.usage)
    }
    if (what === 'close' && words.length > 0) throw wrongUsage(`${words[0]} is too much`, this.usage)
    const app = await context.openApp()
    try {
      if (what === undefined) await list(app.tickets, context, values.json)
      else if (what === 'answer') await answer(app.tickets, context, Number(number), words.join(' '))
      else await close(app.tickets, context, Number(number))
    } finally {
      await app.close()
    }
    return 0
  },
}

/** Whoever may run commands on the machine may do everything; the trail names them. */
function operator(): Officer {
  const { username } = userInfo()
  return { id: `cli:${username}`, name: username, roles: ['admin'] }
}

async function list(desk: TicketDesk, context: CliContext, json: boolean): Promise<void> {
  const viewer = operator()
  const objects: unknown[] = []
  let found = 0
  let after: string | undefined
  do {
    const page = await desk.list(viewer, { queue: 'due', after })
    for (const line of page.tickets) {
      const view = await desk.read(viewer, line.number)
      if (view === undefined) continue
      found += 1
      if (json) objects.push(objectOf(line, view))
      else context.out(textOf(line, view))
    }
    after = page.next
  } while (after !== undefined)
  if (json) context.out(`${JSON.stringify(objects)}\n`)
  else if (found === 0) context.err('Nobody is waiting.\n')
}

function textOf(line: TicketLine, { entries }: TicketView): string {
  const { number, openedAt, promisedAt, kind, office, isLate } = line
  const facts = [number, openedAt.toISOString(), kind, office, `promised ${promisedAt.toISOString()}`]
  const texts = entries.flatMap(({ type, text }) =>
    type === 'event' ? [] : [`\t${text.replaceAll('\n', '\n\t')}`],
  )
  return `${[...facts, ...(isLate ? ['late'] : [])].join('\t')}\n${texts.map((text) => `${text}\n`).join('')}`
}

function objectOf(line: TicketLine, { entries, details }: TicketView) {
  const { number, kind, office, kelurahan, state, urgent, anonymous, isLate, holder } = line
  return {
    ...{ number, kind, office, kelurahan: kelurahan ?? null, state, urgent, anonymous, late: isLate },
    ...{ opened_at: line.openedAt, promised_at: line.promisedAt, holder: holder?.name ?? null, details },
    entries: entries.map(({ type, at, text, by }) => ({ type, at, text, by: by ?? null })),
  }
}

async function answer(desk: TicketDesk, context: CliContext, number: number, words: string): Promise<void> {
  const viewer = operator()
  const view = await desk.read(viewer, number)
  const seen = view?.entries.at(-1)?.id ?? 0n
  const text = words === '' ? await written(context) : words
  const done = await desk.answer(viewer, number, { text, seen, key: randomUUID() })
  if (done.type !== 'done') throw new UsageError(refusalOf(done, number))
  context.err('The answer is on its way.\n')
}

async function close(desk: TicketDesk, context: CliContext, number: number): Promise<void> {
  const done = await desk.close(operator(), number, 'done')
  if (done.type !== 'done') throw new UsageError(refusalOf(done, number))
  context.err(`Ticket ${number} is closed.\n`)
}

async function written(context: CliContext): Promise<string> {
  const lines: string[] = []
  for await (const line of context.lines()) lines.push(line)
  return lines.join('\n')
}

function refusalOf(refusal: TicketRefusal, number: number): string {
  switch (refusal.type) {
    case 'unknown':
      return `lopo: no ticket has the number ${number}`
    case 'held':
      return `lopo: ${refusal.by} answers ticket ${number}`
    case 'moved':
      return `lopo: something was written to ticket ${number} just now: read it first`
    case 'over':
      return `lopo: ticket ${number} is closed`
    case 'unreachable':
      return `lopo: the person of ticket ${number} cannot be written to any more`
    case 'unreadable':
      return {
        empty: 'lopo: the answer is empty: nothing was sent',
        too_long: 'lopo: the answer is longer than 3,500 characters: nothing was sent',
        identifier: 'lopo: a NIK or KK number is in the answer: nothing was sent',
        secret:
          'lopo: the answer speaks of an OTP, PIN or password and does not warn of it: nothing was sent',
      }[refusal.why]
  }
}
