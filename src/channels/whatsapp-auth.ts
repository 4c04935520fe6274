import type {
  AuthenticationCreds,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
} from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import type { Baileys } from './whatsapp-library.ts'
import { type SignalEntry, UnreadableAccountError, type WhatsAppStore } from './whatsapp-store.ts'

/** The secrets of an account, as a socket takes them. */
export interface Auth {
  readonly creds: AuthenticationCreds
  readonly keys: SignalKeyStore
  /** Whether a phone has linked the account. */
  isLinked(): boolean
  /** Takes a change over, and writes it behind the changes before it. */
  update(change: Partial<AuthenticationCreds>): void
  /** Resolves once every change is durable. */
  flush(): Promise<void>
}

interface AuthDeps {
  readonly baileys: Baileys
  readonly store: Pick<WhatsAppStore, 'readCreds' | 'writeCreds' | 'readKeys' | 'writeKeys'>
  readonly account: string
  /** Called when a write failed: what the socket holds and what is kept differ from then on, so it must go. */
  readonly onBroken: (error: unknown) => void
  readonly log: Logger
}

/** Reads the account's secrets, or makes new ones for an account that is not linked. Rejects with UnreadableAccountError. */
export async function openAuth(deps: AuthDeps): Promise<Auth> {
  const { baileys, store, log } = deps
  const { BufferJSON } = baileys
  const json = await store.readCreds()
  const creds = json === undefined ? baileys.initAuthCreds() : readCreds(baileys, json, deps.account)
  let writing: Promise<void> = Promise.resolve()
  // Without the phone's signature nothing is worth keeping: a pairing that breaks off begins anew.
  const isLinked = () => creds.account !== undefined
  return {
    creds,
    keys: createKeys(deps),
    isLinked,
    update(change) {
      Object.assign(creds, change)
      if (!isLinked()) return
      const text = JSON.stringify(creds, BufferJSON.replacer)
      writing = writing
        .then(() => store.writeCreds(text))
        .catch((error) => {
          log.error({ err: error }, 'the secrets of the WhatsApp account were not saved')
          deps.onBroken(error)
        })
    },
    flush: () => writing,
  }
}

function readCreds(baileys: Baileys, json: string, account: string): AuthenticationCreds {
  try {
    const creds: AuthenticationCreds = JSON.parse(json, baileys.BufferJSON.reviver)
    if (creds.noiseKey.private.length === 32 && creds.account !== undefined) return creds
  } catch (cause) {
    throw new UnreadableAccountError(account, { cause })
  }
  throw new UnreadableAccountError(account)
}

function createKeys({ baileys, store, onBroken }: AuthDeps): SignalKeyStore {
  const { BufferJSON, proto } = baileys
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      for (const [id, text] of await store.readKeys(type, ids)) {
        const value = JSON.parse(text, BufferJSON.reviver)
        found[id] =
          type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value) : value
      }
      return found
    },
    async set(data) {
      try {
        await store.writeKeys(entriesOf(data, BufferJSON.replacer))
      } catch (error) {
        onBroken(error)
        throw error
      }
    },
  }
}

function entriesOf(data: SignalDataSet, replacer: (key: string, value: unknown) => unknown): SignalEntry[] {
  return Object.entries(data).flatMap(([type, values]) =>
    Object.entries(values).map(([id, value]) => ({
      type,
      id,
      value: value === null || value === undefined ? null : JSON.stringify(value, replacer),
    })),
  )
}
