import { z } from 'zod'
import type { Transaction } from '../../storage/database.ts'
import type { UnownedShop } from './invitation.ts'

/** An invitation that counts: not used, not over, to a shop that nobody has. */
export interface OpenInvitation {
  readonly id: number
  readonly shopId: number
  readonly shop: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
}

/** How many imported shops of a kelurahan have no owner, and how many of these have an invitation that counts. */
export interface UnownedCount {
  readonly kelurahan: string
  readonly shops: number
  readonly invited: number
}

/** Invitations in PostgreSQL. Of a code only the keyed hash is kept. */
export interface InvitationStore {
  /** False where another one has this code. */
  add(
    transaction: Transaction,
    invitation: {
      readonly shopId: number
      readonly codeHash: Uint8Array<ArrayBuffer>
      readonly by: string
      readonly at: Date
      readonly until: Date
    },
  ): Promise<boolean>
  /** Ends what a shop had before. */
  endOf(transaction: Transaction, shopIds: readonly number[], at: Date): Promise<void>
  /** By any of these hashes of one code. */
  byCode(
    transaction: Transaction,
    hashes: readonly Uint8Array<ArrayBuffer>[],
    now: Date,
  ): Promise<OpenInvitation | undefined>
  /** Locked; undefined when it counts no longer. */
  lock(transaction: Transaction, id: number, now: Date): Promise<OpenInvitation | undefined>
  use(transaction: Transaction, id: number, contactId: string, at: Date): Promise<void>
  /** How many wrong codes the contact wrote since. Counted in the trail. */
  wrong(transaction: Transaction, contactId: string, since: Date): Promise<number>
  unowned(
    transaction: Transaction,
    which: { readonly kelurahan?: string; readonly shopId?: number },
    page: { readonly offset: number; readonly limit: number },
    now: Date,
  ): Promise<readonly UnownedShop[]>
  counts(transaction: Transaction, now: Date): Promise<readonly UnownedCount[]>
  /** Gives the shop to whoever was invited: its number as the list had it, sealed. False where somebody has it. */
  giveShop(
    transaction: Transaction,
    shopId: number,
    owner: { readonly contactId: string; readonly chatId: bigint },
  ): Promise<{ readonly phone: Uint8Array | undefined } | undefined>
  consent(
    transaction: Transaction,
    consent: {
      readonly shopId: number
      readonly contactId: string
      readonly chatId: bigint
      readonly purpose: 'publish' | 'contact'
      readonly version: string
      readonly at: Date
    },
  ): Promise<void>
}

const countRows = z.array(z.object({ kelurahan: z.string(), shops: z.number(), invited: z.number() }))

const shopPart = { select: { name: true, kelurahan: true, contactId: true, state: true } } as const

/** Makes the store. */
export function createInvitationStore(): InvitationStore {
  return {
    ...createCodes(),
    ...createUnowned(),
    async giveShop(transaction, shopId, { contactId, chatId }) {
      const id = BigInt(shopId)
      const before = await transaction.shop.findUnique({ where: { id }, select: { phone: true } })
      const where = { id, contactId: null, state: 'active' }
      const { count } = await transaction.shop.updateMany({ where, data: { contactId, chatId } })
      return count === 0 ? undefined : { phone: before?.phone ?? undefined }
    },
    async consent(transaction, { shopId, contactId, chatId, purpose, version, at }) {
      await transaction.shopConsent.create({
        data: { shopId: BigInt(shopId), contactId, chatId, purpose, textVersion: version, startedAt: at },
        select: { id: true },
      })
    },
  }
}

