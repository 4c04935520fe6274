import { type AuthenticationCreds, BufferJSON, makeWASocket } from '@whiskeysockets/baileys'
import { z } from 'zod'
import { trustNoiseRoot } from '../../test/support/whatsapp/certificates.ts'
import { silenceLibsignal } from '../../test/support/whatsapp/libsignal-noise.ts'
import { createMemoryKeys } from '../../test/support/whatsapp/memory-keys.ts'
import { silentLogger } from '../../test/support/whatsapp/silent-logger.ts'
import { dialogue } from '../lib/dialogue.ts'
import { serveParent } from '../lib/helper-process.ts'
import { createMessagesTaken } from '../lib/messages-taken.ts'
import { numbered } from '../lib/numbered.ts'
import { memoryAfterCollection, processorMs } from '../lib/process-figures.ts'

// Baileys and nothing around it, in a process of its own: it answers from a table, keeps all in memory, and waits for no disk.

const answers = new Map([['menu', 'Menu'], ...dialogue.map(({ say, reply }) => [say, reply] as const)])
const acked = new Map<string, () => void>()
const taken = createMessagesTaken()
const ack = z.object({ attrs: z.object({ id: z.string() }) })
let socket: ReturnType<typeof makeWASocket> | undefined

async function connect(url: string, creds: AuthenticationCreds): Promise<void> {
  silenceLibsignal()
  const mine = makeWASocket({
    waWebSocketUrl: url,
    auth: { creds, keys: createMemoryKeys() },
    logger: silentLogger,
  })
  socket = mine
  mine.ws.on('CB:ack,class:message', (stanza) => {
    const { id } = ack.parse(stanza).attrs
    acked.get(id)?.()
    acked.delete(id)
  })
  mine.ev.on('creds.update', (change) => void Object.assign(creds, change))
  mine.ev.on('messages.upsert', async ({ messages }) => {
    for (const { key, message } of messages) {
      const text = message?.conversation
      if (key.fromMe === true || typeof text !== 'string') continue
      taken.add()
      await mine.sendMessage(key.remoteJid ?? '', { text: answers.get(text) ?? 'Menu' })
    }
  })
  await new Promise<void>((resolve, reject) => {
    mine.ev.on('connection.update', ({ connection }) => {
      if (connection === 'open') resolve()
      if (connection === 'close') reject(new Error('the bare socket was closed'))
    })
  })
}

async function sendAll(jids: readonly string[], each: number): Promise<void> {
  await Promise.all(
    jids.map(async (jid) => {
      for (let number = 1; number <= each; number += 1) await sendToAck(jid, numbered(number))
    }),
  )
}

async function sendToAck(jid: string, text: string): Promise<void> {
  const messageId = `3EB0${crypto.randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`
  const { promise, resolve } = Promise.withResolvers<void>()
  acked.set(messageId, resolve)
  await Promise.all([promise, socket?.sendMessage(jid, { text }, { messageId })])
}

serveParent({
  connect(given) {
    const shape = z.object({ url: z.string(), rootKey: z.string(), creds: z.string() })
    const { url, rootKey, creds } = shape.parse(given)
    trustNoiseRoot(Buffer.from(rootKey, 'hex'))
    return connect(url, JSON.parse(creds, BufferJSON.reviver))
  },
  taken: (given) => taken.reach(z.object({ messages: z.number() }).parse(given).messages),
  send(given) {
    const { jids, each } = z.object({ jids: z.array(z.string()), each: z.number() }).parse(given)
    return sendAll(jids, each)
  },
  processorMs: async () => processorMs(),
  memory: memoryAfterCollection,
  leave: async () => socket?.end(undefined),
})
