import type { Compiling } from './compile-system.ts'
import type { StepFile } from './flow-file.ts'
import type { ChooseStep, Pick, Spoken, Step, System } from './flow-set.ts'
import { DEFAULT_PAGE_SIZE } from './limits.ts'
import { personPick, pickList } from './pick-list.ts'
import { type Lines, parseTemplate } from './template.ts'

/** Where a step stands, and what it needs to be compiled. */
export interface CompilingStep extends Compiling {
  readonly id: string
  readonly flow: string
  readonly system: System
}

/** Makes one step ready to run. */
export function compileStep(step: StepFile, at: CompilingStep): Step {
  const placed = { id: at.id, flow: at.flow, path: `${at.flow}/${at.id}` }
  const to = (target: string) => at.resolve(target, at.flow)
  switch (step.kind) {
    case 'say':
      return {
        kind: 'say',
        ...placed,
        ...spoken(step.say, step.lines),
        media: step.media ?? [],
        next: to(step.next),
      }
    case 'ask':
      return {
        kind: 'ask',
        ...placed,
        ...spoken(step.ask, step.lines),
        as: step.as,
        save: step.save,
        secret: step.secret,
        optional: step.optional,
        invalid: step.invalid === undefined ? undefined : parseTemplate(step.invalid),
        next: to(step.next),
      }
    case 'choose':
      return { ...placed, ...spoken(step.choose, step.lines), ...compileOptions(step.options, at) }
    case 'choose_row':
      return {
        kind: 'choose_row',
        ...placed,
        ...spoken(step.choose, step.lines),
        from: step.from,
        label: parseTemplate(step.label),
        save: Object.entries(step.save),
        next: to(step.next),
        empty: to(step.empty),
        page: step.page ?? DEFAULT_PAGE_SIZE,
      }
    case 'do':
      return {
        kind: 'do',
        ...placed,
        action: step.do,
        inputs: Object.entries(step.with).map(([key, from]) => [
          key,
          typeof from === 'string' ? { name: from } : from,
        ]),
        outcomes: new Map(Object.entries(step.outcomes).map(([outcome, target]) => [outcome, to(target)])),
      }
    case 'handoff':
      return {
        kind: 'handoff',
        ...placed,
        office: step.handoff,
        spoken: step.say === undefined ? undefined : spoken(step.say, step.lines),
        next: step.next === undefined ? undefined : to(step.next),
      }
    case 'end':
      return {
        kind: 'end',
        ...placed,
        spoken: step.end === true ? undefined : spoken(step.end, step.lines),
      }
  }
}

function spoken(text: string, lines: Readonly<Record<string, string>> = {}): Spoken {
  const compiled: Record<string, ReturnType<typeof parseTemplate>> = {}
  for (const [name, line] of Object.entries(lines)) compiled[name] = parseTemplate(line)
  const all: Lines = compiled
  return { text: parseTemplate(text), lines: all }
}

type Options = Extract<StepFile, { kind: 'choose' }>['options']

function compileOptions(options: Options, at: CompilingStep) {
  const { person } = at.system.words
  const compiled = options.map(({ label, goes_to, save }) => ({
    label,
    to: at.resolve(goes_to, at.flow),
    save,
  }))
  const picks: Pick[] = compiled.map(({ label }, index) => ({ key: String(index + 1), label }))
  if (!compiled.some(({ to }) => to === at.system.goesTo.petugas)) picks.push(personPick(person))
  const exact = new Map<string, string>([...person.words].map((word) => [word, '0']))
  for (const [index, option] of options.entries()) {
    for (const word of [option.label, ...option.words]) exact.set(at.fold(word), String(index + 1))
  }
  return {
    kind: 'choose' as const,
    options: compiled,
    labels: compiled.map(({ label }) => label),
    picks,
    list: pickList(picks),
    exact,
  } satisfies Partial<ChooseStep>
}