function createCodes(): Pick<InvitationStore, 'add' | 'endOf' | 'byCode' | 'lock' | 'use' | 'wrong'> {
  const find = (transaction: Transaction, where: object, now: Date) => findOpen(transaction, where, now)
  return {
    async add(transaction, { shopId, codeHash, by, at, until }) {
      const data = { shopId: BigInt(shopId), codeHash, createdAt: at, createdBy: by, expiresAt: until }
      const { count } = await transaction.shopInvitation.createMany({ data: [data], skipDuplicates: true })
      return count > 0
    },
    async endOf(transaction, shopIds, at) {
      await transaction.shopInvitation.updateMany({
        where: { shopId: { in: shopIds.map(BigInt) }, usedAt: null, expiresAt: { gt: at } },
        data: { expiresAt: at },
      })
    },
    byCode: (transaction, hashes, now) => find(transaction, { codeHash: { in: [...hashes] } }, now),
    async lock(transaction, id, now) {
      await transaction.$queryRaw`SELECT 1 FROM shop_invitation WHERE id = ${BigInt(id)} FOR UPDATE`
      return find(transaction, { id: BigInt(id) }, now)
    },
    async use(transaction, id, usedById, usedAt) {
      const where = { id: BigInt(id) }
      await transaction.shopInvitation.update({ where, data: { usedAt, usedById }, select: { id: true } })
    },
    wrong: (transaction, actorId, since) =>
      transaction.auditEntry.count({
        where: { action: 'market.invitation_wrong', actorId, at: { gt: since } },
      }),
  }
}

/** No foreign key ties an invitation to its shop: the shop is read by its number. */
async function findOpen(
  transaction: Transaction,
  where: object,
  now: Date,
): Promise<OpenInvitation | undefined> {
  const row = await transaction.shopInvitation.findFirst({
    where: { ...where, usedAt: null, expiresAt: { gt: now }, shopId: { not: null } },
    select: { id: true, shopId: true },
  })
  if (row?.shopId == null) return undefined
  const shop = await transaction.shop.findUnique({ where: { id: row.shopId }, ...shopPart })
  if (shop === null || shop.contactId !== null || shop.state !== 'active') return undefined
  const { name, kelurahan } = shop
  return { id: Number(row.id), shopId: Number(row.shopId), shop: name, kelurahan }
}

function createUnowned(): Pick<InvitationStore, 'unowned' | 'counts'> {
  return {
    async unowned(transaction, { kelurahan, shopId }, { offset, limit }, now) {
      const rows = await transaction.shop.findMany({
        where: {
          ...{ contactId: null, state: 'active', source: { not: null } },
          ...(kelurahan !== undefined && { kelurahan }),
          ...(shopId !== undefined && { id: BigInt(shopId) }),
        },
        select: { id: true, name: true, kelurahan: true, source: true },
        orderBy: [{ kelurahan: 'asc' }, { name: 'asc' }, { id: 'asc' }],
        ...{ skip: offset, take: limit },
      })
      const until = await invitedUntil(
        transaction,
        rows.map(({ id }) => id),
        now,
      )
      return rows.map(({ id, source, ...shop }) => {
        return { ...shop, id: Number(id), source: source ?? '', invitedUntil: until.get(id) }
      })
    },
    async counts(transaction, now) {
      const rows = await transaction.$queryRaw`
        SELECT s.kelurahan, count(*)::int AS shops, count(*) FILTER (WHERE EXISTS (
          SELECT 1 FROM shop_invitation i WHERE i.shop_id = s.id AND i.used_at IS NULL AND i.expires_at > ${now}
        ))::int AS invited
        FROM shop s WHERE s.contact_id IS NULL AND s.state = 'active' AND s.source IS NOT NULL
        GROUP BY s.kelurahan ORDER BY s.kelurahan`
      return countRows.parse(rows)
    },
  }
}

async function invitedUntil(
  transaction: Transaction,
  ids: readonly bigint[],
  now: Date,
): Promise<ReadonlyMap<bigint, Date>> {
  const rows = await transaction.shopInvitation.findMany({
    where: { shopId: { in: [...ids] }, usedAt: null, expiresAt: { gt: now } },
    select: { shopId: true, expiresAt: true },
    orderBy: { id: 'asc' },
  })
  return new Map(
    rows.flatMap(({ shopId, expiresAt }) => (shopId === null ? [] : [[shopId, expiresAt] as const])),
  )
}
