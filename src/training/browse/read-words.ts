import { typoDistance } from '../../language/distance.ts'
import type { Language } from '../../language/language.ts'
import type { Word } from '../../language/word.ts'

/** A word of a sentence; `taken` once something was read out of it. */
export interface SaidWord extends Pick<Word, 'surface' | 'word' | 'root'> {
  taken: boolean
}

const MOST_WORDS = 80

/**
 * Reads the words of a sentence, those of `vocabulary` ahead of all others: a course may be called by a word that the language has
 * never heard of, or takes for a mistyped one.
 */
export function readWords(
  { normalise, words }: Pick<Language, 'normalise' | 'words'>,
  sentence: string,
  vocabulary: ReadonlySet<string>,
): SaidWord[] {
  const said: SaidWord[] = []
  let others: string[] = []
  const flush = () => {
    if (others.length > 0) said.push(...words(others.join(' ')).map(unread))
    others = []
  }
  for (const token of normalise(sentence).tokens.slice(0, MOST_WORDS)) {
    const own = vocabulary.has(token) ? token : mistyped(token, vocabulary, words)
    if (own === undefined) {
      others.push(token)
      continue
    }
    flush()
    const [known] = words(own)
    said.push(unread({ surface: token, word: own, root: known?.surface === own ? known.root : own }))
  }
  flush()
  return said
}

function unread({ surface, word, root }: Pick<Word, 'surface' | 'word' | 'root'>): SaidWord {
  return { surface, word, root, taken: false }
}

/** The word of the vocabulary that a token is, mistyped: nearer than any that the language knows. */
function mistyped(
  token: string,
  vocabulary: ReadonlySet<string>,
  words: Language['words'],
): string | undefined {
  const [only, ...others] = words(token)
  const isOneWord = only !== undefined && others.length === 0 && only.known
  const limit = isOneWord ? only.typo : Number.POSITIVE_INFINITY
  // What the language knows as it stands is what it is, also where it is short for several words.
  if (limit === 0 || (others.length > 0 && only?.surface === token)) return undefined
  let best: string | undefined
  let nearest = limit
  for (const word of vocabulary) {
    const distance = typoDistance(token, word)
    if (distance === undefined || distance > nearest || (distance === nearest && best !== undefined)) continue
    best = word
    nearest = distance
  }
  return best
}

/** Whether a word of a sentence is one of a list, as it was typed, as it is understood, or without its affixes. */
export function isOneOf({ surface, word, root }: SaidWord, list: ReadonlySet<string>): boolean {
  return list.has(surface) || list.has(word) || list.has(root)
}

/** Whether a word of a sentence is this one. */
export function isWord({ surface, word, root }: SaidWord, token: string): boolean {
  return surface === token || word === token || root === token
}
