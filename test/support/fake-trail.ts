import type { AuditEntry } from '../../src/staff/audit-trail.ts'
import type { TrailSource } from '../../src/web/desk/trail-pages.ts'

/** A trail of what was noted, in memory; an entry's cursor is its place. */
export function createFakeTrail(notes: readonly AuditEntry[]): TrailSource {
  return {
    async read({ actors, action = '', from, until }, { before, size }) {
      const found = notes
        .map((entry, place) => ({ entry, place }))
        .filter(({ place }) => before === undefined || place < Number(before))
        .filter(({ entry }) => actors?.includes(entry.actor.id) ?? true)
        .filter(({ entry }) => entry.action.startsWith(action))
        .filter(({ entry: { at } }) => (from ?? at) <= at && (until === undefined || at < until))
        .reverse()
      const shown = found.slice(0, size)
      const next = found.length > size ? String(shown.at(-1)?.place) : undefined
      return { entries: shown.map(({ entry }) => entry), next }
    },
    verify: async () => ({ count: notes.length, broken: undefined }),
  }
}
