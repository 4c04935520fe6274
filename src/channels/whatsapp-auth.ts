import type {
  AuthenticationCreds,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
} from '@whiskeysockets/baileys'
import type { Logger } from '../log.ts'
import type { Baileys } from './whatsapp-library.ts'
import { dropSpentChains } from './whatsapp-session.ts'
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
  /** From now on nothing is written: what the library still does with a socket that was left is no more of the account. */
  close(): void
}

interface AuthDeps {
  readonly baileys: Baileys
  readonly store: Pick<WhatsAppStore, 'readCreds' | 'writeCreds' | 'readKeys' | 'writeKeys'>
  readonly account: string
  /** Called when the store failed: what the socket holds and what is kept may differ from then on, so it must go. */
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
  let isClosed = false
  // Without the phone's signature nothing is worth keeping: a pairing that breaks off begins anew.
  const isLinked = () => creds.account !== undefined
  return {
    creds,
    keys: createKeys(deps, () => isClosed),
    isLinked,
    update(change) {
      if (isClosed) return
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
    close() {
      isClosed = true
    },
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

function createKeys({ baileys, store, onBroken }: AuthDeps, isClosed: () => boolean): SignalKeyStore {
  const { BufferJSON, proto } = baileys
  const absent = createAbsence()
  return {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      const wanted = ids.filter((id) => !absent.has(type, id))
      if (wanted.length === 0) return found
      const note = absent.begin()
      const texts = await unlessBroken(store.readKeys(type, wanted))
      note(
        type,
        wanted.filter((id) => !texts.has(id)),
      )
      for (const [id, text] of texts) {
        const value = JSON.parse(text, BufferJSON.reviver)
        found[id] =
          type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value) : value
      }
      return found
    },
    async set(data) {
      if (isClosed()) throw new Error('the socket was left')
      // In place, so that what the library remembers of a session is no larger.
      for (const session of Object.values(data.session ?? {})) dropSpentChains(session)
      const entries = entriesOf(data, BufferJSON.replacer)
      absent.forget(entries)
      await unlessBroken(store.writeKeys(entries))
      absent.forget(entries)
    },
  }

  /** The library makes a refusal of a failure, and WhatsApp takes a message back that is refused: the socket must go first. */
  async function unlessBroken<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      if (!isClosed()) onBroken(error)
      throw error
    }
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

/** How many keys are remembered as not there. */
const mostAbsent = 50_000

/**
 * Remembers which keys are not there. The library looks for some with every message that most people have not, and keeps only
 * what it finds. One process has the account, so nobody else writes them.
 */
function createAbsence() {
  const absent = new Set<string>()
  let writes = 0
  return {
    has: (type: string, id: string) => absent.has(`${type} ${id}`),
    /** Begins a look-up; what it did not find counts only when nothing was written meanwhile. */
    begin() {
      const before = writes
      return (type: string, ids: readonly string[]): void => {
        if (writes !== before) return
        if (absent.size > mostAbsent) absent.clear()
        for (const id of ids) absent.add(`${type} ${id}`)
      }
    },
    forget(entries: readonly SignalEntry[]): void {
      writes += 1
      for (const { type, id } of entries) absent.delete(`${type} ${id}`)
    },
  }
}
