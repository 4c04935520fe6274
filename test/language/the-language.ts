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

/** The sentences of a table beside the tests, with the intent each should reach. */
export function sentences(name: string): readonly { text: string; intent: string }[] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [text = '', intent = ''] = line.split('\t')
      return { text, intent }
    })
}
