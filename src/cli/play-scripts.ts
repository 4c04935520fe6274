import { randomUUID } from 'node:crypto'
import { type App, buildApp } from '../app.ts'
import type { Ground } from '../app-parts.ts'
import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import { createTerminalChannel, type TerminalChannel } from '../channels/terminal.ts'
import { buttonOfWords } from '../flow/button-words.ts'
import { checkReplies } from '../flow/check-replies.ts'
import type { Cause, Script, ScriptTurn } from '../flow/script.ts'
import { stepCoverage } from '../flow/step-coverage.ts'
import { broadcast, codeOfBroadcast } from './script-broadcast.ts'
import { checkEffect } from './script-effects.ts'
import { configOf, type Fixtures, prepareFixtures } from './script-fixtures.ts'
import { drawPhoto } from './script-market.ts'
import { actAsOffice, codeOnTheWall } from './script-office.ts'
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
  const resident = createTerminalChannel({ id: randomUUID(), now: () => app.now().getTime() })
  app.conversation.onTurn((turn) => {
    for (const step of turn.visited) visited.add(step)
  })
  try {
    await prepareFixtures(app, fixtures, script.given.fixtures, resident.address)
    return await playTurns(app, resident, script, visited, (moment) => {
      now = moment
    })
  } finally {
    await app.close()
  }
}

async function playTurns(
  app: App,
  resident: TerminalChannel,
  script: Script,
  visited: Set<string>,
  setClock: (moment: Date) => void,
): Promise<readonly string[]> {
  const said: OutgoingMessage[] = []
  resident.onMessage((message) => said.push(message))
  app.conversation.attach(resident)
  await resident.start((message) => app.conversation.receive(message))
  const failures: string[] = []
  let last: readonly OutgoingMessage[] = []
  for (const turn of script.turns) {
    if (turn.cause.type === 'clock') setClock(turn.cause.now)
    const refused = await cause(app, resident, turn.cause, last).catch(whatWentWrong)
    await app.conversation.idle()
    if (refused !== undefined) {
      failures.push(`${script.name}: line ${turn.line}: ${refused}`)
      break
    }
    const replies = said.splice(0)
    if (replies.length > 0) last = replies
    if (unasked.includes(turn.cause.type)) visited.add(await standing(app, resident))
    failures.push(
      ...(await judge(app, turn, replies)).map((what) => `${script.name}: line ${turn.line}: ${what}`),
    )
  }
  await resident.stop()
  return failures
}

/** What a script asks for and the house refuses is told with its line, like any other failure. */
function whatWentWrong(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What may open a step in the chat without the person's having written. */
const unasked: readonly Cause['type'][] = ['officer', 'officer_does', 'office', 'clock']

/** Where the chat stands: a step that was opened there is no turn of the person. */
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
  what: Cause,
  last: readonly OutgoingMessage[],
): Promise<void> {
  switch (what.type) {
    case 'says':
      return resident.say(what.text)
    case 'presses':
      return resident.hand({ type: 'choice', value: pressed(what.option, last) })
    case 'presses_words':
      return resident.hand({ type: 'choice', value: buttonOfWords(what.words) })
    case 'sends':
      return resident.hand(await contentOf(app, resident, what))
    case 'sends_code':
      return resident.say(`hadir ${await codeOnTheWall(app)}`)
    case 'sends_test':
      return resident.say(`uji ${await codeOfBroadcast(app, what.text)}`)
    case 'officer':
    case 'officer_does':
      if ((await app.conversation.chatAt(resident.address)) === undefined) {
        throw new Error('an officer writes to a person who has not written yet')
      }
      await actAsOfficer(app, what)
      return wake(app, resident)
    case 'office':
      await actAsOffice(app, what.deed)
      return tend(app, resident)
    case 'broadcast':
      return broadcast(app, resident.address, what)
    case 'clock':
      await app.tendTickets(what.now)
      return tend(app, resident)
  }
}

/** As often as one thing may lead to another: a deadline to an offer, an offer to a message. */
const rounds = 5

/** Does what is due, and has the person hear of it. */
async function tend(app: App, resident: TerminalChannel): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    if ((await app.tendTrainings(app.now())) + (await app.market.tend(app.now())) === 0) break
  }
  // Where services run, a job does it.
  await app.issueCertificates()
  await wake(app, resident)
}

async function wake({ conversation }: App, resident: TerminalChannel): Promise<void> {
  const chatId = await conversation.chatAt(resident.address)
  if (chatId !== undefined) await conversation.wake(chatId)
}

/** The value of the button with this number or label in what the bot said last. */
function pressed(option: string, last: readonly OutgoingMessage[]): string {
  const options = last.flatMap((message) => message.options ?? [])
  const found = options.find(({ label }) => label === option) ?? options[Number(option) - 1]
  return found?.value ?? option
}

/** What is sent is kept as a channel keeps it: a photo is one that can be opened, a document is none. */
async function contentOf(
  app: App,
  { address }: TerminalChannel,
  { what, caption = '' }: Extract<Cause, { type: 'sends' }>,
): Promise<IncomingContent> {
  if (what === 'location') return { type: 'location', latitude: -10.1772, longitude: 123.607 }
  if (what !== 'photo' && what !== 'document') return { type: 'unreadable', what }
  const file =
    what === 'photo'
      ? { mime: 'image/jpeg', bytes: await drawPhoto(1) }
      : { mime: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.4') }
  const media = await app.media.save(file, address)
  if (media === 'too_much') throw new Error('more was sent than one may send in a day')
  return { type: 'media', media, caption }
}
