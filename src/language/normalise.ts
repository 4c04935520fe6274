/** A text as it is compared: `tokens` are its words and numbers, `text` is them joined by single spaces. */
export interface Normalised {
  readonly text: string
  readonly tokens: readonly string[]
}

const EMPTY: Normalised = { text: '', tokens: [] }
const PLAIN = /^(?:\d{1,9}|[a-z]+(?: [a-z]+)*)$/
const ASCII = /^[\x20-\x7e]*$/
const TRIPLE = /([a-z])\1{2,}/g
// Digits with separators stay one token, so that "25.000" and "1,5" keep their meaning.
const TOKEN = /\d+(?:[.,]\d+)*(?![\p{L}\d])|[\p{L}\p{N}]+|[👍👎]/gu
// In "b4t4l" the digits are letters, and no litre is meant.
const UNIT =
  /(?<!\d\p{L}+\d*)(\d)(rb|rbu|ribu|k|jt|jta|juta|kg|gr|g|ml|l|liter|pcs|bh|buah|bks|pak|th|thn|tahun|bln|hari|hr|org|orang)(?![\p{L}\d])/gu
const MAX_WORD = 64
// "Oleh-oleh" are what one brings home; "oleh" is "by".
const TWICE_IS_ANOTHER = new Set(['oleh'])

/**
 * Folds case, width, accents, quotes, invisible characters, emoji and drawn-out letters, so that two ways of
 * typing a text compare equal. Total and linear for any input. Thumbs stay, since they answer a yes-no question.
 */
export function normalise(text: string): Normalised {
  if (text.length <= 200 && PLAIN.test(text) && text.search(TRIPLE) === -1) {
    return { text, tokens: text.split(' ') }
  }
  const found = fold(text).match(TOKEN)
  if (found === null) return EMPTY
  const tokens = found.flatMap(splitToken)
  return { text: tokens.join(' '), tokens }
}

/** Lower-cases, folds characters and shortens drawn-out letters, and keeps punctuation. For parsers of figures. */
export function fold(text: string): string {
  return foldCharacters(text).replace(/\bu\//g, 'untuk ').replace(TRIPLE, '$1').replace(UNIT, '$1 $2')
}

/** Lower-cases, folds width, accents and quotes, and takes out what cannot be seen. Every letter and digit stays. */
export function foldCharacters(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '')
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|\p{Cf}|\p{Cc}|\p{Emoji_Modifier}/gu, (found) => (isSpace(found) ? ' ' : ''))
    .replace(/['`´‘’‛ʼ′]/g, '')
}

function isSpace(character: string): boolean {
  return character === '\n' || character === '\t' || character === '\r'
}

function splitToken(token: string): readonly string[] {
  if (token.length > MAX_WORD || !/\d/.test(token) || !/[a-z]/.test(token)) return [token]
  // "orang2nya" says the word twice; the plural carries no meaning here.
  const twice = /^([a-z]{2,})2(nya|an)?$/.exec(token)
  if (twice !== null)
    return TWICE_IS_ANOTHER.has(twice[1] ?? '')
      ? [twice[1] ?? '', twice[1] ?? '']
      : [`${twice[1]}${twice[2] ?? ''}`]
  const glued = /^([a-z]{2,})(\d+)$/.exec(token)
  // A lone 0 at the end is an "o" ("inf0"), which the dictionary reads.
  if (glued !== null && glued[2] !== '0') return [glued[1] ?? token, glued[2] ?? '']
  return [token]
}
