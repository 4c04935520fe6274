import type { ChooseRowStep, ChooseStep, Flow, Step } from './flow-set.ts'

const LABEL_LENGTH = 40

interface Arrow {
  readonly to: string
  readonly label: string
}

/** A flow as a Mermaid flowchart: each kind of step has a shape of its own, other flows are circles. */
export function drawFlow(flow: Flow): string {
  const steps = [...flow.steps.values()]
  const arrows = steps.flatMap((step) => arrowsOf(step).map((arrow) => ({ ...arrow, from: step.path })))
  const others = new Set(arrows.map(({ to }) => to).filter((to) => !steps.some(({ path }) => path === to)))
  return [
    'flowchart TD',
    `  %% ${flow.title.replace(/\s+/g, ' ')}`,
    `  begin((("${escaped(flow.title)}"))) --> ${nodeId(flow.start)}`,
    ...steps.map((step) => `  ${nodeId(step.path)}${shape(step)}`),
    ...[...others].map((path) => `  ${nodeId(path)}(("${escaped(path)}"))`),
    ...arrows.map(({ from, to, label }) => `  ${nodeId(from)} -->${labelled(label)} ${nodeId(to)}`),
    '',
  ].join('\n')
}

function shape(step: Step): string {
  switch (step.kind) {
    case 'say':
      return `["${short(step.text.source)}"]`
    case 'ask':
      return `[/"${short(step.text.source)}"/]`
    case 'choose':
    case 'choose_row':
      return `{"${short(step.text.source)}"}`
    case 'do':
      return `[["${short(step.action)}"]]`
    case 'handoff':
      return `>"${short(step.office)}"]`
    case 'end':
      return `(["${short(step.spoken?.text.source ?? step.id)}"])`
  }
}

function arrowsOf(step: Step): readonly Arrow[] {
  switch (step.kind) {
    case 'say':
    case 'ask':
      return [{ to: step.next, label: '' }]
    case 'choose':
      return [...step.options.map(({ to, label }) => ({ to, label })), ...otherwise(step)]
    case 'choose_row':
      return [{ to: step.next, label: step.from }, { to: step.empty, label: 'empty' }, ...otherwise(step)]
    case 'do':
      return [...step.outcomes].map(([label, to]) => ({ to, label }))
    case 'handoff':
      return step.next === undefined ? [] : [{ to: step.next, label: '' }]
    case 'end':
      return []
  }
}

function otherwise({ otherwise: way }: ChooseStep | ChooseRowStep): readonly Arrow[] {
  return way === undefined ? [] : [{ to: way.to, label: 'otherwise' }]
}

/** "end" is a word of Mermaid's own, so no id is a bare step name. */
function nodeId(path: string): string {
  return `s_${path.replace('/', '__').replaceAll('-', '_')}`
}

function labelled(label: string): string {
  return label === '' ? '' : `|"${short(label)}"|`
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return escaped(line.length > LABEL_LENGTH ? `${line.slice(0, LABEL_LENGTH - 1).trimEnd()}…` : line)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', '&#96;')
}
