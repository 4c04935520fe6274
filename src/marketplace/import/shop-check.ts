import type { TableRow } from '../../tables/table.ts'
import { createShopRowReader, type ShopRow, type ShopRowRules } from './read-shop-row.ts'
import type { RowCounts, RowFinding } from './row-findings.ts'
import type { ShopLayout } from './shop-columns.ts'

/** The check of the rows of one file. */
export interface ShopCheck {
  /** The columns that `check` wants, in that order. */
  readonly columns: readonly number[]
  /** Parts the rows that can be taken from the others. Of two rows with one key the first counts. */
  check(rows: readonly TableRow[]): {
    readonly shops: readonly ShopRow[]
    readonly findings: readonly RowFinding[]
  }
  counts(): RowCounts
}

/** Makes the check for one file. */
export function createShopCheck(layout: ShopLayout, rules: ShopRowRules): ShopCheck {
  const reader = createShopRowReader(layout, rules)
  const seen = new Set<string>()
  const reasons = new Map<string, number>()
  const notes = new Map<string, number>()
  let accepted = 0
  let quarantined = 0
  const keyHeading = layout.headings[layout.columns.key ?? layout.columns.name ?? -1] ?? ''
  const readRow = (row: TableRow): { readonly shop?: ShopRow; readonly findings: readonly RowFinding[] } => {
    const reading = reader.read(row)
    const setAside = (finding: Omit<RowFinding, 'row'>) => {
      add(reasons, finding.what)
      quarantined++
      return { findings: [{ row: row.number, ...finding }] }
    }
    if (reading.type === 'problem') return setAside(reading.finding)
    const { shop } = reading
    const [key = ''] = shop.keys
    if (seen.has(key)) return setAside({ column: keyHeading, what: 'key.twice', value: shop.name })
    seen.add(key)
    accepted++
    for (const { what } of reading.notes) add(notes, what)
    return { shop, findings: reading.notes.map((note) => ({ row: row.number, ...note })) }
  }
  return {
    columns: reader.columns,
    check(rows) {
      const read = rows.map(readRow)
      return {
        shops: read.flatMap(({ shop }) => (shop === undefined ? [] : [shop])),
        findings: read.flatMap(({ findings }) => findings),
      }
    },
    counts: () => ({
      rows: accepted + quarantined,
      ...{ accepted, quarantined },
      reasons: sorted(reasons),
      notes: sorted(notes),
    }),
  }
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one))
}
