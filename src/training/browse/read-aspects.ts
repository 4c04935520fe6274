import { type Aspect, aspects, type BrowseWords } from './browse-words.ts'
import { isWord, type SaidWord } from './read-words.ts'

/** Words in a row that ask about something. */
interface Asked {
  readonly aspect: Aspect
  readonly at: number
  readonly length: number
}

/**
 * What a sentence asks about a course by the phrases that count, in its order, and takes the words. Of phrases that share a word the longest counts: "daftar
 * di mana" does not ask where the course is.
 */
export function readAspects(
  words: readonly SaidWord[],
  phrases: BrowseWords['aspects'],
  counts: (phrase: readonly string[]) => boolean = () => true,
): readonly Aspect[] {
  const open = words.filter(({ taken }) => !taken)
  const all = aspects.flatMap((aspect) =>
    phrases[aspect]
      .filter(counts)
      .flatMap((phrase) => placesOf(open, phrase).map((at) => ({ aspect, at, length: phrase.length }))),
  )
  const chosen: Asked[] = []
  for (const asked of all.toSorted((one, other) => other.length - one.length || one.at - other.at)) {
    const part = open.slice(asked.at, asked.at + asked.length)
    if (part.some(({ taken }) => taken)) continue
    for (const word of part) word.taken = true
    chosen.push(asked)
  }
  return [...new Set(chosen.toSorted((one, other) => one.at - other.at).map(({ aspect }) => aspect))]
}

function placesOf(words: readonly SaidWord[], phrase: readonly string[]): readonly number[] {
  return words.flatMap((_, at) => {
    const fits = phrase.every((token, step) => {
      const word = words[at + step]
      return word !== undefined && isWord(word, token)
    })
    return fits ? [at] : []
  })
}
