import type { Draft, Edge, Node } from './draft.ts'
import { anyShape, askShape, type Shape, shapesOf, unite } from './value-shape.ts'

/** What is known of a name at a step: what may be in it, and whether it may hold a secret answer. */
export interface Fact extends Shape {
  readonly secret: boolean
}

/** The names that every way to a step has set. */
export type Facts = ReadonlyMap<string, Fact>

const NOTHING: Facts = new Map()
/** What an answer of some kinds holds besides its value, kept as `<save>_<part>`. */
const partsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  location: { latitude: 'number', longitude: 'number' },
  kelurahan: { code: 'string', name: 'string', district: 'string' },
}

const text: Shape = { types: new Set(['string']) }

/** For each step that can be reached, what is set on every way there. Grows poorer until nothing changes. */
export function dataFlow(draft: Draft): ReadonlyMap<string, Facts> {
  const known = new Map<string, Facts>()
  const queue: string[] = []
  const arrive = (path: string, facts: Facts) => {
    const before = known.get(path)
    const after = before === undefined ? facts : meet(before, facts)
    if (before !== undefined && isSame(before, after)) return
    known.set(path, after)
    queue.push(path)
  }
  for (const [path, names] of draft.entrances) {
    arrive(path, new Map(names.map((name) => [name, { ...anyShape, secret: false }])))
  }
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const node = draft.nodes.get(path)
    const facts = known.get(path) ?? NOTHING
    for (const edge of node?.edges ?? []) {
      if (node !== undefined && draft.nodes.has(edge.to)) arrive(edge.to, leave(draft, node, edge, facts))
    }
  }
  return known
}

function leave(draft: Draft, node: Node, edge: Edge, facts: Facts): Facts {
  const set = setOnTheWay(draft, node, edge)
  return set.length === 0 ? facts : new Map([...facts, ...set])
}

type Setting = readonly [name: string, fact: Fact]

function setOnTheWay(draft: Draft, { step }: Node, edge: Edge): readonly Setting[] {
  if (edge.via === 'otherwise' && 'otherwise' in step && step.otherwise !== undefined) {
    return [[step.otherwise.save, { ...text, secret: false }]]
  }
  switch (step.kind) {
    case 'ask': {
      // A problem leads on without an answer.
      if (edge.via !== 'next') return []
      const { secret, save, photo } = step
      // A skipped answer has no parts.
      const parts = step.optional ? [] : Object.entries(partsOf[step.as] ?? {})
      return [
        [save, { ...askShape(step), secret }],
        [`${save}_label`, { ...text, secret }],
        ...parts.map(([part, type]): Setting => [`${save}_${part}`, { types: new Set([type]), secret }]),
        ...(photo === undefined ? [] : [[photo, { ...text, secret: false }] satisfies Setting]),
      ]
    }
    case 'choose': {
      const option = step.options.find(({ label }) => label === edge.via)
      return Object.entries(option?.save ?? {}).map(([name, value]) => [
        name,
        { types: new Set([typeof value]), secret: false },
      ])
    }
    case 'choose_row':
      if (edge.via === 'empty') return []
      return Object.keys(step.save).map((name) => [name, { ...anyShape, secret: false }])
    case 'do': {
      const outcome = draft.actions[step.do]?.outcomes[edge.via]
      if (outcome === undefined) return []
      return [...shapesOf(outcome, 'output')]
        .filter(([, { required }]) => required)
        .map(([name, { types, fields }]) => [name, { types, fields, secret: false }])
    }
    default:
      return []
  }
}

function meet(one: Facts, other: Facts): Facts {
  const both = new Map<string, Fact>()
  for (const [name, fact] of one) {
    const twin = other.get(name)
    if (twin !== undefined) both.set(name, { ...unite([fact, twin]), secret: fact.secret || twin.secret })
  }
  return both
}

function isSame(one: Facts, other: Facts): boolean {
  if (one.size !== other.size) return false
  return [...one].every(([name, fact]) => {
    const twin = other.get(name)
    return (
      twin !== undefined &&
      twin.secret === fact.secret &&
      twin.types.size === fact.types.size &&
      (twin.fields?.size ?? -1) === (fact.fields?.size ?? -1)
    )
  })
}
