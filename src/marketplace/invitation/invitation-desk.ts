import type { Officer } from '../../staff/officer.ts'
import type { Transaction } from '../../storage/database.ts'
import {
  invitationDays,
  type MadeInvitation,
  mostInvitations,
  newInvitationCode,
  type UnownedShop,
} from './invitation.ts'
import { hashesOfCode, type InvitationDeps } from './invitation-deps.ts'
import type { UnownedCount } from './store-invitations.ts'

/** Whose shops are invited. Of a kelurahan those without an invitation that counts, at most `mostInvitations`. */
export type InvitationWish = { readonly shopId: number } | { readonly kelurahan: string }

/** What officers do with invitations. Making them is in the trail. */
export interface InvitationDesk {
  /** Imported shops that nobody has taken, by kelurahan. */
  counts(): Promise<readonly UnownedCount[]>
  /** Those of one kelurahan, by name. */
  unowned(
    kelurahan: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly UnownedShop[]>
  /** All of them. */
  list(page: { readonly offset: number; readonly limit: number }): Promise<readonly UnownedShop[]>
  /** Makes them; none where there is nobody to invite. What a shop had before counts no longer. */
  invite(wish: InvitationWish, by: Pick<Officer, 'id'>): Promise<readonly MadeInvitation[]>
}

const dayMs = 86_400_000

/** Makes it. */
export function createInvitationDesk(deps: InvitationDeps): InvitationDesk {
  const { store, invitations, now } = deps
  return {
    counts: () => store.transact((transaction) => invitations.counts(transaction, now())),
    unowned: (kelurahan, page) =>
      store.transact((transaction) => invitations.unowned(transaction, { kelurahan }, page, now())),
    list: (page) => store.transact((transaction) => invitations.unowned(transaction, {}, page, now())),
    invite: (wish, by) => store.transact((transaction) => inviteShops(deps, transaction, wish, by.id)),
  }
}

async function inviteShops(
  deps: InvitationDeps,
  transaction: Transaction,
  wish: InvitationWish,
  by: string,
): Promise<readonly MadeInvitation[]> {
  const { invitations, audit, now } = deps
  const at = now()
  const found = await findShops(deps, transaction, wish, at)
  if (found.length === 0) return []
  await invitations.endOf(
    transaction,
    found.map(({ id }) => id),
    at,
  )
  const made: MadeInvitation[] = []
  for (const shop of found) made.push(await inviteOne(deps, transaction, shop, by, at))
  await audit.record(transaction, {
    ...{ at, actor: { type: 'staff', id: by }, action: 'market.invite' },
    subject: 'shopId' in wish ? `shop:${wish.shopId}` : `kelurahan:${wish.kelurahan}`,
    details: { shops: made.length },
  })
  return made
}

async function findShops(
  { invitations }: InvitationDeps,
  transaction: Transaction,
  wish: InvitationWish,
  now: Date,
): Promise<readonly UnownedShop[]> {
  // Whoever has a letter already keeps it: a second print of the kelurahan is of those that are new.
  const pageSize = 1_000
  const found: UnownedShop[] = []
  for (let offset = 0; found.length < mostInvitations; offset += pageSize) {
    const page = await invitations.unowned(transaction, wish, { offset, limit: pageSize }, now)
    found.push(...page.filter(({ invitedUntil }) => 'shopId' in wish || invitedUntil === undefined))
    if (page.length < pageSize) break
  }
  return found.slice(0, mostInvitations)
}

async function inviteOne(
  { invitations, secrets, placeName }: InvitationDeps,
  transaction: Transaction,
  { id: shopId, name: shop, kelurahan }: UnownedShop,
  by: string,
  at: Date,
): Promise<MadeInvitation> {
  const until = new Date(at.getTime() + invitationDays * dayMs)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const code = newInvitationCode()
    const [codeHash] = hashesOfCode(secrets, code)
    if (codeHash === undefined) break
    if (await invitations.add(transaction, { shopId, codeHash, by, at, until })) {
      return { shopId, shop, kelurahan: placeName(kelurahan) ?? kelurahan, code, expiresAt: until }
    }
  }
  throw new Error('no code was free for an invitation')
}
