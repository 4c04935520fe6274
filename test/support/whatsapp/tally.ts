import type { BinaryNode } from '@whiskeysockets/baileys'

/** Seen from the server: what clients sent came `in`. */
export type Direction = 'in' | 'out'

/** A stanza that went by. */
export interface LoggedStanza {
  readonly direction: Direction
  readonly node: BinaryNode
}

/** How many stanzas went by, and the newest of them. */
export interface Tally {
  /** Counted by tag (`message`), and by tag and type (`receipt retry`, `iq usync`, `notification mex`). */
  count(direction: Direction, kind: string): number
  readonly newest: readonly LoggedStanza[]
  add(direction: Direction, node: BinaryNode): void
}

/** Keeps `remember` stanzas, so that memory stays flat however many go by. */
export function createTally(remember: number): Tally {
  const counts = new Map<string, number>()
  const newest: LoggedStanza[] = []
  const raise = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  return {
    count: (direction, kind) => counts.get(`${direction} ${kind}`) ?? 0,
    newest,
    add(direction, node) {
      const detail = node.tag === 'iq' ? node.attrs.xmlns : node.attrs.type
      raise(`${direction} ${node.tag}`)
      if (detail !== undefined) raise(`${direction} ${node.tag} ${detail}`)
      newest.push({ direction, node })
      if (newest.length > remember) newest.shift()
    },
  }
}
