import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type App, buildApp, readFlows } from '../../src/app.ts'
import type { Ground } from '../../src/app-parts.ts'
import { createTerminalChannel, type TerminalChannel } from '../../src/channels/terminal.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { createLanguage, type Language } from '../../src/language/language.ts'
import { createLogger } from '../../src/log.ts'
import { type FlowTexts, readFlowTexts } from '../../src/storage/flow-files.ts'
import { createKeyring, newKeyEntry } from '../../src/storage/keyring.ts'
import { createTestDatabase } from './test-database.ts'

/** The real house on a database of its own, with everything that was logged. */
export interface TestApp extends App {
  readonly logged: string[]
}

let ground: { texts: FlowTexts; language: Language } | undefined

/** The project's flow files and language, read once a test file. */
export async function readGround(): Promise<{ texts: FlowTexts; language: Language }> {
  if (ground === undefined) {
    const texts = await readFlowTexts()
    ground = { texts, language: createLanguage(texts.language) }
  }
  return ground
}

/** The ground of a house on a fresh database: closing its storage drops it. */
export async function openTestGround(
  environment: Record<string, string> = {},
): Promise<Ground & { logged: string[] }> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lopo-app-'))
  const config: Config = parseConfig({ LOPO_DATA_DIR: dataDir, PORT: '0', ...environment })
  const logged: string[] = []
  const log = createLogger('debug', { write: (line) => logged.push(line) })
  const database = await createTestDatabase()
  const keyring = createKeyring([newKeyEntry()])
  const { texts, language } = await readGround()
  const storage = {
    database,
    keyring,
    leave: async () => undefined,
    async close() {
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return { config, log, storage, texts, language, flows: readFlows(texts, language), logged }
}

/** Builds the house on a fresh database. `environment` is as a person would set it. */
export async function openTestApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const ground = await openTestGround(environment)
  return { ...(await buildApp(ground)), logged: ground.logged }
}

/** A person at a terminal of the house: says a line, and gets what the bot answers. */
export interface Resident {
  readonly channel: TerminalChannel
  say(text: string): Promise<readonly string[]>
}

/** Seats a person at a terminal. */
export async function seatResident(app: App, name: string = randomUUID()): Promise<Resident> {
  const channel = createTerminalChannel({ id: name, now: () => app.now().getTime() })
  const said: string[] = []
  channel.onMessage(({ text }) => said.push(text))
  app.conversation.attach(channel)
  await channel.start((message) => app.conversation.receive(message))
  return {
    channel,
    async say(text) {
      await channel.say(text)
      await app.conversation.idle()
      return said.splice(0)
    },
  }
}
