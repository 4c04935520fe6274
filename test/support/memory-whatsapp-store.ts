import { BufferJSON } from '@whiskeysockets/baileys'
import type { AccountStatus, WhatsAppStore } from '../../src/channels/whatsapp-store.ts'

/** A store in memory, which outlives the channels that use it, with what it holds and what was reported. */
export interface MemoryWhatsAppStore extends WhatsAppStore {
  /** What was reported of the account, in order. */
  readonly reported: string[]
  /** Called before every write; what it throws, the write rejects with. */
  failWrites(fail: (() => void) | undefined): void
  /** The same of reading keys. */
  failReads(fail: (() => void) | undefined): void
  /** Names that were joined. */
  readonly names: ReadonlyMap<string, string>
}

/** Makes it; `creds` are those of an account that is linked already. */
export function createMemoryWhatsAppStore(account: string, creds?: unknown): MemoryWhatsAppStore {
  let json = creds === undefined ? undefined : JSON.stringify(creds, BufferJSON.replacer)
  let status: AccountStatus = {
    account,
    state: 'unlinked',
    reason: undefined,
    stateAt: new Date(),
    linkedAt: json === undefined ? undefined : new Date(),
    lastInboundAt: undefined,
    restrictedUntil: undefined,
  }
  let fail: (() => void) | undefined
  let failReading: (() => void) | undefined
  const keys = new Map<string, string>()
  const names = new Map<string, string>()
  const arrivals = new Map<bigint, { id: bigint; body: Uint8Array; attempts: number }>()
  const sent = new Map<string, Uint8Array>()
  const reported: string[] = []
  return {
    reported,
    names,
    failWrites(next) {
      fail = next
    },
    failReads(next) {
      failReading = next
    },
    readCreds: async () => json,
    async writeCreds(text) {
      fail?.()
      json = text
      status = { ...status, linkedAt: status.linkedAt ?? new Date() }
    },
    async readKeys(type, ids) {
      failReading?.()
      const found = ids.map((id) => [id, keys.get(`${type} ${id}`)] as const)
      return new Map(found.flatMap(([id, value]) => (value === undefined ? [] : [[id, value] as const])))
    },
    async writeKeys(entries) {
      fail?.()
      for (const { type, id, value } of entries) {
        if (value === null) keys.delete(`${type} ${id}`)
        else keys.set(`${type} ${id}`, value)
      }
    },
    async archive() {
      json = undefined
      keys.clear()
      status = { ...status, state: 'unlinked', linkedAt: undefined }
    },
    status: async () => status,
    async report(change) {
      if (change.state !== undefined) {
        reported.push(change.reason === undefined ? change.state : `${change.state} ${change.reason}`)
      }
      status = { ...status, ...change }
    },
    ...createMemoryPersons(names),
    async noteArrival(body) {
      const id = BigInt(arrivals.size + 1)
      arrivals.set(id, { id, body, attempts: 0 })
      return id
    },
    arrivals: async () => [...arrivals.values()],
    async countAttempt(id) {
      const kept = arrivals.get(id)
      if (kept !== undefined) arrivals.set(id, { ...kept, attempts: kept.attempts + 1 })
    },
    dropArrival: async (id) => void arrivals.delete(id),
    keepSent: async (id, body) => void sent.set(id, body),
    sent: async (id) => sent.get(id),
  }
}

/** Who is who, without the joining of two who turn out to be one. `holders` gets the name of each id's person. */
function createMemoryPersons(
  holders: Map<string, string>,
): Pick<WhatsAppStore, 'nameOf' | 'targetOf' | 'noteTarget'> {
  const lids = new Map<string, string>()
  const named = new Set<string>()
  const isLid = (jid: string) => jid.endsWith('@lid')
  const personOf = (name: string) => (named.has(name) ? name : holders.get(name))

  async function nameOf(jid: string, other: string = jid): Promise<string> {
    const lid = [jid, other].find(isLid)
    const own = lid === undefined ? undefined : holders.get(lid)
    const found = holders.get(jid) ?? holders.get(other)
    const hasOther = lid !== undefined && found !== undefined && lids.has(found)
    const name = own ?? (hasOther ? lid : found) ?? jid
    for (const id of [jid, other]) holders.set(id, name)
    if (lid !== undefined) lids.set(name, lid)
    named.add(name)
    return name
  }

  return {
    nameOf,
    async targetOf(name) {
      const person = personOf(name)
      if (person === undefined) return name
      return lids.get(person) ?? (holders.get(name) === person ? name : undefined)
    },
    async noteTarget(name, lid) {
      const person = personOf(name)
      const owner = holders.get(lid)
      if (owner !== undefined) return owner === person
      if (person !== undefined && (lids.has(person) || holders.get(name) !== person)) return false
      await nameOf(name, lid)
      return true
    },
  }
}
