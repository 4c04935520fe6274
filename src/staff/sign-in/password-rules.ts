import { commonWords, keyRows } from './common-passwords.ts'

/** In characters. */
export const shortestPassword = 12

/** In characters: hashing must not become work for whoever sends a book. */
export const longestPassword = 256

/** What is wrong with an officer's new password, or undefined. `not`: a password that it must not be. */
export function weaknessOf(
  password: string,
  { login, not }: { readonly login: string; readonly not?: string | undefined },
): 'too_short' | 'same' | 'common' | undefined {
  if ([...password].length < shortestPassword) return 'too_short'
  if (password === not) return 'same'
  return isCommon(password.toLowerCase(), login) ? 'common' : undefined
}

function isCommon(password: string, login: string): boolean {
  if (new Set(password).size < 5) return true
  if (keyRows.some((row) => row.includes(password))) return true
  // What is left of "Kupang2026!!" when digits and signs are taken away; a password of digits and signs alone is no word.
  const letters = password.replaceAll(/[^\p{L}]/gu, '')
  if (letters.length < 4) return /^\d+$/.test(password) || letters === ''
  const own = login.replaceAll(/[^a-z]/g, '')
  return isMadeOf(letters, own.length < 3 ? commonWords : [...commonWords, own])
}

/** Whether the text is nothing but words of the list, one after the other. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const reached = new Set([0])
  for (let at = 0; at < text.length; at++) {
    if (!reached.has(at)) continue
    for (const word of words) if (text.startsWith(word, at)) reached.add(at + word.length)
  }
  return reached.has(text.length)
}
