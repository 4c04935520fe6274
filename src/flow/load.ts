import type { ActionContract } from './action.ts'
import { allChecks } from './all-checks.ts'
import { compile } from './compile.ts'
import { dataFlow } from './data-flow.ts'
import { createDraft } from './draft.ts'
import type { FlowLanguage, FlowSet } from './flow-set.ts'
import type { Problem } from './problem.ts'
import { readFiles, type SourceFile } from './read-files.ts'
import { createWrite } from './written.ts'

/** What a flow set is loaded from. `files` may hold all of `flows/`: what is not a flow is passed over. */
export interface FlowSources {
  readonly files: readonly SourceFile[]
  readonly actions: Readonly<Record<string, ActionContract>>
  readonly language: FlowLanguage
  /** The longest text that each channel takes, in characters. */
  readonly channelLimits?: Readonly<Record<string, number>>
}

/** Flows that may run, or everything that is wrong with them. */
export type Loaded =
  | { readonly type: 'loaded'; readonly flows: FlowSet }
  | { readonly type: 'broken'; readonly problems: readonly Problem[] }

const CHANNEL_LIMITS: Readonly<Record<string, number>> = { telegram: 4096 }

/** Reads, checks and compiles every flow. All problems are reported at once; a broken flow never runs. */
export function loadFlows(sources: FlowSources): Loaded {
  const { flows: files, system, systemPath, problems, whole } = readFiles(sources.files)
  if (system === undefined || !whole) return { type: 'broken', problems }
  const { actions, language, channelLimits = CHANNEL_LIMITS } = sources
  const draft = createDraft({ files, systemPath, system, actions, language, channelLimits })
  // What a file with unreadable steps seems to break besides is only a consequence.
  const unread = new Set(problems.map(({ file }) => file))
  const unsound = allChecks.flatMap((check) => check(draft)).filter(({ file }) => !unread.has(file))
  const found = [...problems, ...unsound]
  if (found.length > 0) return { type: 'broken', problems: found }
  const given = new Map([...dataFlow(draft)].map(([path, facts]) => [path, [...facts.keys()]]))
  const write = createWrite({ yes: system.words.yes.label, no: system.words.no.label })
  return { type: 'loaded', flows: compile({ files, system, given, language, write }) }
}
