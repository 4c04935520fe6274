import { z } from 'zod'
import { startHelper } from './helper-process.ts'
import type { WhatsAppBot } from './measure-whatsapp.ts'

const nothing = z.unknown()

/** Starts Baileys with nothing around it, in a process of its own; it loses all it knows with that process. */
export function startBareBaileys(): WhatsAppBot {
  const helper = startHelper(new URL('../peers/bare-baileys.ts', import.meta.url))
  return {
    greetings: 1,
    connect: async (world) => void (await helper.ask('connect', nothing, world)),
    taken: async (messages) => void (await helper.ask('taken', nothing, { messages })),
    send: async (jids, each) => void (await helper.ask('send', nothing, { jids, each })),
    processorMs: () => helper.ask('processorMs', z.number()),
    memory: () => helper.ask('memory', z.object({ rss: z.number(), heapUsed: z.number() })),
    async leave() {
      await helper.ask('leave', nothing)
      await helper.end()
    },
  }
}
