import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { parse } from 'yaml'
import { z } from 'zod'
import type { App } from '../app.ts'
import { type ShopImportOutcome, sourcePattern } from '../marketplace/import/import-outcome.ts'
import { type ShopMapping, shopFields } from '../marketplace/import/shop-columns.ts'
import { createUmkmImport } from '../services/market-imports.ts'
import { TableError } from '../tables/table.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { createImportBar } from './import-bar.ts'
import { inviteShops, listShops } from './umkm-invitations.ts'
import { readOptions, wrongUsage } from './usage.ts'

const options = {
  source: { type: 'string' },
  mapping: { type: 'string' },
  shop: { type: 'string' },
  kelurahan: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** `lopo umkm`: lists of UMKM, and the invitations of their owners. */
export const umkmCommand: Command = {
  summary: 'import a list of UMKM from CSV or XLSX, and invite their owners',
  usage: [
    'umkm import FILE --source NAME [--mapping FILE.yaml] [--dry-run] [--json]',
    'umkm list [--kelurahan NAME] [--json]            (imported shops that nobody has taken)',
    'umkm invite --shop N|--kelurahan NAME [--json]   (prints the codes, which are kept nowhere)',
  ].join('\n'),
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, options)
    const [what = 'list', file, ...more] = positionals
    const wrong = (why: string) => wrongUsage(why, this.usage)
    const word = words.get(what)
    if (word === undefined) throw wrong(`umkm cannot ${what}`)
    const [extra] = word.takesFile ? more : positionals.slice(1)
    if (extra !== undefined) throw wrong(`${extra} is too much`)
    if (word.takesFile && file === undefined) throw wrong('the file is missing')
    for (const name of Object.keys(values)) {
      if (!word.options.some((option) => option === name)) throw wrong(`--${name} is not for umkm ${what}`)
    }
    const { 'dry-run': dryRun = false, json = false, ...rest } = values
    const typed: Typed = { ...rest, file: file ?? '', dryRun, json, wrong }
    word.check?.(typed)
    const app = await context.openApp()
    try {
      return await word.run(app, context, typed)
    } finally {
      await app.close()
    }
  },
}

/** What is typed behind the word. */
export interface Typed {
  readonly file: string
  readonly source?: string | undefined
  readonly mapping?: string | undefined
  readonly shop?: string | undefined
  readonly kelurahan?: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
  /** The error for what cannot be done as typed. */
  readonly wrong: (why: string) => UsageError
}

interface Word {
  readonly takesFile: boolean
  readonly options: readonly (keyof typeof options)[]
  /** Throws where something is wrong that can be told before the database is opened. */
  check?(typed: Typed): void
  run(app: App, context: CliContext, typed: Typed): Promise<number>
}

const words: ReadonlyMap<string, Word> = new Map(
  Object.entries({
    import: {
      takesFile: true,
      options: ['source', 'mapping', 'dry-run', 'json'],
      check({ source, wrong }) {
        if (source === undefined) throw wrong('--source, whose list it is, is missing')
        if (!sourcePattern.test(source)) throw wrong('--source is written such as dinkop-2026')
      },
      run: importFile,
    },
    list: { takesFile: false, options: ['kelurahan', 'json'], run: listShops },
    invite: {
      takesFile: false,
      options: ['shop', 'kelurahan', 'json'],
      check({ shop, kelurahan, wrong }) {
        if ((shop === undefined) === (kelurahan === undefined)) throw wrong('either --shop or --kelurahan')
        if (shop !== undefined && !/^[1-9]\d{0,8}$/.test(shop)) throw wrong(`${shop} is no number of a shop`)
      },
      run: inviteShops,
    },
  } satisfies Record<string, Word>),
)

async function importFile(app: App, context: CliContext, typed: Typed): Promise<number> {
  const { file, source = '', dryRun, json } = typed
  const mapping = typed.mapping === undefined ? undefined : await readMapping(typed.mapping)
  const bar = createImportBar()
  try {
    const request = { file, source, mapping, dryRun, by: userInfo().username }
    const outcome = await createUmkmImport(app)(request, bar.update)
    bar.stop()
    return tell(context, outcome, { source, dryRun, json })
  } catch (error) {
    if (error instanceof TableError) throw new UsageError(error.message, { cause: error })
    throw error
  } finally {
    bar.stop()
  }
}

/** Which heading stands for what: a field a line, such as `name: Merek dagang`. */
async function readMapping(file: string): Promise<ShopMapping> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`the mapping file cannot be read: ${file}`, { cause })
  })
  const read = z.partialRecord(z.enum(shopFields), z.string()).safeParse(readYaml(text))
  if (!read.success) {
    throw new UsageError(`the mapping file ${file} names headings by ${shopFields.join(', ')}`)
  }
  return read.data
}

function readYaml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

function tell(
  context: CliContext,
  outcome: ShopImportOutcome,
  how: { readonly source: string; readonly dryRun: boolean; readonly json: boolean },
): number {
  if (outcome.type === 'unknown_layout') {
    const { missing, absent, layout } = outcome
    if (missing.length > 0) context.err(`No column was found for: ${missing.join(', ')}.\n`)
    if (absent.length > 0)
      context.err(`The mapping names headings that the file lacks: ${absent.join(', ')}.\n`)
    const headings = layout.headings.filter((heading) => heading !== '').join(', ')
    context.err(`Headings in the file: ${headings}. Say which is which with --mapping.\n`)
    return 1
  }
  const { reportFile, shops, rows, accepted, quarantined, reasons, notes } = outcome.report
  const { source, dryRun, json } = how
  if (reportFile !== undefined) context.err(`About rows: ${reportFile}\n`)
  if (json) {
    const result = { rows, accepted, quarantined, reasons, notes, ...shops, source, dry_run: dryRun }
    context.out(`${JSON.stringify(result)}\n`)
  } else {
    context.out(`rows ${rows}, accepted ${accepted}, quarantined ${quarantined}\n`)
    for (const [reason, count] of Object.entries(reasons)) context.out(`  ${reason}: ${count}\n`)
    for (const [note, count] of Object.entries(notes)) context.out(`  taken without: ${note}: ${count}\n`)
    const { added, changed, unchanged, owned } = shops
    context.out(`shops: ${added} new, ${changed} changed, ${unchanged} the same, ${owned} with an owner\n`)
    if (dryRun) context.out('dry run: nothing was written\n')
  }
  return accepted === 0 ? 1 : 0
}
