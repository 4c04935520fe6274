import { consonants, editDistance, sound } from '../../language/distance.ts'

/** A word that products are found by, and how far a mistyped one is from it: 1 is a letter. */
export interface Likely {
  readonly word: string
  readonly cost: number
}

// What is left out is left out of the beginning, where longer words differ enough.
const BEGINNING = 7
const LONG = 7
const OTHER_START = 0.5
const SHORTHAND = 1.5
const SAME_SOUND = 0.75
/** Words that are this much further than the nearest are not meant. */
const AS_GOOD = 0.3
const MOST = 6

/** How many letters may be wrong in a word of this length. */
function limitOf(length: number): number {
  if (length < 4) return length === 3 ? 1 : 0
  return length < LONG ? 1 : 2
}

/**
 * The word with letters taken out of its beginning, itself among them: a mistyped word and the one that is meant have one of these in
 * common, whatever letter is wrong.
 */
export function shortenedForms(word: string): readonly string[] {
  let forms = new Set([word.slice(0, BEGINNING)])
  const all = new Set(forms)
  for (let left = word.length < LONG ? 1 : 2; left > 0; left--) {
    forms = new Set([...forms].flatMap(withoutOne))
    for (const form of forms) all.add(form)
  }
  return [...all].filter((form) => form.length > 1)
}

function withoutOne(word: string): readonly string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1))
}

/** What shorthand leaves of a word; empty where it leaves too little to tell. */
export function skeletonOf(word: string): string {
  const skeleton = consonants(word)
  return skeleton.length < 2 ? '' : skeleton
}

/** Those of the words that a mistyped one is nearest to. */
export function likelyWords(typed: string, words: readonly string[]): readonly Likely[] {
  const found = words
    .map((word): Likely => ({ word, cost: costOf(typed, word) }))
    .filter(({ cost }) => cost < Number.POSITIVE_INFINITY)
    .sort((one, other) => one.cost - other.cost || (one.word < other.word ? -1 : 1))
  const least = found[0]?.cost ?? 0
  return found.filter(({ cost }) => cost <= least + AS_GOOD).slice(0, MOST)
}

function costOf(typed: string, word: string): number {
  const limit = limitOf(typed.length)
  if (limit === 0 || word.length < 3) return Number.POSITIVE_INFINITY
  const sameStart = typed[0] === word[0]
  const distance = editDistance(typed, word, limit)
  const edits =
    distance <= limit && (typed.length > 3 || isSafe(typed, word))
      ? distance + (sameStart ? 0 : OTHER_START)
      : undefined
  const spoken = sameStart && typed.length > 3 && sound(typed) === sound(word) ? SAME_SOUND : undefined
  const short = sameStart && isShorthand(typed, word) ? SHORTHAND : undefined
  return Math.min(...[edits, spoken, short].map((cost) => cost ?? Number.POSITIVE_INFINITY))
}

/** Of three letters all must be there: "sie" for "sei", "bbi" for "babi". */
function isSafe(typed: string, word: string): boolean {
  return typed.length < word.length
    ? typed[0] === word[0] && isWithin(typed, word)
    : [...typed].sort().join('') === [...word].sort().join('')
}

/** "Krpk" for "keripik": the consonants, and perhaps some of the vowels. */
function isShorthand(typed: string, word: string): boolean {
  const skeleton = skeletonOf(typed)
  if (skeleton === '' || word.length <= typed.length || skeleton !== skeletonOf(word)) return false
  return isWithin(typed, word)
}

function isWithin(typed: string, word: string): boolean {
  let index = 0
  for (const letter of word) if (typed[index] === letter) index += 1
  return index === typed.length
}
