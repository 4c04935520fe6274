/** Remembers which NIKs a file held, in about 40 bytes each. */
export interface SeenNiks {
  /** Whether the NIK is new; remembers it. */
  add(nik: string): boolean
}

/** By the first four digits a set of numbers: the other twelve digits fit a number exactly, all sixteen do not. */
export function createSeenNiks(): SeenNiks {
  const areas = new Map<string, Set<number>>()
  return {
    add(nik) {
      const area = nik.slice(0, 4)
      let seen = areas.get(area)
      if (seen === undefined) {
        seen = new Set()
        areas.set(area, seen)
      }
      const size = seen.size
      return seen.add(Number(nik.slice(4))).size > size
    },
  }
}
