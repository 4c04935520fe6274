import { runCommand } from './commands.ts'
import { flowOf } from './flow-of.ts'
import type { Intent } from './flow-set.ts'
import { numberedStep } from './numbered-step.ts'
import { openGoal } from './pick.ts'
import { currentStep, type Play, update } from './play.ts'
import { askAside } from './question.ts'
import type { Goal } from './session.ts'

const MAX_GUESSES = 3

/** Follows a text that clearly means another flow or a mistyped command. False when it does not. */
export function goElsewhere(play: Play, text: string, folded: string): boolean {
  const named = play.flows.opens.get(folded)
  if (named !== undefined) return follow(play, { to: named, title: '' }, false)
  if (runNearCommand(play, folded)) return true
  const intent = clearIntent(play, text)
  if (intent === undefined || speaksOfTheQuestion(play, intent)) return false
  return follow(play, goalOf(play, intent, text), intent.sure)
}

/** Follows a word that opens a step together with the number behind it, such as "daftar 12". False when it is none. */
export function goByNumber(play: Play, folded: string): boolean {
  const found = numberedStep(play.flows, folded)
  if (found === undefined) return false
  update(play, { misses: 0, pending: null })
  openGoal(play, { to: found.to, title: '', utterance: found.digits })
  return true
}

/** Opens the flow that a text is the word of, whatever else it could answer. False when it is none. */
export function goByWord(play: Play, folded: string): boolean {
  const to = play.flows.opens.get(folded)
  if (to === undefined) return false
  update(play, { misses: 0, pending: null })
  openGoal(play, { to, title: '' })
  return true
}

/** Where a text clearly wants to go, when that is another flow than the open one. */
export function clearGoal(play: Play, text: string): Goal | undefined {
  const intent = clearIntent(play, text)
  return intent === undefined || speaksOfTheQuestion(play, intent) ? undefined : goalOf(play, intent, text)
}

/** A sentence that says more than what it wants is taken along, for a step that goes on with it. */
function goalOf(play: Play, { to, title, told }: Intent, text: string): Goal {
  const { language } = play.flows
  if (told === undefined || language.normalise(text).tokens.length < told.words) return { to, title }
  return { to: told.to, title, utterance: text.toWellFormed().trim() }
}

/** A topic is clear by its words, even where the intent around it is not. */
function clearIntent(play: Play, text: string): Intent | undefined {
  const { language, topics, intents } = play.flows
  const understood = language.understand(text)
  const topic = topics.get(language.topicOf(understood) ?? '')
  return topic ?? (understood.decision === 'act' ? intents.get(understood.intent) : undefined)
}

/** Asks which of some flows a text means. False when it could mean none of them. */
export function guessElsewhere(play: Play, text: string): boolean {
  const understood = play.flows.language.understand(text)
  if (understood.decision !== 'ask') return false
  const intents = [understood.intent, ...understood.alternatives.map(({ intent }) => intent)]
  const known = intents.flatMap((label) => play.flows.intents.get(label) ?? [])
  const harmful = known.find(({ sure }) => sure)
  if (harmful !== undefined && known.length === 1) return follow(play, goalOf(play, harmful, text), true)
  const open = known.filter(({ sure }) => !sure).map((intent) => goalOf(play, intent, text))
  // A person is offered beside every question anyway: not twice, and not as the only answer to one.
  const others = open.filter(({ to }) => to !== play.flows.system.goesTo.petugas)
  const [person] = open
  if (others.length === 0 && person !== undefined) return follow(play, person, false)
  const [first, ...same] = others
  // "Pltihan" may ask to register or when: where both lead to the same list there is nothing to ask.
  if (
    first !== undefined &&
    same.length > 0 &&
    same.every(({ to }) => to === first.to) &&
    harmful === undefined
  )
    return follow(play, first, false)
  const goals = new Map(others.toReversed().map((goal) => [goal.title, goal]))
  if (goals.size === 0) return false
  askAside(play, { type: 'goals', goals: [...goals.values()].reverse().slice(0, MAX_GUESSES) })
  return true
}

function follow(play: Play, goal: Goal, sure: boolean): boolean {
  update(play, { misses: 0 })
  if (sure) askAside(play, { type: 'sure', goal })
  else openGoal(play, goal)
  return true
}

/** A single mistyped word may be a command; one that ends something is asked about first. */
function runNearCommand(play: Play, folded: string): boolean {
  if (folded.length < 4 || folded.includes(' ')) return false
  const words = [...play.flows.commands.keys()]
  const match = play.flows.language.matchOption(folded, words)
  const word = match.type === 'one' ? words[match.index] : undefined
  const command = word === undefined ? undefined : play.flows.commands.get(word)
  if (command === undefined) return false
  if (command === 'batal') askAside(play, { type: 'cancel' })
  else if (command === 'berhenti') askAside(play, { type: 'sure', goal: stopGoal(play) })
  else runCommand(play, command)
  return true
}

function stopGoal(play: Play): { readonly to: string; readonly title: string } {
  const to = play.flows.system.goesTo.berhenti
  return { to, title: play.flows.flows.get(flowOf(to))?.title ?? '' }
}

/** Words about the flow a person is in belong to the answer, unless the question offers choices and they name another. */
function speaksOfTheQuestion(play: Play, { to }: Intent): boolean {
  const step = currentStep(play)
  if (step === undefined) return false
  const otherwise = step.kind === 'choose' || step.kind === 'choose_row' ? step.otherwise : undefined
  if (otherwise?.own.has(to)) return true
  if (flowOf(to) !== step.flow) return false
  return step.kind === 'ask' || step.path === to || otherwise?.isOwn === true
}
