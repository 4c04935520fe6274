import { type BinaryNode, jidNormalizedUser } from '@whiskeysockets/baileys'
import type { Changes } from '../bot-api/changes.ts'
import type { NoiseCertificates } from './certificates.ts'
import type { Companion } from './companion.ts'
import type { SendFaults } from './faults.ts'
import type { MediaHost } from './media-host.ts'
import type { Newsletter } from './newsletter.ts'
import type { NoiseConnection } from './noise-connection.ts'
import type { Addressing, Phone } from './phone.ts'
import type { Tally } from './tally.ts'

/** A client's connection and what it has got to so far. */
export interface ClientSession {
  readonly connection: NoiseConnection
  clientStatic: Buffer
  /** Once logged in. */
  account: Account | undefined
  /** Offered to a client that wants to be linked. */
  qrRefs: readonly string[]
  linkCode: LinkCode | undefined
  pairing: { readonly account: Account; readonly identity: Buffer } | undefined
}

/** A pairing code that a client waits for. */
export interface LinkCode {
  readonly jid: string
  readonly ref: Buffer
  readonly wrapped: Buffer
  account: Account | undefined
  shared: Buffer | undefined
}

/** A number that a client can be linked to: its owner's phone, and the client once it is linked. */
export interface Account {
  readonly phone: Phone
  companion: Companion | undefined
  lastDevice: number
  session: ClientSession | undefined
  /** By kind and id, what the client was sent or is to be sent and has not answered, oldest first. */
  readonly outstanding: Map<string, BinaryNode[]>
  firstSyncDue: boolean
  readonly restriction: Restriction
  logins: number
  readonly presence: string[]
}

/** What the server tells an account of the limits it is under. */
export interface Restriction {
  timelock: Readonly<Record<string, unknown>>
  capping: Readonly<Record<string, unknown>>
}

/** Everything the server knows: what clients and simulated phones read and change. */
export interface World {
  readonly changes: Changes
  readonly certificates: NoiseCertificates
  readonly media: MediaHost
  readonly tally: Tally
  readonly sendFaults: SendFaults
  readonly sessions: Set<ClientSession>
  readonly phones: Map<string, Phone>
  readonly accounts: Map<string, Account>
  readonly newsletters: Map<string, Newsletter>
  readonly addressing: Addressing
  readonly errors: Error[]
  /** Stanzas that the server does not know. */
  readonly unknown: BinaryNode[]
  /** Reads and answers nothing, with every connection open. */
  isSilent: boolean
  /** The `reason` with which every login is refused. */
  loginFailure: number | undefined
  now(): number
  /** Does something later, unless the server is closed before. */
  later(milliseconds: number, work: () => void): void
}

/** The phone with this JID, whatever device it names: a person's or an account owner's. */
export function findPhone(world: World, jid: string | undefined): Phone | undefined {
  return world.phones.get(jidNormalizedUser(jid))
}

/** The account with this JID. */
export function findAccount(world: World, jid: string | undefined): Account | undefined {
  return world.accounts.get(jidNormalizedUser(jid))
}

/** Gives a stanza to a client, unless the server is silent. */
export function transmit(world: World, session: ClientSession, node: BinaryNode): void {
  if (world.isSilent) return
  world.tally.add('out', node)
  session.connection.send(node)
}

/** Keeps an error for the test to see. */
export function noteError(world: World, error: unknown): void {
  world.errors.push(error instanceof Error ? error : new Error(String(error)))
  world.changes.notify()
}
