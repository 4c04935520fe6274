/** Who did something. */
export interface Actor {
  readonly type: 'resident' | 'staff' | 'system'
  /** A contact id, an officer's name, or a part of the program. */
  readonly id: string
}

/** One line of the trail. `subject` is a keyed hash or a row id, never an identifier in the clear. */
export interface AuditEntry {
  readonly at: Date
  readonly actor: Actor
  /** Such as `assistance.check`. */
  readonly action: string
  readonly subject?: string
  readonly outcome?: string
  readonly details?: Readonly<Record<string, string | number | boolean>>
}

/** The append-only record of who looked at or changed what, written in the same transaction as the deed. */
export interface AuditTrail<Transaction> {
  record(transaction: Transaction, entry: AuditEntry): Promise<void>
}
