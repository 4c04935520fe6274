/** What goes wrong, on demand. `after` the call was carried out, or `before`. */
export type Fault =
  | {
      readonly type: 'error'
      readonly code: number
      readonly description: string
      readonly retryAfter?: number
    }
  | { readonly type: 'hang'; readonly when: 'before' | 'after' }
  | { readonly type: 'cut'; readonly when: 'before' | 'after' }

/** Which calls a fault strikes: every call by default, and for as long as it is not lifted. */
export interface FaultTarget {
  readonly method?: string
  readonly chatId?: number
  /** How many calls; without it, all of them. */
  readonly times?: number
  /** How many matching calls go well first. */
  readonly after?: number
}

/** The faults in force. */
export interface Faults {
  /** Puts a fault in force and answers how to lift it. */
  add(target: FaultTarget, fault: Fault): () => void
  strike(method: string, chatId: number | undefined): Fault | undefined
}

/** Starts with no fault in force; the oldest that matches strikes. */
export function createFaults(): Faults {
  const inForce = new Set<{ target: FaultTarget; fault: Fault; left: number; spared: number }>()
  return {
    add(target, fault) {
      const entry = {
        target,
        fault,
        left: target.times ?? Number.POSITIVE_INFINITY,
        spared: target.after ?? 0,
      }
      inForce.add(entry)
      return () => inForce.delete(entry)
    },
    strike(method, chatId) {
      for (const entry of inForce) {
        const { target } = entry
        if (target.method !== undefined && target.method !== method) continue
        if (target.chatId !== undefined && target.chatId !== chatId) continue
        if (entry.spared > 0) {
          entry.spared -= 1
          continue
        }
        entry.left -= 1
        if (entry.left <= 0) inForce.delete(entry)
        return entry.fault
      }
      return undefined
    },
  }
}
