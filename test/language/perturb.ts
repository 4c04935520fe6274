/** A way in which people write the same thing otherwise. `seed` picks the place; the same seed gives the same text. */
export interface Perturbation {
  readonly name: string
  apply(text: string, seed: number): string
}

const GREETINGS = [
  'Selamat pagi pak, ',
  'halo kak ',
  'syalom mama, ',
  'permisi admin, ',
  'Assalamualaikum. ',
  'min ',
]
const PARTICLES = [' do', ' e', ' ya kak', ' na', ' sih', ' dong min', ' pak', ' leh']
const EMOJI = ['🙏', '😭', '😀😀', '❗', '👋', '🙏🏽']
const DIGITS: Readonly<Record<string, string>> = { a: '4', i: '1', o: '0', e: '3' }
const LONGEST_WORDS = 3
const SHORTEST = 5

/** The ways that keep the meaning of a sentence. */
export const perturbations: readonly Perturbation[] = [
  { name: 'clip a vowel', apply: onLongWord(clipVowel) },
  { name: 'double a letter', apply: onLongWord(doubleLetter) },
  { name: 'glue two words', apply: glueWords },
  {
    name: 'digits for letters',
    apply: onLongWord((word) => word.replace(/[aioe]/g, (one) => DIGITS[one] ?? one)),
  },
  { name: 'swap a pair', apply: onLongWord(swapPair) },
  { name: 'drop a letter', apply: onLongWord(dropLetter) },
  { name: 'draw out a letter', apply: onLongWord((word) => `${word}${(word.at(-1) ?? '').repeat(3)}`) },
  { name: 'greet first', apply: (text, seed) => `${pick(GREETINGS, seed)}${text}` },
  { name: 'add a particle', apply: (text, seed) => `${text}${pick(PARTICLES, seed)}` },
  { name: 'shout', apply: (text) => text.toUpperCase() },
  {
    name: 'add an emoji',
    apply: (text, seed) => (seed % 2 === 0 ? `${text} ${pick(EMOJI, seed)}` : `${pick(EMOJI, seed)}${text}`),
  },
]

function pick(all: readonly string[], seed: number): string {
  return all[seed % all.length] ?? ''
}

/** Changes one of the longest words, since the short ones are other words as soon as a letter is wrong. */
function onLongWord(change: (word: string, seed: number) => string) {
  return (text: string, seed: number) => {
    const words = text.toLowerCase().split(/\s+/)
    const long = words
      .map((word, at) => ({ word, at }))
      .filter(({ word }) => word.length >= SHORTEST && /^[a-z]+$/.test(word))
      .sort((a, b) => b.word.length - a.word.length)
      .slice(0, LONGEST_WORDS)
    const chosen = long[seed % Math.max(1, long.length)]
    if (chosen === undefined) return text
    return words.map((word, at) => (at === chosen.at ? change(word, Math.floor(seed / 3)) : word)).join(' ')
  }
}

function clipVowel(word: string, seed: number): string {
  const vowels = [...word].flatMap((letter, at) => (at > 0 && 'aeiou'.includes(letter) ? [at] : []))
  const at = vowels[seed % Math.max(1, vowels.length)] ?? word.length
  return word.slice(0, at) + word.slice(at + 1)
}

function doubleLetter(word: string, seed: number): string {
  const at = seed % word.length
  return word.slice(0, at) + word[at] + word.slice(at)
}

function swapPair(word: string, seed: number): string {
  const at = 1 + (seed % (word.length - 2))
  return `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`
}

function dropLetter(word: string, seed: number): string {
  const at = 1 + (seed % (word.length - 1))
  return word.slice(0, at) + word.slice(at + 1)
}

function glueWords(text: string, seed: number): string {
  const words = text.split(' ')
  if (words.length < 2) return text
  const at = seed % (words.length - 1)
  return [...words.slice(0, at), `${words[at]}${words[at + 1]}`, ...words.slice(at + 2)].join(' ')
}
