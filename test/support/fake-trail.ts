import type { AuditEntry } from '../../src/staff/audit-trail.ts'
import type { TrailEntry, TrailFilter } from '../../src/staff/trail/read-trail.ts'
import type { TrailState } from '../../src/staff/trail/verify-trail.ts'
import type { TrailSource } from '../../src/web/desk/trail-pages.ts'

/** A trail of what was noted, in memory; an entry's id is its place. */
export function createFakeTrail(notes: readonly AuditEntry[]): TrailSource {
  const found = ({ actor, action = '', subject, from, to }: TrailFilter, before?: string) =>
    notes
      .map(
        (note, place): TrailEntry => ({
          ...{ id: String(place), subject: undefined, outcome: undefined, ...note },
          details: note.details ?? {},
        }),
      )
      .filter(({ id }) => before === undefined || Number(id) < Number(before))
      .filter((entry) => actor === undefined || entry.actor.id === actor)
      .filter((entry) => subject === undefined || entry.subject === subject)
      .filter((entry) => entry.action.startsWith(action))
      .filter(({ at }) => (from ?? at) <= at && (to === undefined || at < to))
      .reverse()
  return {
    async read(filter, { before }) {
      const all = found(filter, before)
      const entries = all.slice(0, 50)
      return { entries, next: all.length > 50 ? entries.at(-1)?.id : undefined }
    },
    async *csv(filter, headings) {
      yield `${headings.join(',')}\r\n`
      for (const { id, action } of found(filter)) yield `${id},${action}\r\n`
    },
    verify: async () => wholeTrail(notes.length),
  }
}

/** What a trail is that nobody touched. */
export function wholeTrail(count: number): TrailState {
  const head = { count, hash: new Uint8Array(32) }
  return { head, purged: 0, unsealed: 0, oldestUnsealed: undefined, broken: undefined }
}
