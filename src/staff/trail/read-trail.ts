import { z } from 'zod'
import type { Database, Transaction } from '../../storage/database.ts'
import type { Actor } from '../audit-trail.ts'

/** Which entries are asked for: all that a part is given for must agree. */
export interface TrailFilter {
  /** From this moment on. */
  readonly from?: Date | undefined
  /** Before this moment. */
  readonly to?: Date | undefined
  /** The actor's id as it stands in the trail: an officer's name, a contact id, a part of the program. */
  readonly actor?: string | undefined
  /** The beginning of an action's name: `assistance.` gives all of that room. */
  readonly action?: string | undefined
  /** Keyed hash or row id, whole. */
  readonly subject?: string | undefined
}

/** An entry as it is read. */
export interface TrailEntry {
  readonly id: string
  readonly at: Date
  readonly actor: Actor
  readonly action: string
  readonly subject: string | undefined
  readonly outcome: string | undefined
  readonly details: Readonly<Record<string, unknown>>
}

/** One page of entries, newest first; `next` is what `before` is for the page after, undefined on the last. */
export interface TrailPage {
  readonly entries: readonly TrailEntry[]
  readonly next: string | undefined
}

const actorType = z.enum(['resident', 'staff', 'system']).catch('system')
const detailsOf = z.record(z.string(), z.unknown()).catch({})

/** Reads a page of the trail; `before` is digits. Whoever reads it for an officer writes into the trail that they did, and what they looked for. */
export async function readTrail(
  database: Database | Transaction,
  filter: TrailFilter,
  { before, limit = 50 }: { before?: string | undefined; limit?: number } = {},
): Promise<TrailPage> {
  const rows = await database.auditEntry.findMany({
    where: whereOf(filter, before),
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const entries = rows.slice(0, limit).map((row) => ({
    id: String(row.id),
    at: row.at,
    actor: { type: actorType.parse(row.actorType), id: row.actorId },
    action: row.action,
    subject: row.subject ?? undefined,
    outcome: row.outcome ?? undefined,
    details: detailsOf.parse(row.details),
  }))
  return { entries, next: rows.length > limit ? entries.at(-1)?.id : undefined }
}

function whereOf({ from, to, actor, action, subject }: TrailFilter, before: string | undefined) {
  return {
    ...(before === undefined ? {} : { id: { lt: BigInt(before) } }),
    ...(from === undefined && to === undefined ? {} : { at: atOf(from, to) }),
    ...(actor === undefined ? {} : { actorId: actor }),
    // What stands for any letter in a pattern must stand for itself.
    ...(action === undefined ? {} : { action: { startsWith: action.replaceAll(/[\\%_]/g, '\\$&') } }),
    ...(subject === undefined ? {} : { subject }),
  }
}

function atOf(from: Date | undefined, to: Date | undefined) {
  return { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) }
}
