import { randomUUID } from 'node:crypto'
import { type App, buildApp, type Ground } from '../app.ts'
import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import { createTerminalChannel, type TerminalChannel } from '../channels/terminal.ts'
import { checkReplies } from '../flow/check-replies.ts'
import type { Cause, Script, ScriptTurn } from '../flow/script.ts'
import { stepCoverage } from '../flow/step-coverage.ts'
import { checkEffect } from './script-effects.ts'
import { configOf, type Fixtures, prepareFixtures } from './script-fixtures.ts'
import { actAsOfficer } from './script-officer.ts'

/** What playing scripts showed. */
export interface Played {
  readonly scripts: number
  /** `script: line N: what`. */
  readonly failures: readonly string[]
  /** Steps that no script visits, as `flow/step`. */
  readonly unvisited: readonly string[]
}

/**
 * Plays scripts through the whole way of a message, on the ground's database, which it empties before each script. The
 * session passes through the database between turns.
 */
export async function playScripts(
  ground: Ground,
  scripts: readonly Script[],
  fixtures: Fixtures,
  onScript: (name: string) => void = () => undefined,
): Promise<Played> {
  const visited = new Set<string>()
  const failures: string[] = []
  for (const script of scripts) {
    onScript(script.name)
    failures.push(...(await playScript(ground, script, fixtures, visited)))
  }
  return { scripts: scripts.length, failures, unvisited: stepCoverage(ground.flows, visited) }
}

async function playScript(
  ground: Ground,
  script: Script,
  fixtures: Fixtures,
  visited: Set<string>,
): Promise<readonly string[]> {
  let { now } = script.given
  const config = configOf(ground.config, fixtures, script.given.fixtures)
  const storage = { ...ground.storage, close: async () => undefined }
  const app = await buildApp({ ...ground, config, storage, clock: () => now })
  app.conversation.onTurn((turn) => {
    for (const step of turn.visited) visited.add(step)
  })
  try {
    await prepareFixtures(app, fixtures, script.given.fixtures)
    return await playTurns(app, script, visited, (moment) => {
      now = moment
    })
  } finally {
    await app.close()
  }
}

async function playTurns(
  app: App,
  script: Script,
  visited: Set<string>,
  setClock: (moment: Date) => void,
): Promise<readonly string[]> {
  const resident = createTerminalChannel({ id: randomUUID(), now: () => app.now().getTime() })
  const said: OutgoingMessage[] = []
  resident.onMessage((message) => said.push(message))
  app.conversation.attach(resident)
  await resident.start((message) => app.conversation.receive(message))
  const failures: string[] = []
  let last: readonly OutgoingMessage[] = []
  for (const turn of script.turns) {
    if (turn.cause.type === 'clock') {
      setClock(turn.cause.now)
      await app.tendTickets(turn.cause.now)
    } else await cause(app, resident, turn.cause, last)
    await app.conversation.idle()
    const replies = said.splice(0)
    if (replies.length > 0) last = replies
    if (turn.cause.type === 'officer' || turn.cause.type === 'officer_does')
      visited.add(await standing(app, resident))
    failures.push(
      ...(await judge(app, turn, replies)).map((what) => `${script.name}: line ${turn.line}: ${what}`),
    )
  }
  await resident.stop()
  return failures
}

/** Where the chat stands: a step that an officer opened there is no turn of the person. */
async function standing({ conversation, storage }: App, resident: TerminalChannel): Promise<string> {
  const id = await conversation.chatAt(resident.address)
  const chat = id === undefined ? null : await storage.database.prisma.chat.findUnique({ where: { id } })
  return `${chat?.flow ?? ''}/${chat?.step ?? ''}`
}

async function judge(
  app: App,
  turn: ScriptTurn,
  replies: readonly OutgoingMessage[],
): Promise<readonly string[]> {
  const effects = await Promise.all(turn.effects.map((effect) => checkEffect(app, effect)))
  return [...checkReplies(turn.expected, replies), ...effects.flat()]
}

async function cause(
  app: App,
  resident: TerminalChannel,
  what: Exclude<Cause, { type: 'clock' }>,
  last: readonly OutgoingMessage[],
): Promise<void> {
  if (what.type === 'says') await resident.say(what.text)
  else if (what.type === 'presses') await resident.hand({ type: 'choice', value: pressed(what.option, last) })
  else if (what.type === 'sends') await resident.hand(contentOf(what))
  else {
    const chatId = await app.conversation.chatAt(resident.address)
    if (chatId === undefined) throw new Error('an officer writes to a person who has not written yet')
    await actAsOfficer(app, what)
    await app.conversation.wake(chatId)
  }
}

/** The value of the button with this number or label in what the bot said last. */
function pressed(option: string, last: readonly OutgoingMessage[]): string {
  const options = last.flatMap((message) => message.options ?? [])
  const found = options.find(({ label }) => label === option) ?? options[Number(option) - 1]
  return found?.value ?? option
}

function contentOf({ what, caption = '' }: Extract<Cause, { type: 'sends' }>): IncomingContent {
  if (what === 'location') return { type: 'location', latitude: -10.1772, longitude: 123.607 }
  if (what === 'photo' || what === 'document') {
    const mime = what === 'photo' ? 'image/jpeg' : 'application/pdf'
    return { type: 'media', media: { id: randomUUID(), type: what, mime }, caption }
  }
  return { type: 'unreadable', what }
}
