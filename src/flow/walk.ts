import type { Value, Values } from './action.ts'
import type { ChooseRowStep, DoStep, Step } from './flow-set.ts'
import { MAX_CALLS_A_TURN, MAX_STEPS_A_TURN, MAX_TRAIL } from './limits.ts'
import { close, currentStep, type Play, picturesOf, save, speak, tell, update } from './play.ts'
import { askAgain } from './question.ts'
import { rowsOf } from './rows.ts'
import { targetPath } from './target.ts'

/** Opens a step afresh, with nothing left of what was open before. */
export function open(play: Play, to: string, values: Values = {}): void {
  const { misses } = play.session
  close(play)
  update(play, { misses, values })
  enter(play, to)
}

/** Opens the main menu. */
export function openMenu(play: Play): void {
  open(play, play.flows.system.goesTo.menu)
}

/** Takes the person from where they wait to another step, keeping what they answered. */
export function goOn(play: Play, to: string, saved: Values, secret = false): void {
  const { step, trail } = play.session
  const kept = trail.length >= MAX_TRAIL ? trail.slice(1) : trail
  update(play, { trail: step === null ? kept : [...kept, { step, saved: [] }], misses: 0, pending: null })
  save(play, saved, secret)
  enter(play, to)
}

/** Walks from a step on, until it waits for the person, calls an action or ends. Throws on an endless loop. */
export function enter(play: Play, to: string): void {
  let next: string | undefined = to
  for (let count = 0; next !== undefined; count++) {
    if (count >= MAX_STEPS_A_TURN)
      throw new Error(`more than ${MAX_STEPS_A_TURN} steps in a turn, at ${next}`)
    const step: Step = stepAt(play, next)
    arrive(play, step)
    next = pass(play, step)
  }
}

/** Asks the open question again; an action that was being called is called again. */
export function repeat(play: Play): void {
  const step = currentStep(play)
  if (step?.kind === 'do' && play.session.pending === null) enter(play, step.path)
  else askAgain(play)
}

function stepAt(play: Play, path: string): Step {
  const { steps, flows } = play.flows
  const step = steps.get(path) ?? steps.get(targetPath(path, '', (name) => aliased(flows.get(name))))
  if (step === undefined) throw new Error(`there is no step ${path}`)
  return step
}

function aliased(flow: { start: string; steps: { has(id: string): boolean } } | undefined) {
  return flow === undefined ? undefined : { ...flow, start: flow.start.slice(flow.start.indexOf('/') + 1) }
}

function arrive(play: Play, step: Step): void {
  play.visited.push(step.path)
  const flow = play.flows.flows.get(step.flow)
  if (flow === undefined) throw new Error(`there is no flow ${step.flow}`)
  const place = { flow: step.flow, step: step.id, hash: flow.hash, page: 0 }
  const { session } = play
  if (session.kept?.flow === step.flow) update(play, { kept: null })
  if (session.flow === step.flow) update(play, place)
  else if (session.flow !== null && flow.start === step.path) {
    // A flow entered at its start begins with nothing, as it does when its name is typed.
    update(play, { ...place, trail: [], values: {}, secrets: [] })
  } else update(play, { ...place, trail: [] })
}

function pass(play: Play, step: Step): string | undefined {
  switch (step.kind) {
    case 'say':
      tell(play, speak(play, step), picturesOf(play, step))
      return step.next
    case 'ask':
    case 'choose':
      return wait(play, step)
    case 'choose_row':
      return isEmpty(play, step) ? step.empty : wait(play, step)
    case 'do':
      return call(play, step)
    case 'handoff':
      play.handoff = { office: step.office }
      if (step.spoken !== undefined) tell(play, speak(play, step.spoken))
      if (step.next === undefined) close(play)
      return step.next
    case 'end':
      if (step.spoken !== undefined) tell(play, speak(play, step.spoken))
      close(play)
      return undefined
  }
}

function wait(play: Play, step: Parameters<typeof picturesOf>[1]): undefined {
  update(play, { calls: 0, pending: null })
  // Whoever is asked again has the pictures already.
  askAgain(play, { fresh: true, ...picturesOf(play, step) })
}

function isEmpty(play: Play, step: ChooseRowStep): boolean {
  return rowsOf(play.session.values[step.from]).length === 0
}

function call(play: Play, step: DoStep): undefined {
  const { calls, values } = play.session
  if (calls >= MAX_CALLS_A_TURN)
    throw new Error(`more than ${MAX_CALLS_A_TURN} actions in a row, at ${step.path}`)
  const input: Record<string, Value> = {}
  for (const [key, source] of step.inputs) {
    const value = 'name' in source ? values[source.name] : source.literal
    if (value !== undefined) input[key] = value
  }
  update(play, { calls: calls + 1, pending: null })
  play.call = { action: step.action, input }
}
