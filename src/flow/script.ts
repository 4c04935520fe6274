import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { OfficeDeed } from './office-deed.ts'
import type { Problem } from './problem.ts'
import { type officerDeeds, type ScriptLine, scriptsSchema, type sendable } from './script-file.ts'

/** What sets a turn off: someone does something, or time passes. `turn` 0 of a script may have no cause. */
export type Cause =
  | { readonly type: 'says'; readonly text: string }
  /** A button of the last messages, by its number or its label. */
  | { readonly type: 'presses'; readonly option: string }
  /** A button of a broadcast, by its words. */
  | { readonly type: 'presses_words'; readonly words: string }
  | { readonly type: 'sends'; readonly what: (typeof sendable)[number]; readonly caption?: string }
  | { readonly type: 'officer'; readonly text: string }
  | { readonly type: 'officer_does'; readonly deed: (typeof officerDeeds)[number] }
  /** An office, or somebody else who registered, does something about courses. */
  | { readonly type: 'office'; readonly deed: OfficeDeed }
  /** A broadcast reaches the chat: the words of its buttons by their labels. */
  | { readonly type: 'broadcast'; readonly text: string; readonly buttons: Readonly<Record<string, string>> }
  /** Whoever writes sends the code of a broadcast with this text. */
  | { readonly type: 'sends_test'; readonly text: string }
  /** The resident sends the code of the class that is on. */
  | { readonly type: 'sends_code' }
  | { readonly type: 'clock'; readonly now: Date }

/** What the bot must answer. */
export type Expectation =
  /** A message contains this text, whatever the spaces between words. */
  | { readonly type: 'contains'; readonly text: string }
  | { readonly type: 'equals'; readonly text: string }
  /** A message offers these options in this order, perhaps among others. */
  | { readonly type: 'options'; readonly labels: readonly string[] }
  | { readonly type: 'silence' }

/** Something that must have happened besides the answer; the driver knows what the names mean. */
export type Effect = Readonly<Record<string, unknown>> & { readonly name: string }

/** A cause, and all that is expected before the next one. `line` counts the lines of the script from 1. */
export interface ScriptTurn {
  readonly line: number
  readonly cause: Cause
  readonly expected: readonly Expectation[]
  readonly effects: readonly Effect[]
}

/** A conversation that any officer can read. */
export interface Script {
  readonly name: string
  readonly given: {
    readonly fixtures: readonly string[]
    readonly now: Date
    readonly channel: string | undefined
    readonly values: Readonly<Record<string, unknown>>
  }
  readonly turns: readonly ScriptTurn[]
}

/** Scripts that can be played, or everything that is wrong with the file. */
export type ParsedScripts =
  | { readonly type: 'parsed'; readonly scripts: readonly Script[] }
  | { readonly type: 'broken'; readonly problems: readonly Problem[] }

/** Reads a `<flow>.test.yaml`. What people say stays as it is written: `0812` is no number. */
export function parseScripts(path: string, text: string): ParsedScripts {
  const words = parseDocument(text, { schema: 'failsafe' })
  const [error] = words.errors
  if (error !== undefined) {
    const what = `line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0] ?? error.code}`
    return { type: 'broken', problems: [{ file: path, step: '', what }] }
  }
  const read = scriptsSchema.safeParse(words.toJS())
  if (!read.success) {
    const problems = read.error.issues.map((issue) => ({
      file: path,
      step: '',
      what: `${issue.path.map(String).join('.')}: ${issue.message}`,
    }))
    return { type: 'broken', problems }
  }
  const typed = typedSchema.parse(parseDocument(text).toJS())
  const problems: Problem[] = []
  const scripts = read.data.map(({ script, given, lines }, index): Script => {
    const values = typed[index]?.given.values ?? {}
    const effects = typed[index]?.lines.map(({ effect }) => effect) ?? []
    const { turns, what } = turnsOf(lines, effects)
    for (const problem of what) problems.push({ file: path, step: '', what: `${script}: ${problem}` })
    return { name: script, given: { ...given, channel: given.channel, values }, turns }
  })
  return problems.length > 0 ? { type: 'broken', problems } : { type: 'parsed', scripts }
}

/** Values and effects keep the types that YAML gives them. */
const typedSchema = z.array(
  z.looseObject({
    given: z.looseObject({ values: z.record(z.string(), z.unknown()).optional() }),
    lines: z.array(z.looseObject({ effect: z.looseObject({ name: z.string() }).optional() })),
  }),
)

interface Building {
  line: number
  cause: Cause
  expected: Expectation[]
  effects: Effect[]
}

function turnsOf(lines: readonly ScriptLine[], effects: readonly (Effect | undefined)[]) {
  const turns: Building[] = []
  const what: string[] = []
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    if (Object.keys(line).length !== 1) {
      what.push(`line ${number}: has ${Object.keys(line).join(' and ') || 'nothing'}; one thing a line`)
      continue
    }
    const cause = causeOf(line)
    const last = turns.at(-1)
    if (cause !== undefined) turns.push({ line: number, cause, expected: [], effects: [] })
    else if (last === undefined) what.push(`line ${number}: comes before anyone said anything`)
    else {
      last.expected.push(...expectationsOf(line))
      const effect = effects[index]
      if (effect !== undefined) last.effects.push(effect)
    }
  }
  return { turns, what }
}

function causeOf(line: ScriptLine): Cause | undefined {
  if (line.warga !== undefined) return { type: 'says', text: line.warga }
  if (line.warga_pilih !== undefined) return { type: 'presses', option: line.warga_pilih }
  if (line.tombol !== undefined) return { type: 'presses_words', words: line.tombol }
  if (line.warga_kirim !== undefined) return sent(line.warga_kirim)
  if (line.petugas !== undefined) return { type: 'officer', text: line.petugas }
  if (line.petugas_lakukan !== undefined) return { type: 'officer_does', deed: line.petugas_lakukan }
  if (line.kantor !== undefined) return { type: 'office', deed: line.kantor }
  if (line.siaran !== undefined)
    return { type: 'broadcast', text: line.siaran.teks, buttons: line.siaran.tombol }
  if (line.warga_uji !== undefined) return { type: 'sends_test', text: line.warga_uji }
  if (line.warga_kode !== undefined) return { type: 'sends_code' }
  return line.waktu === undefined ? undefined : { type: 'clock', now: line.waktu }
}

function sent(what: NonNullable<ScriptLine['warga_kirim']>): Cause {
  if (typeof what === 'string') return { type: 'sends', what }
  return 'photo' in what
    ? { type: 'sends', what: 'photo', caption: what.photo }
    : { type: 'sends', what: 'document', caption: what.document }
}

function expectationsOf(line: ScriptLine): readonly Expectation[] {
  if (line.bot !== undefined) return [{ type: 'contains', text: line.bot }]
  if (line.bot_exact !== undefined) return [{ type: 'equals', text: line.bot_exact }]
  if (line.diam !== undefined) return [{ type: 'silence' }]
  return line.options === undefined ? [] : [{ type: 'options', labels: line.options }]
}
