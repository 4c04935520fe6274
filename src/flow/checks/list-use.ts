import { dataFlow, type Fact, type Facts } from '../data-flow.ts'
import { at, type Check, type Node } from '../draft.ts'
import type { Problem } from '../problem.ts'
import { textsOf } from '../step-texts.ts'
import { parseTemplate } from '../template.ts'

/** A choice from a list has a list to choose from, and names fields that its rows have. */
export const listNotSet: Check = (draft) => {
  const flow = dataFlow(draft)
  return [...draft.nodes.values()].flatMap((node) => {
    const facts = flow.get(node.path)
    const { step } = node
    if (step.kind !== 'choose_row' || facts === undefined) return []
    const fact = facts.get(step.from)
    if (fact === undefined) return [at(node, `list "${step.from}" is not set on every way here`)]
    if (!mayBeList(fact)) return [at(node, `"${step.from}" is not a list`)]
    const words = step.words === undefined ? [] : [step.words]
    const fields = [...parseTemplate(step.label).names, ...words, ...Object.values(step.save)]
    return unknownFields(node, step.from, fact, fields)
  })
}

/** A list in a text has a template for its lines, and only lists have one. */
export const linesOfList: Check = (draft) => {
  const flow = dataFlow(draft)
  return [...draft.nodes.values()].flatMap((node) => {
    const facts = flow.get(node.path)
    if (facts === undefined) return []
    return textsOf(node.step).flatMap(({ text, lines }) => [
      ...listsWithoutLines(node, facts, parseTemplate(text).names, lines),
      ...Object.entries(lines).flatMap(([name, line]) => linesProblems(node, facts, text, name, line)),
    ])
  })
}

function listsWithoutLines(
  node: Node,
  facts: Facts,
  names: readonly string[],
  lines: Readonly<Record<string, string>>,
): readonly Problem[] {
  return names
    .filter((name) => facts.get(name)?.types.has('array') === true && lines[name] === undefined)
    .map((name) => at(node, `{{${name}}} is a list: say under "lines" how a row of it is written`))
}

function linesProblems(
  node: Node,
  facts: Facts,
  text: string,
  name: string,
  line: string,
): readonly Problem[] {
  if (!parseTemplate(text).names.includes(name)) return [at(node, `lines.${name} is not used in the text`)]
  const fact = facts.get(name)
  if (fact === undefined) return []
  if (!mayBeList(fact)) return [at(node, `lines.${name}: "${name}" is not a list`)]
  return unknownFields(node, name, fact, parseTemplate(line).names)
}

function mayBeList({ types }: Fact): boolean {
  return types.size === 0 || types.has('array')
}

function unknownFields(node: Node, list: string, fact: Fact, names: readonly string[]): readonly Problem[] {
  const { fields } = fact
  if (fields === undefined) return []
  return [...new Set(names)]
    .filter((name) => !fields.has(name))
    .map((name) => at(node, `rows of "${list}" have no field "${name}"`))
}
