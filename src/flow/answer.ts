import type { Scalar, Values } from './action.ts'
import { clearGoal, goElsewhere, guessElsewhere } from './elsewhere.ts'
import type { AskStep, ChooseStep } from './flow-set.ts'
import { missed, notUnderstood } from './miss.ts'
import { accept, pick } from './pick.ts'
import { currentStep, leadWith, type Play, write } from './play.ts'
import { askAmong, askAside, openPicks } from './question.ts'
import { isSentKind } from './sent-kind.ts'
import { goOn, open, openMenu, repeat } from './walk.ts'

const MOST_WORDS_UNKNOWN = 6
const COUNTS: ReadonlySet<string> = new Set(['digits', 'characters'])

/** A text as it came, as it is compared, and when it came. */
export interface Said {
  readonly text: string
  readonly folded: string
  readonly now: Date
}

/** Takes a text as the answer to an `ask`. */
export function answerAsk(play: Play, step: AskStep, said: Said): void {
  const { language, system } = play.flows
  if (isSentKind(step.as)) {
    if (!goElsewhere(play, said.text, said.folded)) missed(play, system.expects[step.as])
    return
  }
  const parsed = language.parse(step.as, said.text, { now: said.now })
  if (step.extra && parsed.type === 'value' && isDoneOrElsewhere(play, said, parsed.value)) return
  switch (parsed.type) {
    case 'value': {
      const answer = { value: parsed.value, label: parsed.label ?? play.flows.write(parsed.value) }
      const candidate = parsed.extra === undefined ? answer : { ...answer, extra: parsed.extra }
      if (parsed.confirm !== true) {
        accept(play, step, candidate)
        return
      }
      if (step.secret) unclear(play, step, said)
      else askAside(play, { type: 'answer', candidates: [candidate] })
      return
    }
    case 'ambiguous':
      if (step.secret) unclear(play, step, said)
      else askAside(play, { type: 'answer', candidates: parsed.candidates })
      return
    case 'problem': {
      if (hearUnknown(play, step, said)) return
      if (goElsewhere(play, said.text, said.folded)) return
      const to = step.problems.get(parsed.problem)
      if (to !== undefined) {
        goOn(play, to, {})
        return
      }
      const details = step.secret ? countsOf(parsed.details) : parsed.details
      const template = step.invalid ?? system.problems[parsed.problem]
      missed(play, template === undefined ? system.texts.not_understood : write(play, template, details))
      return
    }
  }
}

/** Tells who does not know the answer where to find it; that is no miss. */
function hearUnknown(play: Play, step: AskStep, { folded }: Said): boolean {
  const { words, help, expects } = play.flows.system
  if (folded.split(' ').length > MOST_WORDS_UNKNOWN) return false
  const padded = ` ${folded} `
  if (![...words.unknown.words].some((phrase) => padded.includes(` ${phrase} `))) return false
  leadWith(play, help[step.as] ?? expects[step.as])
  repeat(play)
  return true
}

/** Whether an addition is none: nothing more to say, or something else that is clearly wanted. */
function isDoneOrElsewhere(play: Play, said: Said, value: Scalar): boolean {
  const { opens, system } = play.flows
  if (system.words.done.words.has(said.folded)) {
    openMenu(play)
    return true
  }
  const named = opens.get(said.folded)
  if (named !== undefined) {
    open(play, named)
    return true
  }
  const goal = clearGoal(play, said.text)
  if (goal === undefined) return false
  askAside(play, { type: 'extra', goal, answer: { value, label: String(value) } })
  return true
}

/** What is wrong with a secret answer is said without repeating it: only how long it was. */
function countsOf(details: Values): Values {
  return Object.fromEntries(Object.entries(details).filter(([name]) => COUNTS.has(name)))
}

/** A secret answer with a second reading is not said back; letters that look like figures are the usual reason. */
function unclear(play: Play, step: AskStep, { text }: Said): void {
  const { texts, expects } = play.flows.system
  missed(play, /\p{L}/u.test(text) ? texts.unclear_secret : expects[step.as])
}

/** Takes a text as the choice of an option, by its label, more or less. */
export function answerChoose(play: Play, said: Said): void {
  const shown = openPicks(play).filter(({ key }) => /^[1-9]/.test(key))
  const labels = shown.map(({ label }) => label)
  const match = play.flows.language.matchOption(said.text, labels)
  if (match.type === 'one') {
    pick(play, shown[match.index]?.key ?? '')
    return
  }
  const step = currentStep(play)
  if (match.type === 'none' && step?.kind === 'choose') {
    const key = keyByOtherWords(play, step, said)
    if (key !== undefined && pick(play, key)) return
  }
  if (goElsewhere(play, said.text, said.folded)) return
  if (match.type === 'none') {
    if ((step?.kind === 'choose' || step?.kind === 'choose_row') && step.otherwise !== undefined) {
      goOn(play, step.otherwise.to, { [step.otherwise.save]: said.text.toWellFormed().trim() })
      return
    }
    if (!guessElsewhere(play, said.text)) notUnderstood(play)
    return
  }
  // The choices keep their numbers, so that the answer can be the number that was there all along.
  askAmong(
    play,
    match.indexes.flatMap((index) => shown[index] ?? []),
  )
}

/** The key of the option whose words are all that was said ("adik saya"), or that says the yes or no that was said ("iya mau"). */
function keyByOtherWords(play: Play, step: ChooseStep, { text, folded, now }: Said): string | undefined {
  const { words, yesNo } = step
  const { language, system } = play.flows
  const found = language.matchWords(
    text,
    words.map(([word]) => word),
  )
  const keys = new Set(found.map((index) => words[index]?.[1]))
  const [key, ...others] = keys
  if (key !== undefined && others.length === 0) return key
  if (yesNo === undefined) return undefined
  const parsed = language.parse('yes_no', text, { now })
  if (parsed.type !== 'value') return undefined
  if (parsed.value !== true) return yesNo.no
  // "Bisa" or "jadi" alone may speak of something else than the question.
  return folded.split(' ').some((word) => system.words.yes.words.has(word)) ? yesNo.yes : undefined
}
