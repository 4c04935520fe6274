import { consonants, editDistance } from './distance.ts'
import type { IntentWords, Word } from './word.ts'
import { DENIALS, denialForms, type WordTables } from './word-tables.ts'

const SHORTEST = 4
const LONG = 5
const LONG_UNKNOWN = 6
const LONGEST = 28
const SHORTEST_SKELETON = 3
const SHORTEST_STUCK = 2
const SHORTEST_WITHIN = 3
const SPEAKERS = ['sy', 'saya', 'b', 'be', 'beta', 'katong', 'ktg', 'aku', 'kak', 'min', 'pak', 'bu']

/**
 * Builds the function that tells whether a word may be a mistyped denial, or one of some turning words mistyped. Only a word that
 * stands in no list as it was written can be.
 */
export function createDoubt(
  tables: WordTables,
  { conceptWords, phraseWords }: IntentWords,
): (word: Word, turning: ReadonlySet<string>) => boolean {
  const lists = [
    conceptWords,
    phraseWords,
    tables.roots,
    tables.realWords,
    tables.abbreviations,
    tables.kupangMalay,
  ]
  const denials = [...denialForms(tables)]
  return ({ surface, word, root, typo, known }, turning) => {
    // Read as a denial, it is not a lost one.
    if (DENIALS.has(word) || (turning.has(root) && typo === 0)) return false
    if (surface.length > LONGEST || /^\d/.test(surface) || lists.some((list) => list.has(surface)))
      return false
    // Two words glued and mistyped may hide anything.
    if (!known && surface.length >= LONG_UNKNOWN) return true
    if (!known && denials.some((form) => isStuck(surface, form))) return true
    // What was read as a word that means something is wrong in one letter, if at all.
    const limit = known && (typo === 0 || (typo === 1 && conceptWords.has(word))) ? 1 : 2
    const near = (form: string) => isNear(surface, form, limit)
    return denials.some(near) || [...turning].some(near)
  }
}

function isNear(token: string, form: string, limit: number): boolean {
  if (token.length < SHORTEST || form.length < SHORTEST) return false
  if (token.length < form.length && token[0] === form[0] && isWithoutVowels(token, form)) return true
  if (token[0] !== form[0] && token[0] !== form[1]) return false
  const most = form.length < LONG || token[0] !== form[0] ? 1 : limit
  return editDistance(token, form, most) <= most
}

/** "Btlkan" is as much "batalkan" as "betulkan". */
function isWithoutVowels(token: string, form: string): boolean {
  const skeleton = consonants(token)
  return skeleton.length >= SHORTEST_SKELETON && skeleton === consonants(form)
}

/** A denial without the space after it ("tdkjd"), or before it ("sygk", "stdk"). */
function isStuck(token: string, form: string): boolean {
  if (form.length >= SHORTEST_WITHIN) return token.includes(form)
  if (form.length >= SHORTEST_STUCK && token.startsWith(form)) return true
  return SPEAKERS.some((speaker) => token === `${speaker}${form}`)
}
