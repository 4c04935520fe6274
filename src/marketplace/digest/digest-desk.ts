import type { Officer } from '../../staff/officer.ts'
import type { MarketDeps } from '../market-deps.ts'
import type { DigestPlaces } from './digest.ts'
import type { DigestStore, PlaceLine } from './store-digest.ts'

/** What officers see of the weekly digest. */
export interface DigestView {
  /** In the order in which they get their place. */
  readonly waiting: readonly PlaceLine[]
  /** How many more wait whose product is not shown now. */
  readonly resting: number
  /** The latest first. */
  readonly had: readonly PlaceLine[]
}

/** What officers do with the weekly digest. */
export interface DigestDesk {
  view(): Promise<DigestView>
  /** Makes this week's digest as a broadcast that waits for approval; undefined where there is one, or nothing to tell. */
  compose(by: Officer): Promise<number | undefined>
}

export interface DigestDeskDeps extends Pick<MarketDeps, 'audit' | 'now'> {
  readonly store: Pick<MarketDeps['store'], 'transact'>
  readonly digest: DigestStore
  readonly places: Pick<DigestPlaces, 'pickForDigest'>
  /** Makes the digest, as it is made on Mondays. */
  readonly compose: (now: Date) => Promise<number | undefined>
}

const mostWaiting = 200
const mostHad = 50

/** Makes it. */
export function createDigestDesk(deps: DigestDeskDeps): DigestDesk {
  const { store, digest, places, audit, now } = deps
  return {
    view: () =>
      store.transact(async (transaction) => {
        const picks = await places.pickForDigest(transaction, mostWaiting)
        const ids = picks.map(({ placeId }) => placeId)
        return {
          waiting: await digest.waiting(transaction, ids),
          resting: await digest.resting(transaction, ids),
          had: await digest.had(transaction, mostHad),
        }
      }),
    async compose({ id }) {
      const number = await deps.compose(now())
      if (number === undefined) return undefined
      const actor = { type: 'staff', id } as const
      const entry = { at: now(), actor, action: 'market.digest', subject: `broadcast:${number}` }
      await store.transact((transaction) => audit.record(transaction, entry))
      return number
    },
  }
}
