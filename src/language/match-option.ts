import type { Dictionary } from './dictionary.ts'
import { typoDistance } from './distance.ts'
import { type Normalised, normalise } from './normalise.ts'

/** Which of some labels a text names: one, several that fit equally well, or none. */
export type OptionMatch =
  | { readonly type: 'one'; readonly index: number }
  | { readonly type: 'several'; readonly indexes: readonly number[] }
  | { readonly type: 'none' }

const NONE: OptionMatch = { type: 'none' }
const ORDINALS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    pertama: 1,
    partama: 1,
    kesatu: 1,
    kedua: 2,
    kadua: 2,
    ketiga: 3,
    katiga: 3,
    keempat: 4,
    kelima: 5,
    satu: 1,
    dua: 2,
    tiga: 3,
    empat: 4,
    lima: 5,
  }),
)
/** Words around a choice that name nothing ("saya mau yang nomor dua pak"). */
export const AROUND: ReadonlySet<string> = new Set(
  (
    'saya sy beta be b mau mo ingin pilih pilihan pili yang yg nomor no nmr angka opsi ke itu ini pak bu kak min dong do ya e sa saja ' +
    'tolong minta untuk ada di dan atau ko deng dengan'
  ).split(' '),
)
/** Words that deny what follows. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  'tidak bukan jangan belum sonde son jang tausa'.split(' '),
)
const MOST_TOKENS = 12
const ENOUGH = 0.5
// Labels that hold all that was said fit alike, though one is longer.
const TIE = 0.08

/** A label made ready to be compared. */
interface Label {
  readonly text: string
  readonly words: readonly string[]
}

/** Builds the function that finds the label a text names. It keeps the labels it has prepared, a bounded number of them. */
export function createOptionMatcher(
  dictionary: Dictionary,
): (text: string, labels: readonly string[]) => OptionMatch {
  const prepared = new Map<string, Label>()
  const prepare = (label: string): Label => {
    const known = prepared.get(label)
    if (known !== undefined) return known
    const normal = normalise(label)
    const made = { text: normal.text, words: contentOf(normal, dictionary) }
    // Labels come from flows and lists; a flood of new ones must not fill the memory.
    if (prepared.size >= 4_096) prepared.clear()
    prepared.set(label, made)
    return made
  }
  return (text, labels) => {
    const said = normalise(text)
    if (said.text === '' || said.tokens.length > MOST_TOKENS) return NONE
    const ready = labels.map(prepare)
    const same = indexesOf(ready, (label) => label.text === said.text)
    if (same.length > 0) return matchOf(same)
    return byOrdinal(said, ready) ?? byWords(contentOf(said, dictionary), ready, dictionary)
  }
}

function indexesOf(labels: readonly Label[], fits: (label: Label) => boolean): readonly number[] {
  return labels.flatMap((label, index) => (fits(label) ? [index] : []))
}

function matchOf(indexes: readonly number[]): OptionMatch {
  const [index, ...others] = indexes
  if (index === undefined) return NONE
  return others.length === 0 ? { type: 'one', index } : { type: 'several', indexes }
}

/** "nomor 2", "yang kedua": only when nothing else is said, and no label has such a number itself. */
function byOrdinal(said: Normalised, labels: readonly Label[]): OptionMatch | undefined {
  const left = said.tokens.filter((token) => !AROUND.has(token))
  const [only] = left
  if (left.length !== 1 || only === undefined) return undefined
  const place = ORDINALS.get(only) ?? (/^\d{1,2}$/.test(only) ? Number(only) : 0)
  if (place < 1 || place > labels.length || labels.some(({ words }) => words.includes(only))) return undefined
  return { type: 'one', index: place - 1 }
}

function contentOf(said: Normalised, dictionary: Dictionary): readonly string[] {
  const left = said.tokens.filter((token) => !AROUND.has(token))
  return (left.length > 0 ? left : said.tokens).flatMap((token) => dictionary.expand(token))
}

function byWords(said: readonly string[], labels: readonly Label[], dictionary: Dictionary): OptionMatch {
  const scores = labels.map(({ words }) => scoreOf(said, words, dictionary))
  const best = Math.max(0, ...scores)
  if (best < ENOUGH) return NONE
  return matchOf(scores.flatMap((score, index) => (score >= best - TIE ? [index] : [])))
}

/**
 * How well the words said fit a label, 0 to 1: the share of what was said that the label holds, and a little for how much of the
 * label that is. A denial fits nothing ("bukan pelatihan") but a label that denies too.
 */
function scoreOf(said: readonly string[], label: readonly string[], dictionary: Dictionary): number {
  const denies = said.some((word) => NEGATIONS.has(word))
  if (denies !== label.some((word) => NEGATIONS.has(word)) || said.length === 0 || label.length === 0)
    return 0
  let fit = 0
  const used = new Set<string>()
  for (const word of said) {
    const found =
      label.find((other) => other === word) ?? label.find((other) => isNear(word, other, dictionary))
    if (found === undefined) continue
    used.add(found)
    fit += found === word ? 1 : 0.9
  }
  const ofLabel = used.size / label.length
  const ofSaid = fit / said.length
  // A long sentence that happens to hold a word of a label is not a choice.
  return Math.max(
    ofSaid >= 0.6 ? ofSaid * 0.8 + ofLabel * 0.2 : 0,
    ofLabel >= 0.99 && ofSaid >= 0.3 ? 0.6 + ofSaid * 0.2 : 0,
  )
}

/** Whether a word may be another one mistyped or, being a word itself, the beginning of it. */
export function isNear(said: string, label: string, dictionary: Dictionary): boolean {
  if (dictionary.isReal(said)) return sharesStem(said, label)
  return typoDistance(said, label) !== undefined
}

/** "melatih" and "latihan" are close enough for a choice; so is a beginning of four letters or more ("lati"). */
function sharesStem(said: string, label: string): boolean {
  return said.length >= 4 && label.startsWith(said)
}
