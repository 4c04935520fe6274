import type { Scalar, Value } from './action.ts'
import type { AskStep, ChooseRowStep, Step } from './flow-set.ts'
import { forgetPlace, keepPlace, resumePlace } from './keep-place.ts'
import { currentStep, leadWithText, type Play, update } from './play.ts'
import { askAgain, openPicks } from './question.ts'
import { rowsOf } from './rows.ts'
import type { Candidate, Goal, Pending } from './session.ts'
import { goOn, open, openMenu, repeat } from './walk.ts'

const YES = '1'

/** Answers the open question by one of its keys. False when the question has no such key. */
export function pick(play: Play, key: string): boolean {
  if (!openPicks(play).some((candidate) => candidate.key === key)) return false
  const { pending } = play.session
  const step = currentStep(play)
  if (key === 'resume') return resumePlace(play)
  if (key === '0') openPerson(play)
  else if (pending !== null) pickAside(play, pending, key)
  else if (step !== undefined) pickOfStep(play, step, key)
  return true
}

/** Takes the person to the flow in which they reach an officer. */
export function openPerson(play: Play): void {
  update(play, { misses: 0 })
  const to = play.flows.system.goesTo.petugas
  keepPlace(play, to)
  open(play, to)
}

/** Keeps an answer and goes on. The name with `_label` holds the answer as it is shown. */
export function accept(play: Play, step: AskStep, answer: Candidate): void {
  const saved: Record<string, Scalar> = {
    [step.save]: answer.value,
    [`${step.save}_label`]: answer.label,
  }
  for (const [name, value] of Object.entries(answer.extra ?? {})) saved[`${step.save}_${name}`] = value
  if (step.photo !== undefined) saved[step.photo] = answer.photo ?? ''
  goOn(play, step.next, saved, step.secret)
}

/** Drops a side question and asks the step's own again; the menu when nothing else is open. */
export function dropAside(play: Play): void {
  update(play, { pending: null, misses: 0 })
  if (play.session.flow === null) openMenu(play)
  else if (currentStep(play)?.kind === 'do') repeat(play)
  else askAgain(play, { fresh: true })
}

function pickAside(play: Play, pending: Pending, key: string): void {
  const index = Number(key) - 1
  update(play, { misses: 0 })
  switch (pending.type) {
    case 'answer': {
      const step = currentStep(play)
      const declined = pending.candidates.length === 1 && key !== YES
      const answer = declined ? undefined : pending.candidates[index]
      if (step?.kind === 'ask' && answer !== undefined) accept(play, step, answer)
      else dropAside(play)
      return
    }
    case 'goals': {
      const goal = pending.goals[index]
      if (goal === undefined) openMenu(play)
      else openGoal(play, goal)
      return
    }
    case 'sure':
      if (key === YES) openGoal(play, pending.goal)
      else dropAside(play)
      return
    case 'stuck':
      if (key === YES) dropAside(play)
      else if (key === '2') openPerson(play)
      else openMenu(play)
      return
    case 'extra': {
      const step = currentStep(play)
      if (key === YES || step?.kind !== 'ask') openGoal(play, pending.goal)
      else accept(play, step, pending.answer)
      return
    }
    case 'cancel':
      if (key === YES) cancel(play)
      else dropAside(play)
      return
  }
}

/** Opens the step that a text was taken to mean, with the text where the step goes on with it. */
export function openGoal(play: Play, { to, utterance }: Goal): void {
  keepPlace(play, to)
  open(play, to, utterance === undefined ? {} : { utterance })
}

/** Gives up what is open, and offers the menu. */
export function cancel(play: Play): void {
  forgetPlace(play)
  leadWithText(play, 'cancelled')
  openMenu(play)
}

function pickOfStep(play: Play, step: Step, key: string): void {
  if (step.kind === 'ask') {
    pickOfAsk(play, step, key)
    return
  }
  if (step.kind === 'choose_row') {
    pickRow(play, step, key)
    return
  }
  const option = step.kind === 'choose' ? step.options[Number(key) - 1] : undefined
  if (option !== undefined) goOn(play, option.to, option.save)
}

function pickOfAsk(play: Play, step: AskStep, key: string): void {
  const { yes, no, skip } = play.flows.system.words
  if (key === 'skip') {
    accept(play, step, { value: null, label: skip.label })
    return
  }
  accept(play, step, { value: key === YES, label: key === YES ? yes.label : no.label })
}

function pickRow(play: Play, step: ChooseRowStep, key: string): void {
  if (key === 'more' || key === 'previous') {
    turnPage(play, key)
    return
  }
  const row = rowsOf(play.session.values[step.from])[Number(key) - 1]
  const saved: Record<string, Value> = {}
  for (const [name, field] of step.save) saved[name] = row?.[field] ?? null
  goOn(play, step.next, saved)
}

function turnPage(play: Play, key: 'more' | 'previous'): void {
  const { page } = play.session
  update(play, { page: key === 'more' ? page + 1 : page - 1, misses: 0 })
  askAgain(play)
}
