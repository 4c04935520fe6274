import { constants, userInfo } from 'node:os'
import { z } from 'zod'
import type { App } from '../app.ts'
import { isoDay } from '../assistance/city-time.ts'
import type {
  ImportOutcome,
  ImportReport,
  ImportRequest,
  ImportWarning,
} from '../assistance/import-report.ts'
import { readMapping } from '../assistance/mapping-file.ts'
import { createImportStore } from '../assistance/store-import.ts'
import { createListStore } from '../assistance/store-list.ts'
import { createListImport } from '../services/lists.ts'
import { createAuditTrail } from '../staff/store.ts'
import { TableError } from '../tables/table.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { createImportBar } from './import-bar.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo import assistance`: loads a list of people who are recorded for assistance. */
export const importCommand: Command = {
  summary: 'import a list from CSV or XLSX as a new version, and put it in force',
  usage: [
    'import assistance FILE --list KIND --as-of YYYY-MM-DD [--title TEXT] [--period TEXT] [--mapping FILE] [--new-list] [--dry-run] [--json]',
  ].join('\n'),
  endsOnSignal: true,
  async run(args, context) {
    const { request, mapping, json, newList } = readArguments(args, this.usage, context.now())
    const signal = listenForSignal()
    const app = await context.openApp()
    const bar = createImportBar()
    try {
      if (!newList) await refuseUnknownKind(app, request.kind)
      const chosen = mapping === undefined ? undefined : await readMapping(mapping)
      const outcome = await createListImport(app)({ ...request, mapping: chosen }, (progress) => {
        signal.throwIfCame()
        bar.update(progress)
      })
      bar.stop()
      return tell(outcome, request.kind, json, context)
    } catch (error) {
      if (error instanceof TableError) throw new UsageError(error.message, { cause: error })
      const status = signal.status()
      if (status === undefined) throw error
      bar.stop()
      await removeLeftovers(app, context, request.kind)
      context.err('Stopped: the list before stays in force.\n')
      return status
    } finally {
      bar.stop()
      await app.close()
    }
  },
}

const options = {
  list: { type: 'string' },
  'as-of': { type: 'string' },
  title: { type: 'string' },
  period: { type: 'string' },
  mapping: { type: 'string' },
  'new-list': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

function readArguments(args: readonly string[], usage: string, now: Date) {
  const { values, positionals } = readOptions(args, usage, options)
  const [what, file, ...more] = positionals
  if (what === undefined) throw wrongUsage('what to import is missing', usage)
  if (what !== 'assistance') throw wrongUsage(`only assistance can be imported, not ${what}`, usage)
  if (file === undefined) throw wrongUsage('the file is missing', usage)
  if (more.length > 0) throw wrongUsage(`${more[0]} is too much: one file at a time`, usage)
  if (values.list === undefined) throw wrongUsage('--list, the kind of list, is missing', usage)
  if (values['as-of'] === undefined)
    throw wrongUsage('--as-of, the day the list describes, is missing', usage)
  const kind = z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,30}$/)
    .safeParse(values.list)
  if (!kind.success) throw new UsageError('--list names the kind of list, such as p3ke or dtsen')
  const asOf = z.iso.date().safeParse(values['as-of'])
  if (!asOf.success) throw new UsageError('--as-of is the day the list describes, such as 2023-02-01')
  if (asOf.data > isoDay(now)) throw new UsageError('--as-of is after today: a list describes a day that was')
  const request: ImportRequest = {
    file,
    kind: kind.data,
    title: values.title ?? kind.data.toUpperCase(),
    asOf: asOf.data,
    period: values.period,
    dryRun: values['dry-run'],
    by: userInfo().username,
  }
  return { request, mapping: values.mapping, json: values.json, newList: values['new-list'] }
}

const commonKinds = ['p3ke', 'dtsen']

/** A mistyped kind would be a list beside the one it should replace. */
async function refuseUnknownKind(app: App, kind: string): Promise<void> {
  const versions = await createListStore().versions(app.storage.database.prisma)
  const known = [...new Set([...commonKinds, ...versions.map((version) => version.kind)])]
  if (known.includes(kind)) return
  throw new UsageError(`no list ${kind} is known, but ${known.join(', ')}: for a new one, add --new-list`)
}

/** Notes the first signal, for the import to end at its next rows. */
function listenForSignal() {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let status: number | undefined
  for (const signal of signals) process.on(signal, () => (status ??= 128 + constants.signals[signal]))
  return {
    /** The exit status that belongs to it; undefined when none came. */
    status: () => status,
    throwIfCame() {
      if (status !== undefined) throw new Error('the import was stopped')
    },
  }
}

/** Being the only import of the kind once more removes what the one that was stopped had loaded. */
async function removeLeftovers(app: App, context: CliContext, kind: string): Promise<void> {
  const { database } = app.storage
  const store = createImportStore({ database, audit: createAuditTrail(), now: context.now })
  await store.exclusive(kind, async () => undefined)
}

function tell(outcome: ImportOutcome, kind: string, json: boolean, context: CliContext): number {
  switch (outcome.type) {
    case 'busy':
      context.err(`Another import of ${kind} is running: wait until it has ended.\n`)
      return 1
    case 'unknown_layout':
      context.err(`${explainLayout(outcome)}\n`)
      return 1
    case 'nothing_accepted':
      print(outcome.report, json, context)
      context.err('No row could be trusted: the version before stays in force. The report lists every row.\n')
      return 1
    default:
      print(outcome.report, json, context)
      return 0
  }
}

function explainLayout({
  missing,
  absent,
  mappingFile,
}: Extract<ImportOutcome, { type: 'unknown_layout' }>): string {
  const lacks = missing.length === 0 ? '' : `No column was found for: ${missing.join(', ')}. `
  const wrong =
    absent.length === 0 ? '' : `The mapping names headings that the file lacks: ${absent.join(', ')}. `
  return `${lacks}${wrong}Put the right headings into ${mappingFile} and give it with --mapping.`
}

function print(report: ImportReport, json: boolean, context: CliContext): void {
  const { rows, accepted, quarantined, reasons, version, active, reportFile, warnings } = report
  for (const warning of warnings) context.err(`Warning: ${warningTexts[warning]}\n`)
  if (reportFile !== undefined) context.err(`Rows set aside: ${reportFile}\n`)
  if (json) {
    context.out(`${JSON.stringify({ rows, accepted, quarantined, reasons, version, active })}\n`)
    return
  }
  context.out(`rows ${rows}, accepted ${accepted}, quarantined ${quarantined}\n`)
  for (const [reason, count] of Object.entries(reasons)) context.out(`  ${reason}: ${count}\n`)
  context.out(
    version === null ? 'dry run: nothing was loaded\n' : `version ${version}${active ? ', in force' : ''}\n`,
  )
}

const warningTexts: Readonly<Record<ImportWarning, string>> = {
  zeros:
    'so many NIKs end in 0 that a spreadsheet program may have cut their last digit; check some against the source',
  same_file: 'this very file was imported before',
  no_birth_date: 'the file has no birth dates: nobody on it is found by details in a chat',
  no_name: 'the file has no names: answers show none',
  no_programmes: 'the file has no programme columns: everybody on it is recorded, nobody a recipient',
}
