import type { AuditTrail } from '../staff/audit-trail.ts'
import type { CheckDeps } from './check.ts'
import type { Asker } from './check-answer.ts'
import { createCheckByCode } from './check-by-code.ts'
import { createCheckByDetails } from './check-by-details.ts'
import { createCheckByNik } from './check-by-nik.ts'
import { createCheckLinks } from './check-link.ts'
import { isoDay } from './city-time.ts'
import { countedSince, lockedUntil } from './limits.ts'
import type { Secrets } from './secrets.ts'
import { createCheckStore, type Transaction } from './store.ts'
import { createLinkStore } from './store-link.ts'

/** The status check, put together: what the actions and the private form are given. */
export function createStatusCheck(deps: {
  readonly audit: AuditTrail<Transaction>
  readonly secrets: Secrets
  readonly staleAfterDays: number
  readonly alarmChats?: number
}) {
  const store = createCheckStore()
  const checkDeps: CheckDeps = { ...deps, store }
  return {
    checkByCode: createCheckByCode(checkDeps),
    checkByNik: createCheckByNik(checkDeps),
    checkByDetails: createCheckByDetails(checkDeps),
    links: createCheckLinks({
      links: createLinkStore(),
      checks: store,
      audit: deps.audit,
      secrets: deps.secrets,
    }),
    /** Why a chat cannot check now: until when it is locked, or that no list is loaded. */
    async obstacle(transaction: Transaction, { chatId, now }: Asker) {
      const until = lockedUntil(await store.past(transaction, chatId, countedSince(now)), now)
      if (until !== undefined) return { until: isoDay(until) }
      return (await store.listsInForce(transaction)).length === 0 ? ('not_loaded' as const) : undefined
    },
  }
}

export type StatusCheck = ReturnType<typeof createStatusCheck>
