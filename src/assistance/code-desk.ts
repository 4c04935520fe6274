import type { AuditTrail } from '../staff/audit-trail.ts'
import type { Officer } from '../staff/officer.ts'
import type { Database, Transaction } from '../storage/database.ts'
import {
  createIssueClaimCode,
  createRevokeClaimCode,
  type Household,
  type IssueOutcome,
  issueAction,
} from './claim-code.ts'
import type { Secrets } from './secrets.ts'
import { createClaimCodeStore } from './store-claim-code.ts'
import { createListStore } from './store-list.ts'
import { countLookUps } from './store-look-up.ts'

/** A list in force that codes can be issued for. */
export interface CodeList {
  readonly kind: string
  /** As a resident reads it. */
  readonly title: string
}

/** What officers do with claim codes at the desk. Everything is in the trail, with the officer's id. */
export interface CodeDesk {
  /** Households that one officer may look up in an hour. */
  readonly hourlyLimit: number
  lists(): Promise<readonly CodeList[]>
  issue(kind: string, household: Household, by: Officer): Promise<IssueOutcome | { type: 'too_many' }>
  /** False when no valid code is this one. */
  revoke(code: string, by: Officer): Promise<boolean>
  /** Notes that the letter with the code of this id was made. */
  noteLetter(id: string, by: Officer): Promise<void>
}

const hour = 3_600_000

/** Makes it. The form must be no way of trying NIKs: each officer has a limit, also where nobody was found. */
export function createCodeDesk(deps: {
  readonly prisma: Database
  readonly audit: AuditTrail<Transaction>
  readonly secrets: Secrets
  readonly now: () => Date
  readonly hourlyLimit?: number
}): CodeDesk {
  const { prisma, audit, secrets, hourlyLimit = 60 } = deps
  const parts = { store: createClaimCodeStore(), audit, secrets }
  const issueCode = createIssueClaimCode(parts)
  const revokeCode = createRevokeClaimCode(parts)
  const actorOf = ({ id }: Officer) => ({ type: 'staff', id }) as const
  return {
    hourlyLimit,
    async lists() {
      const versions = await createListStore().versions(prisma)
      return versions.flatMap(({ kind, title, place }) => (place === 'active' ? [{ kind, title }] : []))
    },
    issue: (kind, household, officer) =>
      prisma.$transaction(async (transaction) => {
        const now = deps.now()
        const by = actorOf(officer)
        const count = await countLookUps(transaction, by.id, new Date(now.getTime() - hour))
        if (count < hourlyLimit) return issueCode(transaction, { kind, household, by, now })
        await audit.record(transaction, { at: now, actor: by, action: issueAction, outcome: 'too_many' })
        return { type: 'too_many' } as const
      }),
    revoke: (code, officer) =>
      prisma.$transaction((transaction) =>
        revokeCode(transaction, { code, by: actorOf(officer), now: deps.now() }),
      ),
    async noteLetter(id, officer) {
      const entry = { action: 'assistance.claim_code.letter', subject: id }
      await audit.record(prisma, { at: deps.now(), actor: actorOf(officer), ...entry })
    },
  }
}
