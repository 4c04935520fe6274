import { fill } from '../../../language/fill-text.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import type { DeskSection } from '../desk-layout.ts'
import { shortMoment } from '../desk-time.ts'
import type { Tile } from '../home-page.ts'
import type { MarketPagesDeps } from './market-pages-deps.ts'

/** The marketplace's entry in the desk's navigation. */
export function marketSection({ section }: MarketPagesDeps['texts']): DeskSection {
  return { name: 'market', label: section, path: '/umkm', permission: 'marketplace' }
}

/** So long an owner should wait at most. */
const lateMs = 2 * 86_400_000

/** What the desk's first page tells of the marketplace: what waits for a decision. */
export async function marketTiles(
  { desk, texts, now }: Pick<MarketPagesDeps, 'desk' | 'texts' | 'now'>,
  officer: Officer,
): Promise<readonly Tile[]> {
  if (!may(officer, 'marketplace')) return []
  const { oldest, ...counts } = await desk.counts(officer)
  const { tiles } = texts
  const all: readonly (Tile & { readonly count: number })[] = [
    {
      ...{ label: tiles.waiting, count: counts.waiting, path: '/umkm' },
      ...(oldest === undefined
        ? {}
        : {
            hint: fill(tiles.waiting_since, { time: shortMoment(oldest) }),
            urgent: now().getTime() - oldest.getTime() > lateMs,
          }),
    },
    { label: tiles.appeals, count: counts.appeals, path: '/umkm/banding' },
    { label: tiles.reports, count: counts.reports, path: '/umkm/laporan' },
    { label: tiles.papers, count: counts.papers, path: '/umkm/surat' },
  ]
  return all.filter(({ count }) => count > 0)
}
