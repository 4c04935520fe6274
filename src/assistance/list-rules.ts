import { nikProblem } from '../language/nik.ts'
import { isoDay } from './city-time.ts'
import type { RowRules } from './read-row.ts'
import { type RowProblem, rowProblems } from './row-problem.ts'

/** What the rows of a list are checked against, on the city's day at `now`. */
export function createListRules(findKelurahan: RowRules['findKelurahan'], now: Date): RowRules {
  return { today: isoDay(now), findKelurahan: remember(findKelurahan), readNik }
}

const plain = /^\d{16}$/

function readNik(text: string): { readonly nik: string } | { readonly problem: RowProblem } {
  const nik = plain.test(text) ? text : text.normalize('NFKC').replaceAll(/[\s.\-/\p{Cf}]/gu, '')
  const problem = nikProblem(nik)
  if (problem === undefined) return { nik }
  return { problem: rowProblems.find((known) => known === problem) ?? 'nik.unreadable' }
}

/** A list has few kelurahan and many rows: each way of writing one is looked up once. */
function remember(find: RowRules['findKelurahan']): RowRules['findKelurahan'] {
  const known = new Map<string, string | undefined>()
  return (place) => {
    const key = `${place.code}|${place.name}|${place.district}`
    if (known.has(key)) return known.get(key)
    const code = find(place)
    if (known.size < 10_000) known.set(key, code)
    return code
  }
}
