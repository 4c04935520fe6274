import { editDistance } from './distance.ts'
import type { IntentWords } from './intents.ts'
import type { Word } from './word.ts'
import { DENIALS, denialForms, type WordTables } from './word-tables.ts'

const SHORTEST = 4
const LONGEST = 28
const SHORTEST_STUCK = 2
const SPEAKERS = ['', 'sy', 'saya', 'b', 'be', 'beta', 'katong', 'ktg', 'aku']

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
    if (DENIALS.has(word)) return false
    if (surface.length > LONGEST || /^\d/.test(surface) || lists.some((list) => list.has(surface)))
      return false
    if (turning.has(root) && typo === 0) return false
    if (!known && denials.some((form) => isStuck(surface, form))) return true
    return denials.some((form) => isNear(surface, form)) || [...turning].some((form) => isNear(surface, form))
  }
}

function isNear(token: string, form: string): boolean {
  if (token.length < SHORTEST || form.length < SHORTEST || Math.abs(token.length - form.length) > 1)
    return false
  if (token[0] !== form[0] && token[0] !== form[1]) return false
  return editDistance(token, form, 1) <= 1
}

/** A denial without the space after it ("tdkjd"), or before it and after who speaks ("sygk"). */
function isStuck(token: string, form: string): boolean {
  return SPEAKERS.some((speaker) => {
    const stuck = `${speaker}${form}`
    return form.length >= SHORTEST_STUCK ? token.startsWith(stuck) : token === stuck && speaker !== ''
  })
}
