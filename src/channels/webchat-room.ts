import type { Address } from './channel.ts'
import type { ShownEntry } from './webchat-history.ts'

/** One place where a visitor reads along. */
export interface Listener {
  /** True once the entry was written out; false when the place is gone or too slow. */
  push(entry: ShownEntry): Promise<boolean>
  /** Keeps the connection alive; nothing where there is none. */
  beat(): void
  close(): void
}

/** Who reads along now, by visitor. */
export interface Room {
  /** Adds a listener; returns how to take it out. Tells the presence listeners when it is the visitor's first. */
  join(address: Address, listener: Listener): () => void
  listenersOf(address: Address): readonly Listener[]
  /** The visitors who read along, by address id. */
  ids(): readonly string[]
  /** Over all visitors. */
  count(): number
  onPresent(listener: (address: Address) => void): void
  beat(): void
  /** Closes every listener. */
  close(): void
}

/** An empty room. */
export function createRoom(): Room {
  const present = new Map<string, Set<Listener>>()
  const watchers: ((address: Address) => void)[] = []
  const all = () => [...present.values()].flatMap((listeners) => [...listeners])
  return {
    join(address, listener) {
      const listeners = present.get(address.id) ?? new Set()
      listeners.add(listener)
      present.set(address.id, listeners)
      if (listeners.size === 1) for (const watcher of watchers) watcher(address)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && present.get(address.id) === listeners) present.delete(address.id)
      }
    },
    listenersOf: (address) => [...(present.get(address.id) ?? [])],
    ids: () => [...present.keys()],
    count: () => all().length,
    onPresent(watcher) {
      watchers.push(watcher)
    },
    beat() {
      for (const listener of all()) listener.beat()
    },
    close() {
      for (const listener of all()) listener.close()
    },
  }
}
