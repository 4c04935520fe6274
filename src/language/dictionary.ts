import { derivedForms, stripAffixes } from './affixes.ts'
import { type ClashWords, settleClash } from './clash.ts'
import { consonants, editDistance, sound, typoDistance, typoLimit } from './distance.ts'
import type { WordTables } from './word-tables.ts'

/**
 * A word as the bot understands it. `word` is the Indonesian word it stands for, `root` that without affixes; `typo` counts the
 * changes it took to recognise it; `known` is false for a word of no list.
 */
export interface Word {
  readonly surface: string
  readonly word: string
  readonly root: string
  readonly typo: number
  readonly known: boolean
}

/** Reads words: expands shorthand and Kupang Malay, strips affixes, splits glued words, forgives typing errors. */
export interface Dictionary {
  /** The words of a sentence, at most 80, in order. Particles that carry nothing are left out. */
  read(tokens: readonly string[]): readonly Word[]
  /** What one token stands for without looking at its neighbours or forgiving errors. */
  expand(token: string): readonly string[]
  /** Whether a token is a word of some list, and so never a mistyped one. */
  isReal(token: string): boolean
}

const MOST_TOKENS = 80
const LONGEST_GLUED = 28
const LEET: Readonly<Record<string, string>> = { '4': 'a', '1': 'i', '0': 'o', '3': 'e', '5': 's', '7': 't' }

/** Builds the dictionary from the tables and the words that the concepts of the intents are made of. */
export function createDictionary(tables: WordTables, conceptWords: ReadonlySet<string>): Dictionary {
  const targets = new Map<string, string>()
  const isWord = (token: string) =>
    conceptWords.has(token) || tables.roots.has(token) || tables.realWords.has(token)
  const isShort = (token: string) => tables.abbreviations.has(token) || tables.kupangMalay.has(token)
  collectTargets(targets, tables, conceptWords)
  const index = indexTargets(targets)
  const clashWords: ClashWords = { isVerb: (token) => tables.roots.has(rootOf(token) ?? '') }

  function rootOf(token: string): string | undefined {
    if (isWord(token)) return token
    return (
      stripAffixes(token, (candidate) => conceptWords.has(candidate) || tables.roots.has(candidate)) ??
      stripAffixes(token, (candidate) => tables.realWords.has(candidate))
    )
  }

  function expand(token: string): readonly string[] {
    return tables.abbreviations.get(token) ?? tables.kupangMalay.get(token) ?? [token]
  }

  function certain(token: string): readonly Word[] | undefined {
    if (/^\d/.test(token) && !/[a-z]/.test(token)) return [wordOf(token, token, token)]
    if (conceptWords.has(token)) return [wordOf(token, token, token)]
    if (isShort(token)) return expand(token).map((word) => wordOf(token, word, rootOf(word) ?? word))
    const root = rootOf(token)
    return root === undefined ? undefined : [wordOf(token, token, root)]
  }

  function guess(token: string): readonly Word[] {
    const plain = token.replace(/[431057]/g, (digit) => LEET[digit] ?? digit)
    if (plain !== token && !/\d/.test(plain)) {
      const read = certain(plain) ?? split(plain, certain)
      if (read !== undefined) return read
    }
    return (
      split(token, certain) ??
      near(plain) ??
      splitLoosely(plain, certain, near) ?? [
        { surface: token, word: token, root: token, typo: 0, known: false },
      ]
    )
  }

  function near(token: string): readonly Word[] | undefined {
    const found = nearest(token, index)
    if (found === undefined) return undefined
    const word = targets.get(found.target) ?? found.target
    const words = tables.kupangMalay.get(word) ?? tables.abbreviations.get(word) ?? [word]
    return words.map((one) => ({ ...wordOf(token, one, rootOf(one) ?? one), typo: found.distance }))
  }

  function readOne(tokens: readonly string[], position: number): readonly Word[] {
    const token = tokens[position] ?? ''
    const settled = settleClash(tokens, position, clashWords)
    if (settled !== undefined) return settled.map((word) => wordOf(token, word, rootOf(word) ?? word))
    return certain(token) ?? guess(token)
  }

  return {
    expand,
    isReal: (token) => isWord(token) || isShort(token) || rootOf(token) !== undefined,
    read: (all) => {
      const tokens = all.slice(0, MOST_TOKENS)
      const words: Word[] = []
      for (let position = 0; position < tokens.length; position++) {
        const pair = tables.pairs.get(`${tokens[position]} ${tokens[position + 1]}`)
        if (pair === undefined) words.push(...readOne(tokens, position))
        else words.push(...pair.map((word) => wordOf(word, word, rootOf(word) ?? word)))
        if (pair !== undefined) position += 1
      }
      return words
    },
  }
}

