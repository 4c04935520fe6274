import { runCommand } from './commands.ts'
import type { Intent } from './flow-set.ts'
import { currentStep, type Play, update } from './play.ts'
import { askAside } from './question.ts'
import { open } from './walk.ts'

const MAX_GUESSES = 3

/** Follows a text that clearly means another flow or a mistyped command. False when it does not. */
export function goElsewhere(play: Play, text: string, folded: string): boolean {
  const named = play.flows.opens.get(folded)
  if (named !== undefined) return follow(play, { to: named, title: '', sure: false })
  if (runNearCommand(play, folded)) return true
  const intent = clearIntent(play, text)
  if (intent === undefined || speaksOfTheQuestion(play, intent)) return false
  return follow(play, intent)
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
  if (harmful !== undefined && known.length === 1) return follow(play, harmful)
  const goals = new Map(known.filter(({ sure }) => !sure).map(({ to, title }) => [to, { to, title }]))
  if (goals.size === 0) return false
  askAside(play, { type: 'goals', goals: [...goals.values()].slice(0, MAX_GUESSES) })
  return true
}

function follow(play: Play, intent: Intent): boolean {
  update(play, { misses: 0 })
  if (intent.sure) askAside(play, { type: 'sure', goal: { to: intent.to, title: intent.title } })
  else open(play, intent.to)
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
  if (step === undefined || flowOf(to) !== step.flow) return false
  return step.kind === 'ask' || step.path === to
}

function flowOf(path: string): string {
  return path.slice(0, path.indexOf('/'))
}
