import type { Compiling } from './compile-system.ts'
import type { StepFile } from './flow-file.ts'
import type { ChooseStep, DoStep, Otherwise, Pick, Spoken, Step, System } from './flow-set.ts'
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
        ...{ kind: 'say', ...placed, ...spoken(step.say, step.lines), picture: step.picture },
        next: to(step.next),
      }
    case 'ask':
      return { ...placed, ...compileAsk(step, to), next: to(step.next) }
    case 'choose':
      return {
        ...{ ...placed, ...spoken(step.choose, step.lines), ...compileOptions(step.options, at) },
        picture: step.picture,
        otherwise: compileOtherwise(step, to),
      }
    case 'choose_row':
      return { ...placed, ...compileRow(step, to), next: to(step.next), empty: to(step.empty) }
    case 'do':
      return { ...placed, ...compileDo(step, to) }
    case 'handoff': {
      const text = step.say === undefined ? undefined : spoken(step.say, step.lines)
      const next = step.next === undefined ? undefined : to(step.next)
      return { kind: 'handoff', ...placed, office: step.handoff, spoken: text, next }
    }
    case 'end': {
      const text = step.end === true ? undefined : spoken(step.end, step.lines)
      return { kind: 'end', ...placed, spoken: text }
    }
  }
}

type Of<Kind extends StepFile['kind']> = Extract<StepFile, { kind: Kind }>

function compileAsk(step: Of<'ask'>, to: (target: string) => string) {
  const { ask, lines, picture, as, save, secret, optional, extra, photo, figures, invalid } = step
  const problems = new Map(Object.entries(step.problems).map(([problem, target]) => [problem, to(target)]))
  const override = invalid === undefined ? undefined : parseTemplate(invalid)
  return {
    kind: 'ask' as const,
    ...spoken(ask, lines),
    ...{ picture, as, save, secret, optional, extra, photo, figures, invalid: override, problems },
  }
}

function compileOtherwise(
  { otherwise }: Of<'choose' | 'choose_row'>,
  to: (target: string) => string,
): Otherwise | undefined {
  if (otherwise === undefined) return undefined
  const { save, goes_to, own } = otherwise
  const named = typeof own === 'boolean' ? [] : own.map(to)
  return { save, to: to(goes_to), isOwn: own === true, own: new Set(named) }
}

function compileRow(step: Of<'choose_row'>, to: (target: string) => string) {
  const { choose, lines, picture, from, label, words, save, page = DEFAULT_PAGE_SIZE } = step
  return {
    kind: 'choose_row' as const,
    ...spoken(choose, lines),
    picture,
    from,
    label: parseTemplate(label),
    words,
    save: Object.entries(save),
    page,
    otherwise: compileOtherwise(step, to),
  }
}

function compileDo(step: Of<'do'>, to: (target: string) => string) {
  return {
    kind: 'do' as const,
    action: step.do,
    inputs: Object.entries(step.with).map(([key, from]): DoStep['inputs'][number] => [
      key,
      typeof from === 'string' ? { name: from } : from,
    ]),
    outcomes: new Map(Object.entries(step.outcomes).map(([outcome, target]) => [outcome, to(target)])),
  }
}

function spoken(text: string, lines: Readonly<Record<string, string>> = {}): Spoken {
  const compiled: Record<string, ReturnType<typeof parseTemplate>> = {}
  for (const [name, line] of Object.entries(lines)) compiled[name] = parseTemplate(line)
  const all: Lines = compiled
  return { text: parseTemplate(text), lines: all }
}

function compileOptions(options: Of<'choose'>['options'], at: CompilingStep) {
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
  const { yes, no } = at.system.words
  const yesKey = keyOf(exact, yes.words)
  const noKey = keyOf(exact, no.words)
  return {
    kind: 'choose' as const,
    words: options.flatMap((option, index) => option.words.map((word) => [word, String(index + 1)] as const)),
    yesNo:
      yesKey === undefined || noKey === undefined || yesKey === noKey
        ? undefined
        : { yes: yesKey, no: noKey },
    options: compiled,
    labels: compiled.map(({ label }) => label),
    picks,
    list: pickList(picks),
    exact,
  } satisfies Partial<ChooseStep>
}

function keyOf(exact: ReadonlyMap<string, string>, words: ReadonlySet<string>): string | undefined {
  return [...words].map((word) => exact.get(word)).find((key) => key !== undefined)
}
