import { derivedForms } from './affixes.ts'
import { consonants, editDistance, letters, mayBeWithin, sound, typoDistance, typoLimit } from './distance.ts'
import { denialForms, type WordTables } from './word-tables.ts'

/** The known word that a mistyped one is taken for, and the number of changes between them. */
export interface NearWord {
  readonly word: string
  readonly distance: number
}

const SHORTEST = 4
const LONGEST = 28
const SOUND_ONLY = 0.5

/** Builds the function that finds the known word nearest to an unknown one, by the rules of typing errors. */
export function createNearWords(
  tables: WordTables,
  conceptWords: ReadonlySet<string>,
  phraseWords: ReadonlySet<string>,
): (token: string) => NearWord | undefined {
  const index = indexTargets(collectTargets(tables, conceptWords, phraseWords))
  return (token) => nearest(token, index)
}

/** A word that a mistyped one may be taken for. Of two as near, that of the lower rank is meant: it matters more. */
interface Target {
  readonly word: string
  readonly rank: number
  readonly letters: number
}

/** Every such word. Denials come first, since a lost "tidak" turns a sentence round. */
function collectTargets(
  tables: WordTables,
  conceptWords: ReadonlySet<string>,
  phraseWords: ReadonlySet<string>,
): readonly Target[] {
  const targets = new Map<string, Target>()
  let rank = 0
  const add = (word: string) => {
    if (word.length >= SHORTEST && !targets.has(word))
      targets.set(word, { word, rank, letters: letters(word) })
  }
  for (const form of denialForms(tables)) add(form)
  rank += 1
  for (const word of [...conceptWords, ...phraseWords]) add(word)
  for (const root of tables.roots) add(root)
  rank += 1
  for (const form of tables.kupangMalay.keys()) add(form)
  for (const words of [...tables.kupangMalay.values(), ...tables.abbreviations.values()]) {
    for (const word of words) add(word)
  }
  for (const word of tables.realWords) add(word)
  for (const root of tables.roots) for (const form of derivedForms(root)) add(form)
  return [...targets.values()]
}

/** The targets by what the rules of typing errors compare, so that few words are measured letter by letter. */
interface TargetIndex {
  readonly byStart: ReadonlyMap<string, readonly Target[]>
  readonly byConsonants: ReadonlyMap<string, readonly Target[]>
  readonly bySound: ReadonlyMap<string, readonly Target[]>
}

function indexTargets(targets: readonly Target[]): TargetIndex {
  return {
    byStart: Map.groupBy(targets, ({ word }) => startAndLength(word)),
    byConsonants: Map.groupBy(targets, ({ word }) => consonants(word)),
    bySound: Map.groupBy(targets, ({ word }) => sound(word)),
  }
}

function startAndLength(word: string): string {
  return `${word[0] ?? ''}${word.length}`
}

function nearest(token: string, index: TargetIndex): NearWord | undefined {
  const limit = typoLimit(token.length)
  if (limit === 0 || token.length > LONGEST) return undefined
  const own = letters(token)
  let best: (NearWord & Target & { readonly cost: number }) | undefined
  const consider = (target: Target, distance: number | undefined, cost = distance ?? 0) => {
    if (distance === undefined) return
    const nearer = best === undefined || cost < best.cost || (cost === best.cost && target.rank < best.rank)
    if (nearer) best = { ...target, distance, cost }
  }
  const alike = [index.byConsonants.get(consonants(token)), index.bySound.get(sound(token))]
  for (const target of alike.flatMap((found) => found ?? [])) {
    const distance = typoDistance(token, target.word)
    // One wrong letter is likelier than a word that only sounds the same.
    const onlySounds = distance === 1 && editDistance(token, target.word, 1) > 1
    consider(target, distance, onlySounds ? 1 + SOUND_ONLY : distance)
  }
  for (let length = token.length - limit; length <= token.length + limit; length++) {
    for (const target of index.byStart.get(`${token[0] ?? ''}${length}`) ?? []) {
      if (!mayBeWithin(own, target.letters, limit)) continue
      const distance = editDistance(token, target.word, limit)
      if (distance <= limit) consider(target, distance)
    }
  }
  return best
}
