import type { Database, Transaction } from '../../storage/database.ts'
import type { Keyring } from '../../storage/keyring.ts'
import { transact } from '../../storage/transact.ts'
import type { ShopCounts } from './import-outcome.ts'
import type { ShopRow } from './read-shop-row.ts'

/** Shops of imported lists, in PostgreSQL: they have no owner, no consent and no product, so that nobody sees them. */
export interface ImportedShopStore {
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Writes these shops in one transaction, each once; a dry run only tells what that would do. */
  take(source: string, shops: readonly ShopRow[], now: Date, dryRun: boolean): Promise<ShopCounts>
}

/** Makes the store. */
export function createImportedShopStore(
  prisma: Database,
  keyring: Pick<Keyring, 'seal' | 'open'>,
): ImportedShopStore {
  return {
    transact: (work) => transact(prisma, work),
    take: (source, shops, now, dryRun) =>
      transact(prisma, async (transaction) => {
        const known = await knownOf(transaction, source, shops)
        const sorted: Sorted = { added: [], changed: [], unchanged: [], owned: [] }
        for (const shop of shops) sortOne(sorted, shop, known, keyring)
        const { added, changed, unchanged, owned } = sorted
        if (!dryRun) {
          await addShops(transaction, keyring, source, added, now)
          for (const one of changed) await changeShop(transaction, keyring, one, now)
        }
        return {
          added: added.length,
          changed: changed.length,
          unchanged: unchanged.length,
          owned: owned.length,
        }
      }),
  }
}

type Known = Awaited<ReturnType<typeof rowsOf>>[number]
interface Pair {
  readonly shop: ShopRow
  readonly row: Known
}
interface Sorted {
  readonly added: ShopRow[]
  readonly changed: Pair[]
  readonly unchanged: Pair[]
  readonly owned: Pair[]
}

function rowsOf(transaction: Transaction, source: string, keys: readonly string[]) {
  return transaction.shop.findMany({
    where: { source, sourceKey: { in: [...keys] } },
    select: {
      ...{ id: true, sourceKey: true, contactId: true, name: true, description: true, kelurahan: true },
      ...{ phone: true, state: true },
      papers: { where: { kind: 'nib', productId: null }, select: { number: true } },
    },
  })
}

async function knownOf(
  transaction: Transaction,
  source: string,
  shops: readonly ShopRow[],
): Promise<ReadonlyMap<string, Known>> {
  const rows = await rowsOf(
    transaction,
    source,
    shops.flatMap(({ keys }) => keys),
  )
  return new Map(rows.map((row) => [row.sourceKey ?? '', row]))
}

function sortOne(
  sorted: Sorted,
  shop: ShopRow,
  known: ReadonlyMap<string, Known>,
  keyring: Pick<Keyring, 'open'>,
): void {
  const row = shop.keys.map((key) => known.get(key)).find((found) => found !== undefined)
  if (row === undefined) sorted.added.push(shop)
  else if (row.contactId !== null || row.state === 'closed') sorted.owned.push({ shop, row })
  else if (isSame(shop, row, keyring)) sorted.unchanged.push({ shop, row })
  else sorted.changed.push({ shop, row })
}

/** What a list leaves out it does not take away. */
function isSame(shop: ShopRow, row: Known, keyring: Pick<Keyring, 'open'>): boolean {
  const phone = row.phone === null ? undefined : keyring.open(row.phone)
  return (
    shop.name === row.name &&
    shop.description === row.description &&
    shop.kelurahan === row.kelurahan &&
    (shop.phone === undefined || shop.phone === phone) &&
    (shop.nib === undefined || row.papers.some(({ number }) => number === shop.nib))
  )
}

async function addShops(
  transaction: Transaction,
  keyring: Pick<Keyring, 'seal'>,
  source: string,
  shops: readonly ShopRow[],
  now: Date,
): Promise<void> {
  if (shops.length === 0) return
  const made = await transaction.shop.createManyAndReturn({
    data: shops.map(({ keys: [sourceKey = ''], name, description, kelurahan, phone }) => ({
      ...{ source, sourceKey, name, description, kelurahan, createdAt: now },
      ...{ handover: [], payments: [], phone: phone === undefined ? null : keyring.seal(phone) },
    })),
    select: { id: true, sourceKey: true },
    // Another import of the same list may run at the same time.
    skipDuplicates: true,
  })
  const ids = new Map(made.map(({ id, sourceKey }) => [sourceKey, id]))
  await transaction.shopPaper.createMany({
    data: shops.flatMap(({ keys: [key = ''], nib }) => {
      const shopId = ids.get(key)
      return nib === undefined || shopId === undefined ? [] : [nibOf(shopId, nib, now)]
    }),
  })
}

async function changeShop(
  transaction: Transaction,
  keyring: Pick<Keyring, 'seal'>,
  { shop, row }: Pair,
  now: Date,
): Promise<void> {
  const { name, description, kelurahan, phone, nib, keys } = shop
  const { count } = await transaction.shop.updateMany({
    // It may have got an owner since it was read.
    where: { id: row.id, contactId: null },
    data: {
      ...{ name, description, kelurahan },
      ...(keys[0] !== undefined && { sourceKey: keys[0] }),
      ...(phone !== undefined && { phone: keyring.seal(phone) }),
    },
  })
  if (count === 0 || nib === undefined || row.papers.some(({ number }) => number === nib)) return
  await transaction.shopPaper.deleteMany({ where: { shopId: row.id, kind: 'nib', state: 'claimed' } })
  await transaction.shopPaper.create({ data: nibOf(row.id, nib, now), select: { id: true } })
}

/** A number from a list is a claim like any other, until staff look at it. */
function nibOf(shopId: bigint, number: string, createdAt: Date) {
  return { shopId, kind: 'nib', number, state: 'claimed', createdAt }
}
