import { parseDocument } from 'yaml'
import { type FlowFile, flowHeadSchema, type StepFile, stepSchemaOf } from './flow-file.ts'
import type { Problem } from './problem.ts'
import { type SystemFile, systemFileSchema } from './system-file.ts'

const UNREAD: StepFile = { kind: 'handoff', handoff: 'unread' }

/** A file as it was found. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What could be read of the files, and what could not. */
export interface ReadFiles {
  readonly flows: readonly FlowFile[]
  readonly system: SystemFile | undefined
  readonly systemPath: string
  readonly problems: readonly Problem[]
  /** Whether every file could be read at least in part, so that the ways between them can be checked. */
  readonly whole: boolean
}

/** Whether a file under `flows/` holds a flow: scripts, example sentences and content do not. */
function isFlowPath(path: string): boolean {
  const name = nameOf(path)
  return (
    name.endsWith('.yaml') &&
    !name.endsWith('.test.yaml') &&
    name !== 'intents.yaml' &&
    !path.includes('content/')
  )
}

/** Reads flow files and the system file; every problem names its step. */
export function readFiles(files: readonly SourceFile[]): ReadFiles {
  const problems: Problem[] = []
  const flows: FlowFile[] = []
  let system: SystemFile | undefined
  const sources = files.filter(({ path }) => isFlowPath(path))
  const systemPath = sources.find(({ path }) => nameOf(path) === 'system.yaml')?.path ?? 'flows/system.yaml'
  for (const source of sources) {
    const raw = readYaml(source, problems)
    if (raw === undefined) continue
    if (source.path === systemPath) system = readSystem(source.path, raw, problems)
    else {
      const flow = readFlow(source, raw, problems)
      if (flow !== undefined) flows.push(flow)
    }
  }
  const whole = flows.length + 1 === sources.length
  const isThere = sources.some(({ path }) => path === systemPath)
  if (!isThere) problems.push({ file: systemPath, step: '', what: 'the file is missing' })
  return { flows, system, systemPath, problems, whole }
}

function readYaml({ path, text }: SourceFile, problems: Problem[]): unknown {
  const document = parseDocument(text, { prettyErrors: true })
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1
    problems.push({
      file: path,
      step: '',
      what: `line ${line}: ${error.message.split('\n')[0] ?? error.code}`,
    })
  }
  return document.errors.length > 0 ? undefined : document.toJS()
}

function readSystem(path: string, raw: unknown, problems: Problem[]): SystemFile | undefined {
  const read = systemFileSchema.safeParse(raw)
  if (read.success) return read.data
  for (const issue of read.error.issues) problems.push({ file: path, step: '', what: issueText(issue) })
  return undefined
}

function readFlow({ path }: SourceFile, raw: unknown, problems: Problem[]): FlowFile | undefined {
  const head = flowHeadSchema.safeParse(raw)
  if (!head.success) {
    for (const issue of head.error.issues) {
      const [first, id] = issue.path
      const inStep = first === 'steps' && typeof id === 'string'
      problems.push({ file: path, step: inStep ? id : '', what: issueText(issue, inStep ? 2 : 0) })
    }
    return undefined
  }
  const steps = new Map<string, StepFile>()
  for (const [id, rawStep] of Object.entries(head.data.steps)) {
    const step = readStep(path, id, rawStep, problems)
    // A step in its place keeps one broken step from looking like many broken ways to it.
    steps.set(id, step ?? UNREAD)
  }
  // The hash must not change with comments, blanks or the order of what cannot be seen.
  return { ...head.data, file: path, source: JSON.stringify(raw), steps }
}

function readStep(file: string, id: string, raw: unknown, problems: Problem[]): StepFile | undefined {
  const schema = stepSchemaOf(raw)
  if (schema === undefined) {
    problems.push({ file, step: id, what: 'is none of say, ask, choose, do, handoff and end' })
    return undefined
  }
  const read = schema.safeParse(raw)
  if (read.success) return read.data
  for (const issue of read.error.issues) problems.push({ file, step: id, what: issueText(issue) })
  return undefined
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function issueText({ path, message }: Issue, skip = 0): string {
  const where = path.slice(skip).map(String).join('.')
  return where === '' ? message : `${where}: ${message}`
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
