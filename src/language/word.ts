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

/** Reads one token as the words it stands for; undefined when it cannot. */
export type WordReader = (token: string) => readonly Word[] | undefined

/** A word recognised without any change. */
export function sureWord(surface: string, word: string, root: string): Word {
  return { surface, word, root, typo: 0, known: true }
}

/** A word of no list. */
export function unknownWord(surface: string): Word {
  return { surface, word: surface, root: surface, typo: 0, known: false }
}

/** The words that the concepts are made of. */
export interface IntentWords {
  /** Those that stand for a concept alone. */
  readonly conceptWords: ReadonlySet<string>
  /** The longer ones of phrases: known, though alone they may mean nothing. */
  readonly phraseWords: ReadonlySet<string>
}
