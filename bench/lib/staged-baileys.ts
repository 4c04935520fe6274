import { jidNormalizedUser, type SocketConfig } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Channel, IncomingMessage } from '../../src/channels/channel.ts'
import type { Baileys } from '../../src/channels/whatsapp-library.ts'
import type { WhatsAppStore } from '../../src/channels/whatsapp-store.ts'
import type { StageTimes } from './stage-times.ts'

const stanza = z.object({ tag: z.literal('message'), attrs: z.object({ from: z.string() }) })

/** The parts of the house on the way of a message, each of which does the same and is timed. */
export interface Stages {
  library(baileys: Baileys): Baileys
  store(store: WhatsAppStore): WhatsAppStore
  receive(receive: (message: IncomingMessage) => Promise<void>): (message: IncomingMessage) => Promise<void>
  send(send: Channel['send']): Channel['send']
}

/** Times the way of a message in a chat where each waits for the answer to the one before: in its order. */
export function createStages({ note, timed }: StageTimes): Stages {
  const arrived = new Map<string, number>()
  const durable = new Map<string, number>()

  function since(begun: number | undefined, stage: string): void {
    if (begun !== undefined) note(stage, performance.now() - begun)
  }

  function stagedRepository(
    make: SocketConfig['makeSignalRepository'],
  ): SocketConfig['makeSignalRepository'] {
    return (...given) => {
      const repository = make(...given)
      const decrypt = timed('2. opened: Signal, its keys read', repository.decryptMessage)
      return {
        ...repository,
        decryptMessage(options) {
          since(arrived.get(jidNormalizedUser(options.jid)), '1. waits in line until it is opened')
          return decrypt(options)
        },
        encryptMessage: timed('6. of that: sealed for a phone, its keys written', repository.encryptMessage),
      }
    }
  }

  return {
    library: (baileys) => ({
      ...baileys,
      DEFAULT_CONNECTION_CONFIG: {
        ...baileys.DEFAULT_CONNECTION_CONFIG,
        makeSignalRepository: stagedRepository(baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository),
      },
      makeWASocket(config) {
        const socket = baileys.makeWASocket(config)
        socket.ws.on('frame', (frame) => {
          const read = stanza.safeParse(frame)
          if (read.success) arrived.set(jidNormalizedUser(read.data.attrs.from), performance.now())
        })
        return socket
      },
    }),
    store: (store) => ({
      ...store,
      readKeys: timed('8. of all that: keys read', store.readKeys),
      writeKeys: timed('9. of all that: keys written', store.writeKeys),
    }),
    receive(receive) {
      const timedReceive = timed('3. made durable: the inbox', receive)
      return async (message) => {
        await timedReceive(message)
        durable.set(message.from.id, performance.now())
      }
    },
    send(send) {
      const timedSend = timed('5. sent, until acknowledged', send)
      return async (to, ...rest) => {
        since(durable.get(to.id), '4. turn: answered and saved')
        // The next message may be there before the acknowledgement.
        const begun = arrived.get(to.id)
        const receipt = await timedSend(to, ...rest)
        since(begun, '7. all, from the socket to the acknowledgement')
        return receipt
      }
    },
  }
}
