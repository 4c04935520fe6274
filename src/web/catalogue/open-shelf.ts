import type { Overview } from '../../marketplace/catalogue/listing.ts'
import type { CataloguePagesDeps, Shelf } from './catalogue-deps.ts'
import { createFirstLooks } from './first-looks.ts'
import { createKept, type Kept } from './kept.ts'
import { createKeptPages, type KeptPage } from './kept-pages.ts'

const usualPatienceMs = 3_000
/** A change may go unheard: it is seen after a minute all the same. */
const calmMs = 60_000
/** Each kind of what is not there, some of them by category. */
const mostProblems = 200

/** Makes what the routes share, and has all that is kept be told of changes. */
export function openShelf(deps: CataloguePagesDeps): Shelf {
  const { patienceMs = usualPatienceMs, onChange, elapsed } = deps
  const times = { patienceMs, calmMs: onChange && calmMs, elapsed }
  const told = <Value>(kept: Kept<Value>): Kept<Value> => {
    onChange?.(kept.changed)
    return kept
  }
  const keep = <Value>(most: number) => told(createKept<Value>({ ...times, most }))
  // Kept pages are made of it: it is never older than the last change that was heard.
  const overviews = told(
    createKept<Overview>({ patienceMs: 0, calmMs: times.calmMs ?? patienceMs, elapsed, most: 1 }),
  )
  return {
    ...deps,
    keep,
    kept: told(createKeptPages(times)),
    problems: keep<KeptPage>(mostProblems),
    looks: createFirstLooks(deps.now),
    overview: () => overviews.get('', deps.catalogue.overview),
  }
}
