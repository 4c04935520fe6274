import { randomBytes } from 'node:crypto'
import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Asker } from './check-answer.ts'
import { isoDay } from './city-time.ts'
import { countedSince, lockedUntil } from './limits.ts'
import type { Secrets } from './secrets.ts'
import type { CheckStore, Transaction } from './store.ts'
import type { LinkStore } from './store-link.ts'

/** How long a link to the private form is good, in minutes. */
export const linkMinutes = 15

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

/** What a token is worth. */
export type TokenState = 'open' | 'gone'

const tokenForm = /^[\w-]{43}$/

/** Makes the links to the private form: one open link a chat, good once. The token is told once and kept nowhere. */
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
    /** Looks at a token without using it up. */
    async peek(transaction: Transaction, token: string, now: Date): Promise<TokenState> {
      if (!tokenForm.test(token)) return 'gone'
      return (await links.isOpen(transaction, hashesOf(token), now)) ? 'open' : 'gone'
    },
    /** Uses a token up; of several at once only one gets it. */
    async consume(transaction: Transaction, token: string, now: Date): Promise<Asker | undefined> {
      if (!tokenForm.test(token)) return undefined
      const link = await links.use(transaction, hashesOf(token), now)
      return link === undefined ? undefined : { ...link, now }
    },
  }
}

export type CheckLinks = ReturnType<typeof createCheckLinks>
