/** What a WhatsApp account is doing. */
export type AccountState =
  /** No phone has linked it, or the link was undone. */
  | 'unlinked'
  | 'connecting'
  | 'open'
  /** The connection broke: another try is due. */
  | 'waiting'
  /** It needs a person: see the reason. */
  | 'stopped'

/** Where an account stands, for whoever looks after it. */
export interface AccountStatus {
  readonly account: string
  readonly state: AccountState
  /** Why it waits or stopped, such as `replaced` or `logged_out`. */
  readonly reason: string | undefined
  readonly stateAt: Date
  readonly linkedAt: Date | undefined
  readonly lastInboundAt: Date | undefined
  /** Until then WhatsApp forbids the account to write first. */
  readonly restrictedUntil: Date | undefined
}

/** One value of the Signal protocol; null deletes it. Ids may hold phone numbers: they are kept hashed. */
export interface SignalEntry {
  readonly type: string
  readonly id: string
  readonly value: string | null
}

/** Where a message that came in waits until its file is fetched and the messages before it are handed over. */
export interface JournalEntry {
  readonly id: bigint
  readonly body: Uint8Array
  readonly attempts: number
}

/** What a WhatsApp account keeps, sealed. Every write resolves once it is durable, and is written whole or not at all. */
export interface WhatsAppStore {
  /** The account's own secrets as JSON; undefined: never linked. Rejects with UnreadableAccountError. */
  readCreds(): Promise<string | undefined>
  writeCreds(json: string): Promise<void>
  /** Values by id, without those that are not there. Rejects with UnreadableAccountError. */
  readKeys(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** All entries of any types in one transaction. */
  writeKeys(entries: readonly SignalEntry[]): Promise<void>
  /** Sets secrets and keys aside, so that the account can be linked anew; the last set aside is kept. */
  archive(): Promise<void>

  status(): Promise<AccountStatus>
  report(
    change: Partial<Pick<AccountStatus, 'state' | 'reason' | 'lastInboundAt' | 'restrictedUntil'>>,
  ): Promise<void>

  /**
   * The one name under which a person is known: the first that they were seen by. `other` is the person's other name, where
   * the platform told it. Two persons that turn out to be one are joined. A person has one LID, and numbers are sold again: a
   * number that comes with the LID of another person is theirs from then on, and its former owner keeps LID and name.
   */
  nameOf(jid: string, other?: string): Promise<string>
  /**
   * The id by which the person is reached whose name is a number: their LID, or the number where no LID is known. Undefined:
   * nobody knows how, for the number is somebody else's now.
   */
  targetOf(name: string): Promise<string | undefined>
  /**
   * Notes the LID that the number leads to by which a person is named. False, and nothing is noted: it leads to somebody else,
   * who must not get what is for that person.
   */
  noteTarget(name: string, lid: string): Promise<boolean>

  /** Keeps a message that came in until it is handed over. */
  noteArrival(body: Uint8Array): Promise<bigint>
  arrivals(): Promise<readonly JournalEntry[]>
  countAttempt(id: bigint): Promise<void>
  dropArrival(id: bigint): Promise<void>

  /** Keeps a message as it was sent, for a phone that asks for it again. */
  keepSent(id: string, body: Uint8Array): Promise<void>
  sent(id: string): Promise<Uint8Array | undefined>
}

/** What an account keeps cannot be read: a damaged row, or a key that is gone. */
export class UnreadableAccountError extends Error {
  override readonly name = 'UnreadableAccountError'

  constructor(account: string, options: { cause?: unknown } = {}) {
    super(
      `what the WhatsApp account ${account} keeps cannot be read: link it again with \`lopo whatsapp link\``,
      options,
    )
  }
}
