import { readFileSync } from 'node:fs'
import { createLanguage, type LanguageSources } from '../../src/language/language.ts'

function read(name: string): string {
  return readFileSync(new URL(`../../flows/${name}`, import.meta.url), 'utf8')
}

/** The tables as they stand in `flows/`. */
export const sources: LanguageSources = {
  kelurahan: read('language/kelurahan.csv'),
  kelurahanAliases: read('language/kelurahan-alias.csv'),
  kupangMalay: read('language/kupang-malay.tsv'),
  abbreviations: read('language/singkatan.tsv'),
  lexicon: read('language/lexicon.txt'),
  intents: read('intents.yaml'),
}

/** The language of those tables. */
export const language = createLanguage(sources)

/** Noon in Kupang on 5 March 2026, a Thursday. */
export const now = new Date('2026-03-05T04:00:00Z')

/** A sentence with the intents it may be taken for: more than one when it holds several wishes. */
export interface Labelled {
  readonly text: string
  /** The first of `wanted`. */
  readonly intent: string
  readonly wanted: readonly string[]
}

/** The sentences of a table beside the tests, with the intent each should reach; a bar parts those that are all right. */
export function sentences(name: string): readonly Labelled[] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [text = '', label = ''] = line.split('\t')
      const wanted = label.split('|')
      return { text, intent: wanted[0] ?? '', wanted }
    })
}
