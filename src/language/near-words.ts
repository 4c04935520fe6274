import { derivedForms } from './affixes.ts'
import { consonants, editDistance, sound, typoDistance, typoLimit } from './distance.ts'
import type { WordTables } from './word-tables.ts'

/** The known word that a mistyped one is taken for, and the number of changes between them. */
export interface NearWord {
  readonly word: string
  readonly distance: number
}

const SHORTEST = 4
const LONGEST = 28

/** Builds the function that finds the known word nearest to an unknown one, by the rules of typing errors. */
export function createNearWords(
  tables: WordTables,
  conceptWords: ReadonlySet<string>,
): (token: string) => NearWord | undefined {
  const index = indexTargets(collectTargets(tables, conceptWords))
  return (token) => nearest(token, index)
}

/** Every word that a mistyped one may be taken for, those that matter most first. */
function collectTargets(tables: WordTables, conceptWords: ReadonlySet<string>): ReadonlySet<string> {
  const targets = new Set<string>()
  const add = (target: string) => {
    if (target.length >= SHORTEST) targets.add(target)
  }
  for (const word of conceptWords) add(word)
  for (const root of tables.roots) add(root)
  for (const form of tables.kupangMalay.keys()) add(form)
  for (const words of [...tables.kupangMalay.values(), ...tables.abbreviations.values()]) {
    for (const word of words) add(word)
  }
  for (const word of tables.realWords) add(word)
  for (const root of tables.roots) for (const form of derivedForms(root)) add(form)
  return targets
}

/** The targets by what the rules of typing errors compare, so that few words are measured letter by letter. */
interface TargetIndex {
  readonly byStart: ReadonlyMap<string, readonly string[]>
  readonly byConsonants: ReadonlyMap<string, readonly string[]>
  readonly bySound: ReadonlyMap<string, readonly string[]>
}

function indexTargets(words: ReadonlySet<string>): TargetIndex {
  return {
    byStart: Map.groupBy(words, startAndLength),
    byConsonants: Map.groupBy(words, consonants),
    bySound: Map.groupBy(words, sound),
  }
}

function startAndLength(word: string): string {
  return `${word[0] ?? ''}${word.length}`
}

function nearest(token: string, index: TargetIndex): NearWord | undefined {
  const limit = typoLimit(token.length)
  if (limit === 0 || token.length > LONGEST) return undefined
  let best: NearWord | undefined
  const consider = (target: string, distance: number | undefined) => {
    if (distance === undefined) return
    if (best === undefined || distance < best.distance) best = { word: target, distance }
  }
  const alike = [index.byConsonants.get(consonants(token)), index.bySound.get(sound(token))]
  for (const target of alike.flatMap((found) => found ?? [])) consider(target, typoDistance(token, target))
  for (let length = token.length - limit; length <= token.length + limit; length++) {
    for (const target of index.byStart.get(`${token[0] ?? ''}${length}`) ?? []) {
      const distance = editDistance(token, target, limit)
      if (distance <= limit) consider(target, distance)
    }
  }
  return best
}
