import { normalise } from './normalise.ts'
import { readTable } from './tables.ts'

/** The tables of `flows/language/` as look-ups, each text folded. A replacement is a list of words, empty to drop. */
export interface WordTables {
  readonly abbreviations: ReadonlyMap<string, readonly string[]>
  readonly kupangMalay: ReadonlyMap<string, readonly string[]>
  /** Replacements for two words in a row, by the two words with a space between. */
  readonly pairs: ReadonlyMap<string, readonly string[]>
  /** Roots that take affixes; their forms are derived. */
  readonly roots: ReadonlySet<string>
  /** Words of the language that the bot has no use for, kept so that they are never taken for a mistyped one. */
  readonly realWords: ReadonlySet<string>
}

/** The words that deny. */
export const DENIALS: ReadonlySet<string> = new Set('tidak bukan jangan kurang'.split(' '))

/** Every way the tables know of writing a word that denies, "sonde" and "tdk" among them. */
export function denialForms({ abbreviations, kupangMalay }: WordTables): ReadonlySet<string> {
  const written = [...abbreviations, ...kupangMalay].filter(([, words]) => DENIALS.has(words[0] ?? ''))
  return new Set([...DENIALS, ...written.map(([form]) => form)])
}

/** Reads the three texts; what is wrong with them goes to `problems`. */
export function readWordTables(
  sources: { readonly kupangMalay: string; readonly abbreviations: string; readonly lexicon: string },
  problems: string[],
): WordTables {
  const pairs = new Map<string, readonly string[]>()
  const abbreviations = new Map<string, readonly string[]>()
  const kupangMalay = new Map<string, readonly string[]>()
  const short = readTable('singkatan.tsv', sources.abbreviations, '\t', ['short', 'full'])
  const malay = readTable('kupang-malay.tsv', sources.kupangMalay, '\t', ['form', 'variants', 'indonesian'])
  problems.push(...short.problems, ...malay.problems)
  for (const row of short.rows) {
    const full = row.full ?? ''
    // "kakak / KK" is settled by its neighbours, not by the table.
    if (!full.includes(' / ')) add(row.short ?? '', full.replace(/\(.*\)/, ''), abbreviations, pairs)
  }
  for (const row of malay.rows) {
    const meaning = (row.indonesian ?? '').split(/[,;/(]/)[0] ?? ''
    for (const form of [row.form ?? '', ...(row.variants ?? '').split(',')]) {
      if (form.trim() !== '' && form.trim() !== '-') add(form, meaning, kupangMalay, pairs)
    }
  }
  return { abbreviations, kupangMalay, pairs, ...readLexicon(sources.lexicon, problems) }
}

function add(
  form: string,
  meaning: string,
  single: Map<string, readonly string[]>,
  pairs: Map<string, readonly string[]>,
): void {
  const key = normalise(form).tokens
  const words = normalise(meaning).tokens
  const target = key.length === 2 ? pairs : single
  const joined = key.join(' ')
  if (key.length > 0 && key.length <= 2 && !target.has(joined)) target.set(joined, words)
}

function readLexicon(text: string, problems: string[]): Pick<WordTables, 'roots' | 'realWords'> {
  const sections: Record<string, Set<string>> = { akar: new Set(), kata: new Set() }
  let open: Set<string> | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const heading = /^\[(\w+)\]$/.exec(line.trim())?.[1]
    if (heading !== undefined) open = sections[heading]
    if (heading !== undefined && open === undefined)
      problems.push(`lexicon.txt: line ${index + 1}: [${heading}]`)
    if (heading !== undefined || line.startsWith('#') || line.trim() === '') continue
    if (open === undefined) problems.push(`lexicon.txt: line ${index + 1} is under no heading`)
    for (const word of line.trim().split(/\s+/)) open?.add(word)
  }
  return { roots: sections.akar ?? new Set(), realWords: sections.kata ?? new Set() }
}
