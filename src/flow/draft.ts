import type { ActionContract } from './action.ts'
import { type WayOut, waysOut } from './edges.ts'
import type { FlowFile, StepFile } from './flow-file.ts'
import type { FlowLanguage } from './flow-set.ts'
import type { Problem } from './problem.ts'
import type { SystemFile } from './system-file.ts'
import { targetPath } from './target.ts'

/** A way out with the path it leads to. */
export interface Edge extends WayOut {
  readonly to: string
}

/** A step in the graph of all flows. */
export interface Node {
  readonly path: string
  readonly file: string
  readonly flow: string
  readonly id: string
  readonly step: StepFile
  readonly edges: readonly Edge[]
}

/** Flows that can be read but may still be unsound: what every check looks at. */
export interface Draft {
  readonly files: readonly FlowFile[]
  readonly systemPath: string
  readonly system: SystemFile
  readonly actions: Readonly<Record<string, ActionContract>>
  readonly language: FlowLanguage
  readonly channelLimits: Readonly<Record<string, number>>
  readonly nodes: ReadonlyMap<string, Node>
  /** Steps that may be opened with nothing before them, and the values they are then given. */
  readonly entrances: ReadonlyMap<string, readonly string[]>
  readonly resolve: (target: string, flow: string) => string
  readonly fold: (text: string) => string
}

/** One rule of sound flows: it reports every place that breaks it. */
export type Check = (draft: Draft) => readonly Problem[]

/** A problem at a step. */
export function at(node: Node, what: string): Problem {
  return { file: node.file, step: node.id, what }
}

/** Puts flows and system file together into the graph that the checks look at. */
export function createDraft(parts: Omit<Draft, 'nodes' | 'entrances' | 'resolve' | 'fold'>): Draft {
  const byName = new Map(parts.files.map((file) => [file.flow, file]))
  const resolve = (target: string, flow: string) => targetPath(target, flow, (name) => byName.get(name))
  return {
    ...parts,
    resolve,
    fold: (text) => parts.language.normalise(text).text,
    nodes: nodesOf(parts.files, resolve),
    entrances: entrancesOf(parts.files, parts.system, resolve),
  }
}

type Resolve = Draft['resolve']

function nodesOf(files: readonly FlowFile[], resolve: Resolve): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>()
  for (const { file, flow, steps } of files) {
    for (const [id, step] of steps) {
      const edges = waysOut(step).map((way) => ({ ...way, to: resolve(way.target, flow) }))
      nodes.set(`${flow}/${id}`, { path: `${flow}/${id}`, file, flow, id, step, edges })
    }
  }
  return nodes
}

function entrancesOf(files: readonly FlowFile[], system: SystemFile, resolve: Resolve) {
  const entrances = new Map<string, readonly string[]>()
  for (const { flow, entrances: given, opens_with_number } of files) {
    for (const id of Object.values(opens_with_number)) entrances.set(`${flow}/${id}`, ['utterance'])
    for (const [id, names] of Object.entries(given)) entrances.set(`${flow}/${id}`, names)
  }
  for (const { flow, start } of files) entrances.set(`${flow}/${start}`, [])
  for (const { target, given } of systemTargets(system)) entrances.set(resolve(target, ''), given)
  return entrances
}

/** A step that the system file leads to, where it says so, and the values that the step is given. */
export interface SystemTarget {
  readonly where: string
  readonly target: string
  readonly given: readonly string[]
}

/** Every step that commands, intents and topics lead to. */
export function systemTargets(system: SystemFile): readonly SystemTarget[] {
  const { menu, petugas, berhenti, cek_bot } = system.commands
  return [
    { where: 'commands.menu', target: menu.goes_to, given: [] },
    { where: 'commands.petugas', target: petugas.goes_to, given: [] },
    { where: 'commands.berhenti', target: berhenti.goes_to, given: [] },
    { where: 'commands.cek_bot', target: cek_bot.goes_to, given: [] },
    ...goals('intents', system.intents),
    ...goals('topics', system.topics),
  ]
}

function goals(where: string, named: SystemFile['intents']): readonly SystemTarget[] {
  return Object.entries(named).flatMap(([name, { goes_to, told }]) => [
    { where: `${where}.${name}`, target: goes_to, given: [] },
    ...(told === undefined
      ? []
      : [{ where: `${where}.${name}.told`, target: told.goes_to, given: ['utterance'] }]),
  ])
}
