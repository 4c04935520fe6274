import { stripAffixes } from './affixes.ts'
import { settleClash } from './clash.ts'
import { createDoubt } from './doubt.ts'
import { createNearWords } from './near-words.ts'
import { remember } from './remember.ts'
import { splitLoosely, splitWords } from './split-words.ts'
import { type IntentWords, sureWord, unknownWord, type Word } from './word.ts'
import type { WordTables } from './word-tables.ts'

/** Reads words: expands shorthand and Kupang Malay, strips affixes, splits glued words, forgives typing errors. */
export interface Dictionary {
  /** The words of a sentence, at most 80, in order. Particles that carry nothing are left out. */
  read(tokens: readonly string[]): readonly Word[]
  /** Whether a word may be one of `turning`, or a denial, mistyped: it is of no list as it stands, and near to one. */
  mayBe(word: Word, turning: ReadonlySet<string>): boolean
  /** What one token stands for without looking at its neighbours or forgiving errors. */
  expand(token: string): readonly string[]
  /** Whether a token is a word of some list, and so never a mistyped one. */
  isReal(token: string): boolean
}

const MOST_TOKENS = 80
const LONG = 7
const REMEMBERED = 5_000
const NUMBER = /^\d[^a-z]*$/
// What people type for letters, "b4ns0s".
const LETTER_OF_DIGIT: Readonly<Record<string, string>> = {
  '4': 'a',
  '1': 'i',
  '0': 'o',
  '3': 'e',
  '5': 's',
  '7': 't',
}

/** Builds the dictionary from the tables and the words that the concepts of the intents are made of. */
export function createDictionary(tables: WordTables, words: IntentWords): Dictionary {
  const { conceptWords, phraseWords } = words
  const rootOf = remember(createRoots(tables, conceptWords, phraseWords), REMEMBERED)
  const nearest = remember(createNearWords(tables, conceptWords, phraseWords), REMEMBERED)
  const isShort = (token: string) => tables.abbreviations.has(token) || tables.kupangMalay.has(token)
  const expand = (token: string) =>
    tables.abbreviations.get(token) ?? tables.kupangMalay.get(token) ?? [token]
  const withRoot = (surface: string) => (word: string) => sureWord(surface, word, rootOf(word) ?? word)
  const isVerb = (token: string) => tables.roots.has(rootOf(token) ?? '')

  function certain(token: string): readonly Word[] | undefined {
    if (NUMBER.test(token) || conceptWords.has(token)) return [sureWord(token, token, token)]
    if (isShort(token)) return expand(token).map(withRoot(token))
    const root = rootOf(token)
    return root === undefined ? undefined : [sureWord(token, token, root)]
  }

  function near(token: string): readonly Word[] | undefined {
    const found = nearest(token)
    if (found === undefined) return undefined
    return expand(found.word).map((word) => ({ ...withRoot(token)(word), typo: found.distance }))
  }

  function guess(token: string): readonly Word[] {
    const plain = token.replace(/[431057]/g, (digit) => LETTER_OF_DIGIT[digit] ?? digit)
    const read = /\d/.test(plain) ? withoutNumber(token) : (certain(plain) ?? withH(plain) ?? split(plain))
    return (
      read ??
      near(plain) ??
      withoutNumber(token) ??
      splitLoosely(plain, certain, near) ?? [unknownWord(token)]
    )
  }

  /** "6padahal" is a number and a word. */
  function withoutNumber(token: string): readonly Word[] | undefined {
    const [, number = '', rest = ''] = /^(\d+)([a-z]{4,})$/.exec(token) ?? []
    const word = rest === '' ? undefined : certain(rest)
    return word === undefined ? undefined : [sureWord(number, number, number), ...word]
  }

  /** "Apus" and "ilang": speech drops the h that a word begins with. */
  function withH(token: string): readonly Word[] | undefined {
    if (token.length < 4 || !/^[aeiou]/.test(token)) return undefined
    const root = rootOf(`h${token}`)
    return root === undefined ? undefined : [sureWord(token, `h${token}`, root)]
  }

  /** "Keularga" is no "keular" and "ga", but one letter of a long word wrong. */
  function split(token: string): readonly Word[] | undefined {
    const parts = splitWords(token, certain)
    const shortest = Math.min(...(parts ?? []).map(({ surface }) => surface.length))
    if (parts === undefined || shortest > 3 || (shortest > 2 && token.length < LONG)) return parts
    const mistyped = near(token)
    return mistyped?.[0]?.typo === 1 ? mistyped : parts
  }

  function readAt(tokens: readonly string[], position: number): readonly Word[] {
    const token = tokens[position] ?? ''
    const settled = settleClash(tokens, position, { isVerb })
    return settled?.map(withRoot(token)) ?? certain(token) ?? guess(token)
  }

  return {
    expand,
    mayBe: createDoubt(tables, words),
    isReal: (token) => isShort(token) || rootOf(token) !== undefined,
    read: (all) => {
      const tokens = all.slice(0, MOST_TOKENS)
      const found: Word[] = []
      for (let position = 0; position < tokens.length; position++) {
        const pair = tables.pairs.get(`${tokens[position]} ${tokens[position + 1]}`)
        found.push(...(pair?.map((word) => withRoot(word)(word)) ?? readAt(tokens, position)))
        if (pair !== undefined) position += 1
      }
      return found
    },
  }
}

/** A word itself when some list has it, else the root that is left when its affixes are taken off. */
function createRoots(
  { roots, realWords }: WordTables,
  conceptWords: ReadonlySet<string>,
  phraseWords: ReadonlySet<string>,
): (token: string) => string | undefined {
  const isOwn = (word: string) => conceptWords.has(word) || roots.has(word)
  const isReal = (word: string) => realWords.has(word)
  return (token) => {
    if (isOwn(token) || isReal(token)) return token
    const root = stripAffixes(token, isOwn) ?? stripAffixes(token, isReal)
    return root ?? (phraseWords.has(token) ? token : undefined)
  }
}
