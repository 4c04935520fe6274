import { randomBytes } from 'node:crypto'
import type { App } from '../../src/app.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { runChannel } from '../../src/services/run-channel.ts'
import { createWhatsApp, loadLibrary, openWhatsAppStore } from '../../src/services/whatsapp.ts'
import { trustNoiseRoot } from '../../test/support/whatsapp/certificates.ts'
import { openBenchHouse } from './bench-house.ts'
import type { WhatsAppBot } from './measure-whatsapp.ts'
import { createMessagesTaken } from './messages-taken.ts'
import { numbered } from './numbered.ts'
import type { PhoneWorld } from './phones.ts'
import { memoryAfterCollection, processorMs } from './process-figures.ts'
import { createStageTimes, type Stage } from './stage-times.ts'
import { createStages } from './staged-baileys.ts'

/** The whole house with its WhatsApp channel, as a bot to be measured. */
export interface LopoOnWhatsApp extends WhatsAppBot {
  /** Undefined until it is connected. */
  app(): App | undefined
  /** What was noted of the way of messages between `begin` and `end`. */
  readonly way: { begin(): void; end(exchanges: number): void; stages(): readonly Stage[] }
  /** Closes the house; its database is gone. */
  close(): Promise<void>
}

const account = 'main'

/** Makes it, without any pace; nothing runs before `connect`. */
export function createLopoOnWhatsApp(): LopoOnWhatsApp {
  const taken = createMessagesTaken()
  const way = createStageTimes()
  let house: App | undefined
  let channel: Channel | undefined
  let leave = async () => {}

  async function open({ url, rootKey, creds }: PhoneWorld): Promise<void> {
    trustNoiseRoot(Buffer.from(rootKey, 'hex'))
    house = await openBenchHouse({
      WHATSAPP_ENABLED: 'yes',
      WHATSAPP_SOCKET_URL: url,
      WHATSAPP_REPLY_GAP_MS: '0-0',
    })
    const stages = createStages(way)
    const store = stages.store(openWhatsAppStore(house, account))
    await store.writeCreds(creds)
    const library = await loadLibrary(house)
    const own = createWhatsApp(
      house,
      { ...library, baileys: stages.library(library.baileys) },
      account,
      store,
    )
    channel = { ...own, send: stages.send(own.send) }
    const ready = new Promise<void>((resolve) => own.onReachable(resolve))
    const receive = stages.receive(house.conversation.receive)
    const conversation: App['conversation'] = {
      ...house.conversation,
      async receive(message) {
        await receive(message)
        taken.add()
      },
    }
    leave = await runChannel({ ...house, conversation }, channel)
    await ready
  }

  return {
    greetings: 2,
    way,
    app: () => house,
    connect: open,
    taken: taken.reach,
    async send(jids, each) {
      const to = channel
      if (to === undefined) throw new Error('not connected')
      await Promise.all(jids.map((jid) => sendNumbered(to, jid, each)))
    },
    processorMs: async () => processorMs(),
    async memory() {
      await house?.conversation.idle()
      return memoryAfterCollection()
    },
    leave: () => leave(),
    close: async () => house?.close(),
  }
}

async function sendNumbered(channel: Channel, id: string, each: number): Promise<void> {
  const to = { channel: channel.name, account, id }
  for (let number = 1; number <= each; number += 1) {
    const token = randomBytes(8).toString('hex')
    await channel.send(to, { text: numbered(number) }, token, { token, purpose: 'reply' })
  }
}
