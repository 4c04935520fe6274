/** A message that the client sends, as faults see it. */
export interface SendAttempt {
  readonly id: string
  /** The LID and the phone-number JID of whom it goes to; only the JID as given for somebody unknown. */
  readonly to: readonly string[]
}

/** Which messages a fault strikes: every one by default, and for as long as it is not lifted. */
export interface SendTarget {
  readonly to?: { readonly pn: string; readonly lid: string }
  readonly id?: string
  /** How many messages; without it, all of them. */
  readonly times?: number
  /** How many matching messages go well first. */
  readonly after?: number
}

/** What happens to a message that the client sends. */
export type SendFault =
  /** The ack carries this error code; the message goes nowhere. */
  | { readonly type: 'refuse'; readonly code: number }
  /** No ack ever comes, whether the message arrives or is lost. */
  | { readonly type: 'no-ack'; readonly arrives: boolean }
  /** The ack, and what follows it, comes when `until` resolves. */
  | { readonly type: 'late-ack'; readonly until: () => Promise<void> }

/** The faults in force. */
export interface SendFaults {
  /** Puts a fault in force and answers how to lift it. */
  add(target: SendTarget, fault: SendFault): () => void
  strike(attempt: SendAttempt): SendFault | undefined
}

/** Starts with no fault in force; the oldest that matches strikes. */
export function createSendFaults(): SendFaults {
  const inForce = new Set<{ target: SendTarget; fault: SendFault; left: number; spared: number }>()
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
    strike(attempt) {
      for (const entry of inForce) {
        if (!matches(entry.target, attempt)) continue
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

function matches({ to, id }: SendTarget, attempt: SendAttempt): boolean {
  if (id !== undefined && id !== attempt.id) return false
  return to === undefined || attempt.to.some((jid) => jid === to.pn || jid === to.lid)
}
