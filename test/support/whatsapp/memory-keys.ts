import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'

type Rows = { readonly [T in keyof SignalDataTypeMap]: Map<string, SignalDataTypeMap[T]> }

const types = [
  'pre-key',
  'session',
  'sender-key',
  'sender-key-memory',
  'app-state-sync-key',
  'app-state-sync-version',
  'lid-mapping',
  'device-list',
  'tctoken',
  'identity-key',
] as const

/** Signal keys that live as long as the object. */
export interface MemoryKeys extends SignalKeyStore {
  /** The keys as they are now, to go back to them later. */
  copy(): MemoryKeys
}

/** Keys in memory: for simulated phones, and for sockets under test. */
export function createMemoryKeys(): MemoryKeys {
  const rows: Rows = {
    'pre-key': new Map(),
    session: new Map(),
    'sender-key': new Map(),
    'sender-key-memory': new Map(),
    'app-state-sync-key': new Map(),
    'app-state-sync-version': new Map(),
    'lid-mapping': new Map(),
    'device-list': new Map(),
    tctoken: new Map(),
    'identity-key': new Map(),
  }

  function put<T extends keyof SignalDataTypeMap>(type: T, data: SignalDataSet): void {
    const changes = data[type]
    for (const id of Object.keys(changes ?? {})) {
      const value = changes?.[id]
      if (value === null || value === undefined) rows[type].delete(id)
      else rows[type].set(id, value)
    }
  }

  const keys: MemoryKeys = {
    async get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: { [id: string]: SignalDataTypeMap[T] } = {}
      for (const id of ids) {
        const value = rows[type].get(id)
        if (value !== undefined) found[id] = value
      }
      return found
    },
    async set(data) {
      for (const type of types) put(type, data)
    },
    async clear() {
      for (const type of types) rows[type].clear()
    },
    copy() {
      const copied = createMemoryKeys()
      for (const type of types) void copied.set({ [type]: Object.fromEntries(rows[type]) })
      return copied
    },
  }
  return keys
}
