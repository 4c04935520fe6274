import { AsyncLocalStorage } from 'node:async_hooks'
import type { BinaryNode, SocketConfig, WAMessage } from '@whiskeysockets/baileys'
import type { Turns } from './turns.ts'
import type { Baileys } from './whatsapp-library.ts'

type MakeRepository = SocketConfig['makeSignalRepository']

/** What a socket is given to encrypt and decrypt with, and what it must tell: the stanza of each ciphertext. */
export interface Repository {
  readonly make: MakeRepository
  /** Notes a stanza before the library takes it up. */
  note(stanza: BinaryNode): void
}

export interface RepositoryDeps {
  readonly baileys: Baileys
  /**
   * One for all accounts of a process: libsignal queues work by the address of the other side, for the whole process, and runs
   * it in the transaction of whoever came first.
   */
  readonly turns: Turns
  /** The bot's own ids. */
  readonly me: () => { readonly id: string; readonly lid: string }
  /** Makes a message durable. Rejects when that failed: then it is as if it had not come. */
  readonly take: (message: WAMessage) => Promise<void>
}

/**
 * The library's own repository of Signal sessions, with two promises more. A message that came in is durable before its session
 * moves on and before the library confirms it: whatever breaks between, WhatsApp sends it again. A session is durable before
 * what was encrypted with it leaves: no key is used twice after a crash.
 */
export function createRepository({ baileys, turns, me, take }: RepositoryDeps): Repository {
  const stanzas = new WeakMap<object, BinaryNode>()
  // The library keeps its transaction in the asynchronous context: what is not part of it must leave it.
  const outside = AsyncLocalStorage.snapshot()
  return {
    note(stanza) {
      if (!Array.isArray(stanza.content)) return
      for (const { content } of stanza.content) {
        if (content instanceof Uint8Array) stanzas.set(content, stanza)
      }
    },
    make(auth, logger, findLids) {
      const repository = baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, findLids)
      const { keys } = auth
      if (!('transaction' in keys)) throw new Error('the key store has no transactions')
      const inTurn = <T>(jid: string, work: () => Promise<T>): Promise<T> =>
        outside(() => turns(repository.jidToSignalProtocolAddress(jid), work))
      return {
        ...repository,
        decryptMessage(options) {
          const stanza = stanzas.get(options.ciphertext)
          return inTurn(options.jid, () =>
            keys.transaction(async () => {
              const plain = await repository.decryptMessage(options)
              if (stanza !== undefined) await outside(() => take(readStanza(baileys, me(), stanza, plain)))
              return plain
            }, options.jid),
          )
        },
        encryptMessage: (options) => inTurn(options.jid, () => repository.encryptMessage(options)),
        injectE2ESession: (options) => inTurn(options.jid, () => repository.injectE2ESession(options)),
      }
    },
  }
}

/** The message as the library will hand it over later. */
function readStanza(
  baileys: Baileys,
  me: { readonly id: string; readonly lid: string },
  stanza: BinaryNode,
  plain: Uint8Array,
): WAMessage {
  const { fullMessage } = baileys.decodeMessageNode(stanza, me.id, me.lid)
  const message = baileys.proto.Message.decode(baileys.unpadRandomMax16(plain))
  fullMessage.message = message.deviceSentMessage?.message ?? message
  return fullMessage
}
