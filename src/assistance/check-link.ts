import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Asker } from './check-answer.ts'
import { isoDay } from './city-time.ts'
import { countedSince, lockedUntil } from './limits.ts'
import type { Secrets } from './secrets.ts'
import type { CheckStore, Transaction } from './store.ts'
import type { LinkStore } from './store-link.ts'

/** How long a link to the private form is good, in minutes. */
export const linkMinutes = 15
/** How many look-ups a link is good for: one wrong digit must not cost a new link. */
export const linkLookUps = 3
const sealedMinutes = 5

export interface LinkDeps {
  readonly links: LinkStore
  readonly checks: CheckStore
  readonly audit: AuditTrail<Transaction>
  readonly secrets: Secrets
}

export type LinkOutcome =
  | { readonly outcome: 'created'; readonly token: string }
  /** `until`: `yyyy-mm-dd`. */
  | { readonly outcome: 'locked'; readonly until: string }
  | { readonly outcome: 'not_loaded' }

/** One look-up that a link is good for, taken. */
export interface LookUpTaken {
  readonly asker: Asker
  /** The channel of the chat that asked for the link. */
  readonly channel: string
  /** How many more there are. */
  readonly left: number
  readonly isFirst: boolean
}

const tokenForm = /^[\w-]{43}$/
const sealedShape = z.object({ token: z.string(), until: z.number(), text: z.string() })

/**
 * Makes the links to the private form: one open link a chat, good until somebody is found and for three look-ups at most.
 * The token is told once and kept nowhere.
 */
export function createCheckLinks({ links, checks, audit, secrets }: LinkDeps) {
  const hashesOf = (token: string) => secrets.ids.map((id) => secrets.hash('token', token, id))
  return {
    async create(transaction: Transaction, { contactId, chatId, now }: Asker): Promise<LinkOutcome> {
      const lists = await checks.enter(transaction, chatId)
      const until = lockedUntil(await checks.past(transaction, chatId, countedSince(now)), now)
      if (until !== undefined) return { outcome: 'locked', until: isoDay(until) }
      if (lists === undefined || lists.length === 0) return { outcome: 'not_loaded' }
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + linkMinutes * 60_000)
      await links.closeOpen(transaction, chatId, now)
      await links.add(transaction, {
        tokenHash: secrets.hash('token', token),
        chatId,
        contactId,
        createdAt: now,
        expiresAt,
      })
      const actor = { type: 'resident', id: contactId } as const
      await audit.record(transaction, { at: now, actor, action: 'assistance.check_link', outcome: 'created' })
      return { outcome: 'created', token }
    },
    /** How many look-ups a token is still good for; 0 when it is not, or no longer. */
    async left(transaction: Transaction, token: string, now: Date): Promise<number> {
      if (!tokenForm.test(token)) return 0
      const taken = await links.taken(transaction, hashesOf(token), now)
      return taken === undefined ? 0 : Math.max(0, linkLookUps - taken)
    },
    /** Takes one look-up; several at once wait for each other. */
    async take(transaction: Transaction, token: string, now: Date): Promise<LookUpTaken | undefined> {
      if (!tokenForm.test(token)) return undefined
      const link = await links.take(transaction, hashesOf(token), linkLookUps, now)
      if (link === undefined) return undefined
      const { chatId, contactId, channel, taken } = link
      return { asker: { chatId, contactId, now }, channel, left: linkLookUps - taken, isFirst: taken === 1 }
    },
    /** Ends a look-up: `used` ends the link with it. As much work either way. */
    async finish(transaction: Transaction, token: string, used: boolean, now: Date): Promise<void> {
      await links.finish(transaction, hashesOf(token), used ? now : null)
    },
    /** Seals a text for the page of this token, for five minutes. */
    sealFor(token: string, text: string, now: Date): string {
      const until = now.getTime() + sealedMinutes * 60_000
      return Buffer.from(secrets.seal(JSON.stringify({ token, until, text }))).toString('base64url')
    },
    /** Opens it again; undefined when it is another token's, too old, or not sealed here. */
    openFor(token: string, sealed: string, now: Date): string | undefined {
      try {
        const opened = sealedShape.parse(JSON.parse(secrets.open(Buffer.from(sealed, 'base64url'))))
        return opened.token === token && opened.until > now.getTime() ? opened.text : undefined
      } catch {
        return undefined
      }
    },
  }
}

export type CheckLinks = ReturnType<typeof createCheckLinks>
