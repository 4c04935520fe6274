import pino from 'pino'
import type { IncomingMessage } from '../../../src/channels/channel.ts'
import {
  createTelegramChannel,
  type TelegramChannel,
  type TelegramDeps,
} from '../../../src/channels/telegram.ts'
import type { TelegramFile } from '../../../src/channels/telegram-files.ts'
import { type BotApiServer, type BotApiServerOptions, startBotApiServer } from '../bot-api-server.ts'

/** A Telegram channel against a loopback server, and everything that it did. */
export interface TelegramSetup extends AsyncDisposable {
  readonly server: BotApiServer
  readonly channel: TelegramChannel
  /** What the channel handed over and got accepted, in order. */
  readonly received: IncomingMessage[]
  /** Runs before a message is accepted; may wait or reject. */
  beforeReceive: (message: IncomingMessage) => Promise<void>
  /** Waits until so many messages were accepted, and answers them. */
  receivedCount(count: number): Promise<readonly IncomingMessage[]>
  readonly files: Map<string, TelegramFile>
  readonly logLines: string[]
  /** Milliseconds that the channel asked to wait; it never really waits. */
  readonly pauses: number[]
  readonly fatal: Error[]
  /** Starts the channel. */
  start(): Promise<void>
}

/** Starts a server and makes a channel for it; disposing of it stops both. */
export async function setUpTelegram(
  options: Partial<TelegramDeps> & { server?: BotApiServerOptions } = {},
): Promise<TelegramSetup> {
  const { server: serverOptions, ...overrides } = options
  const server = await startBotApiServer(serverOptions)
  const files = new Map<string, TelegramFile>()
  const logLines: string[] = []
  const pauses: number[] = []
  const fatal: Error[] = []
  const received: IncomingMessage[] = []
  const channel = createTelegramChannel({
    token: server.token,
    apiRoot: server.apiRoot,
    media: {
      async save(file) {
        const id = `file${files.size + 1}`
        files.set(id, file)
        return { id, type: file.mime.startsWith('image/') ? 'photo' : 'document', mime: file.mime }
      },
      async read(id) {
        return files.get(id)
      },
    },
    commands: [{ command: 'menu', description: 'Menu utama' }],
    log: pino({ level: 'trace' }, { write: (line: string) => logLines.push(line) }),
    onFatal(reason) {
      fatal.push(reason)
      server.world.changes.notify()
    },
    async pause(milliseconds) {
      pauses.push(milliseconds)
      server.world.changes.notify()
      await new Promise((resolve) => setImmediate(resolve))
    },
    random: () => 1,
    ...overrides,
  })
  const setup: TelegramSetup = {
    server,
    channel,
    received,
    beforeReceive: async () => undefined,
    receivedCount: (count) =>
      server.until(() => received.length >= count && received, `${count} messages were received`),
    files,
    logLines,
    pauses,
    fatal,
    start: () =>
      channel.start(async (message) => {
        await setup.beforeReceive(message)
        received.push(message)
        server.world.changes.notify()
      }),
    async [Symbol.asyncDispose]() {
      await channel.stop()
      await server.close()
    },
  }
  return setup
}