function wordOf(surface: string, word: string, root: string): Word {
  return { surface, word, root, typo: 0, known: true }
}

/** Every word that a mistyped one may be taken for, with the word it stands for. */
function collectTargets(
  targets: Map<string, string>,
  tables: WordTables,
  conceptWords: ReadonlySet<string>,
): void {
  const add = (target: string, word = target) => {
    if (target.length >= 4 && !targets.has(target)) targets.set(target, word)
  }
  for (const word of conceptWords) add(word)
  for (const root of tables.roots) add(root)
  for (const form of tables.kupangMalay.keys()) add(form)
  for (const words of [...tables.kupangMalay.values(), ...tables.abbreviations.values()]) {
    for (const word of words) add(word)
  }
  for (const word of tables.realWords) add(word)
  for (const root of tables.roots) for (const form of derivedForms(root)) add(form)
}

/** The targets by what the rules of typing errors compare, so that few words are measured letter by letter. */
interface TargetIndex {
  readonly byStart: ReadonlyMap<string, readonly string[]>
  readonly byConsonants: ReadonlyMap<string, readonly string[]>
  readonly bySound: ReadonlyMap<string, readonly string[]>
}

function indexTargets(targets: ReadonlyMap<string, string>): TargetIndex {
  const words = [...targets.keys()]
  return {
    byStart: Map.groupBy(words, startAndLength),
    byConsonants: Map.groupBy(words, consonants),
    bySound: Map.groupBy(words, sound),
  }
}

function startAndLength(word: string): string {
  return `${word[0] ?? ''}${word.length}`
}

function nearest(token: string, index: TargetIndex): { target: string; distance: number } | undefined {
  const limit = typoLimit(token.length)
  if (limit === 0 || token.length > LONGEST_GLUED) return undefined
  let best: { target: string; distance: number } | undefined
  const consider = (target: string, distance: number | undefined) => {
    if (distance !== undefined && (best === undefined || distance < best.distance))
      best = { target, distance }
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

type Reader = (token: string) => readonly Word[] | undefined

/** Splits words typed without the space between them ("cekbansos"), when every part is a sure word. */
function split(token: string, certain: Reader, parts = 3): readonly Word[] | undefined {
  if (token.length < 6 || token.length > LONGEST_GLUED) return undefined
  for (let at = token.length - 2; at >= 2; at--) {
    // Two short parts fit together by accident too easily.
    if (at < 4 && token.length - at < 4) continue
    const first = certain(token.slice(0, at))
    if (first === undefined) continue
    const tail = token.slice(at)
    const rest = certain(tail) ?? (parts > 2 ? split(tail, certain, parts - 1) : undefined)
    if (rest !== undefined) return [...first, ...rest]
  }
  return undefined
}

/** Splits what nothing else explains: two words of three letters, or a long sure word and a mistyped one. */
function splitLoosely(token: string, certain: Reader, near: Reader): readonly Word[] | undefined {
  if (token.length < 6 || token.length > LONGEST_GLUED) return undefined
  for (let at = token.length - 3; at >= 3; at--) {
    const [head, tail] = [token.slice(0, at), token.slice(at)]
    const [first, rest] = [certain(head), certain(tail)]
    if (first !== undefined && rest !== undefined) return [...first, ...rest]
    if (first !== undefined && head.length >= 5 && tail.length >= 4) {
      const mistyped = near(tail)
      if (mistyped !== undefined) return [...first, ...mistyped]
    }
    if (rest !== undefined && tail.length >= 5 && head.length >= 4) {
      const mistyped = near(head)
      if (mistyped !== undefined) return [...mistyped, ...rest]
    }
  }
  return undefined
}
