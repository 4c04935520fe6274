import type { Transaction } from '../storage/database.ts'
import { isoDate } from './answer.ts'

/** One version of a list, for an officer. */
export interface ListVersion {
  readonly id: string
  readonly kind: string
  readonly title: string
  /** `yyyy-mm-dd` */
  readonly asOf: string
  readonly state: string
  readonly importedAt: Date
  readonly importedBy: string
  readonly accepted: number
  readonly quarantined: number
  readonly demo: boolean
  /** Whether it is in force, or the one to go back to. */
  readonly place: 'active' | 'previous' | undefined
}

/** What became of the way back. */
export type SwitchBackOutcome =
  | { readonly type: 'switched'; readonly listId: string; readonly title: string; readonly asOf: string }
  /** There is no such list, or it has no version before the one in force. */
  | { readonly type: 'no_list' | 'no_previous' }
  /** The version before is synthetic, and the one in force is not. */
  | { readonly type: 'demo_before' }

/** The lists' part of the database. */
export interface ListStore {
  /** All versions, the newest first. */
  versions(transaction: Transaction): Promise<readonly ListVersion[]>
  /** Lets the version in force and the one before change places. */
  swap(transaction: Transaction, kind: string, by: string, at: Date): Promise<SwitchBackOutcome>
}

/** The lists in PostgreSQL. */
export function createListStore(): ListStore {
  return {
    async versions(transaction) {
      const lists = await transaction.assistanceList.findMany({
        orderBy: { importedAt: 'desc' },
        include: { activeFor: { select: { kind: true } }, previousFor: { select: { kind: true } } },
      })
      return lists.map(({ asOf, activeFor, previousFor, ...list }) => ({
        ...list,
        asOf: isoDate(asOf),
        place: activeFor !== null ? 'active' : previousFor.length > 0 ? 'previous' : undefined,
      }))
    },
    async swap(transaction, kind, by, at) {
      await transaction.$queryRaw`SELECT 1 FROM active_list WHERE kind = ${kind} FOR UPDATE`
      const active = await transaction.activeList.findUnique({
        where: { kind },
        include: { previous: true, list: { select: { demo: true } } },
      })
      if (active === null) return { type: 'no_list' }
      if (active.previous === null) return { type: 'no_previous' }
      if (active.previous.demo && !active.list.demo) return { type: 'demo_before' }
      const { id, title, asOf } = active.previous
      const data = { listId: id, previousId: active.listId, switchedAt: at, switchedBy: by }
      await transaction.activeList.update({ where: { kind }, data })
      return { type: 'switched', listId: id, title, asOf: isoDate(asOf) }
    },
  }
}
