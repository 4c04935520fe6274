import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A text file of the `flows` folder; `path` is relative to the project, such as `flows/menu.yaml`. */
export interface FlowText {
  readonly path: string
  readonly text: string
}

/** Everything the `flows` folder holds, unread. */
export interface FlowTexts {
  /** Flows and `system.yaml`. */
  readonly flows: readonly FlowText[]
  /** Scripts: `<flow>.test.yaml`. */
  readonly scripts: readonly FlowText[]
  /** The states that scripts are given: `fixtures.yaml`. */
  readonly fixtures: string
  /** Dated content: `content/*.yaml`. */
  readonly content: readonly FlowText[]
  readonly language: {
    readonly kelurahan: string
    readonly kelurahanAliases: string
    readonly kupangMalay: string
    readonly abbreviations: string
    readonly lexicon: string
    readonly intents: string
  }
}

const other = new Set(['intents.yaml', 'fixtures.yaml'])
const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

/** Reads the `flows` folder of the project, or of `folder`. Throws when a language table is missing. */
export async function readFlowTexts(folder = path.join(projectFolder, 'flows')): Promise<FlowTexts> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8')
  const named = (name: string) => `flows/${name}`
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && !other.has(name)).sort()
  const texts = await Promise.all(files.map(async (name) => ({ path: named(name), text: await read(name) })))
  const contentFiles = (await readdir(path.join(folder, 'content')).catch(() => [])).filter((name) =>
    name.endsWith('.yaml'),
  )
  return {
    flows: texts.filter(({ path }) => !path.endsWith('.test.yaml')),
    scripts: texts.filter(({ path }) => path.endsWith('.test.yaml')),
    content: await Promise.all(
      contentFiles
        .sort()
        .map(async (name) => ({ path: named(`content/${name}`), text: await read(`content/${name}`) })),
    ),
    fixtures: await read('fixtures.yaml'),
    language: {
      kelurahan: await read('language/kelurahan.csv'),
      kelurahanAliases: await read('language/kelurahan-alias.csv'),
      kupangMalay: await read('language/kupang-malay.tsv'),
      abbreviations: await read('language/singkatan.tsv'),
      lexicon: await read('language/lexicon.txt'),
      intents: await read('intents.yaml'),
    },
  }
}
