import type { Product } from '../product.ts'

/** What is asked for goods of one category by the same unit: nine of ten ask at least `low`, and at most `high`. Whole rupiah. */
export interface PriceBand {
  readonly low: number
  readonly median: number
  readonly high: number
  /** How many products it is of. */
  readonly count: number
}

/** The band of each category and unit, under `bandKey`. */
export type PriceBands = ReadonlyMap<string, PriceBand>

/** Fewer tell nothing. */
const fewest = 5
const keptMs = 10 * 60_000

export function bandKey({ category, unit }: Pick<Product, 'category' | 'unit'>): string {
  return `${category} ${unit}`
}

/** Reads the bands, anew every ten minutes: what a thousand products cost does not change while an officer looks at one. */
export function createPriceBands(deps: {
  readonly read: () => Promise<PriceBands>
  readonly now: () => Date
}): (product: Pick<Product, 'category' | 'unit'>) => Promise<PriceBand | undefined> {
  let kept: { readonly bands: Promise<PriceBands>; readonly until: number } | undefined
  return async (product) => {
    const now = deps.now().getTime()
    if (kept === undefined || kept.until <= now) {
      const bands = deps.read()
      kept = { bands, until: now + keptMs }
      bands.catch(() => {
        kept = undefined
      })
    }
    const band = (await kept.bands).get(bandKey(product))
    return band !== undefined && band.count >= fewest ? band : undefined
  }
}

/** Whether a price is far from what others ask: under half of the low ones, or over twice the high ones. */
export function farFrom(price: number, band: PriceBand | undefined): 'low' | 'high' | undefined {
  if (band === undefined) return undefined
  if (price * 2 < band.low) return 'low'
  return price > band.high * 2 ? 'high' : undefined
}
