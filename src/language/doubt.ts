import { editDistance } from './distance.ts'
import type { IntentWords } from './intents.ts'
import type { Word } from './word.ts'
import { denialForms, type WordTables } from './word-tables.ts'

const SHORTEST = 4
const SHORTEST_STUCK = 2
const SPEAKERS = ['sy', 'saya', 'b', 'be', 'beta', 'katong', 'ktg', 'aku']

/**
 * Builds the function that tells whether a word may be a mistyped denial, or one of some turning words mistyped. Only a word that
 * stands in no list as it was written can be.
 */
export function createDoubt(
  tables: WordTables,
  { conceptWords, phraseWords }: IntentWords,
): (word: Word, turning: ReadonlySet<string>) => boolean {
  const denials = [...denialForms(tables)]
  const long = denials.filter((form) => form.length >= SHORTEST && !form.includes(' '))
  const isListed = (token: string) =>
    [
      conceptWords,
      phraseWords,
      tables.roots,
      tables.realWords,
      tables.abbreviations,
      tables.kupangMalay,
    ].some((list) => list.has(token))
  return ({ surface, root, typo, known }, turning) => {
    if (isListed(surface) || /^\d/.test(surface) || (turning.has(root) && typo === 0)) return false
    if (!known && denials.some((form) => isStuck(surface, form))) return true
    if (surface.length < SHORTEST) return false
    return long.some((form) => isNear(surface, form)) || [...turning].some((form) => isNear(surface, form))
  }
}

function isNear(token: string, form: string): boolean {
  return form.length >= SHORTEST && token !== form && editDistance(token, form, 1) <= 1
}

/** A denial without the space after it ("tdkjd"), or before it and after who speaks ("sygk"). */
function isStuck(token: string, form: string): boolean {
  if (form.length >= SHORTEST_STUCK && token.startsWith(form)) return true
  return SPEAKERS.some(
    (speaker) =>
      token === `${speaker}${form}` ||
      (form.length >= SHORTEST_STUCK && token.startsWith(`${speaker}${form}`)),
  )
}
