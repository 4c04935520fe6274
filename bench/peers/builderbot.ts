import { createRequire } from 'node:module'
import { z } from 'zod'
import { type Bot, runClosedLoop } from '../lib/closed-loop.ts'
import { dialogue } from '../lib/dialogue.ts'

// BuilderBot in a process of its own: the arguments are JSON, the figures go to the parent as a message.

/** The part of BuilderBot that the benchmark uses. */
interface BuilderBot {
  addKeyword(word: string): Flow
  createFlow(flows: readonly Flow[]): unknown
  createBot(parts: { flow: unknown; provider: Provider; database: unknown }, options: unknown): Promise<Core>
  readonly MemoryDB: new () => unknown
  readonly TestTool: { readonly TestProvider: new () => Provider }
}

interface Flow {
  addAnswer(text: string, options: { capture: boolean }, then: Step): Flow
}

type Step = (context: { body: string; from: string }, tools: Tools) => Promise<unknown>

interface Tools {
  readonly state: { update(values: Record<string, string>): Promise<void>; get(name: string): string }
  fallBack(): Promise<void>
  endFlow(text: string): Promise<void>
}

/** `handleMsg` is what BuilderBot calls for a provider's `message` event; it resolves when the message is dealt with. */
interface Core {
  handleMsg(message: { body: string; from: string; name: string; host: string }): Promise<unknown>
}

interface Provider {
  sendMessage(to: string, text: string): Promise<unknown>
}

interface Saved {
  readonly from: string
  readonly keyword?: unknown
}

const argument = z.object({
  chats: z.number(),
  seconds: z.number(),
  warmUpSeconds: z.number(),
  memory: z.enum(['memory_db', 'map']),
})

const bare = /^\d+$/

/** BuilderBot's own MemoryDB walks all that was ever said for each message: this one looks it up. */
function createMapDatabase(): unknown {
  const latest = new Map<string, Saved>()
  return {
    getPrevByNumber: async (from: string) => latest.get(from),
    async save(saved: Saved) {
      if (saved.keyword) latest.set(saved.from, saved)
    },
  }
}

async function createBuilderBot(memory: 'memory_db' | 'map'): Promise<Bot> {
  const builderBot: BuilderBot = createRequire(import.meta.url)('@builderbot/bot')
  const { addKeyword, createFlow, createBot, MemoryDB, TestTool } = builderBot
  const [name, count, sure] = dialogue.map(({ reply }) => reply)
  const flow = addKeyword('daftar')
    .addAnswer(name ?? '', { capture: true }, ({ body }, { state }) => state.update({ name: body }))
    .addAnswer(count ?? '', { capture: true }, ({ body }, { state, fallBack }) =>
      bare.test(body) ? state.update({ count: body }) : fallBack(),
    )
    .addAnswer(sure ?? '', { capture: true }, async ({ body }, { state, fallBack, endFlow }) =>
      body === 'ya' ? endFlow(`Tercatat: ${state.get('name')}, ${state.get('count')} orang.`) : fallBack(),
    )
  const provider = new TestTool.TestProvider()
  const listeners: ((chat: number, text: string) => void)[] = []
  provider.sendMessage = async (to, text) => {
    for (const listener of listeners) listener(Number(to), text)
    return { to, text }
  }
  const database = memory === 'memory_db' ? new MemoryDB() : createMapDatabase()
  const core = await createBot({ flow: createFlow([flow]), provider, database }, { delay: 0 })
  return {
    say: (chat, body) => core.handleMsg({ body, from: String(chat), name: 'warga', host: '' }),
    onReply: (listener) => void listeners.push(listener),
  }
}

const { memory, ...options } = argument.parse(JSON.parse(process.argv[2] ?? ''))
const measured = await runClosedLoop(await createBuilderBot(memory), options)
process.send?.(measured, () => process.exit(0))
