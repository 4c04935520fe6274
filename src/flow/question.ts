import type { AskStep, ChooseRowStep, ChooseStep, Pick, Step, Word } from './flow-set.ts'
import type { Message } from './message.ts'
import { personPick, pickList } from './pick-list.ts'
import { buttons, currentStep, keptPlace, type Play, speak, tell, update, write } from './play.ts'
import { rowsOf } from './rows.ts'
import type { Pending } from './session.ts'
import { renderRow } from './template.ts'

/** What is asked now, and the keys that answer it. */
interface Question {
  readonly text: string
  readonly picks: readonly Pick[]
}

const NO_PICKS: readonly Pick[] = []

/** Asks what is open now. A fresh question gets a new prompt number, so that older buttons are stale. */
export function askAgain(
  play: Play,
  { fresh = false, ...more }: { readonly fresh?: boolean } & Omit<Message, 'text' | 'options'> = {},
): void {
  if (fresh) update(play, { prompt: play.session.prompt + 1 })
  const question = openQuestion(play)
  if (question === undefined) return
  const { text, picks } = question
  tell(play, text, picks.length === 0 ? more : { ...more, options: buttons(play, picks) })
}

/** Asks which of some answers to the open question is meant; they keep their keys. */
export function askAmong(play: Play, picks: readonly Pick[]): void {
  const shown = [...picks, ...openPicks(play).filter(({ key }) => key === '0')]
  tell(play, listed(play.flows.system.texts.did_you_mean, shown), { options: buttons(play, shown) })
}

/** Puts a side question before the step's own. */
export function askAside(play: Play, pending: Pending): void {
  update(play, { pending })
  askAgain(play, { fresh: true })
}

/** The question that is open, if one is. */
function openQuestion(play: Play): Question | undefined {
  const { pending } = play.session
  if (pending !== null) return sideQuestion(play, pending)
  const step = currentStep(play)
  return step === undefined ? undefined : stepQuestion(play, step)
}

/** The keys that answer the open question. */
export function openPicks(play: Play): readonly Pick[] {
  const step = play.session.pending === null ? currentStep(play) : undefined
  return step?.kind === 'choose' ? choosePicks(play, step) : (openQuestion(play)?.picks ?? NO_PICKS)
}

function stepQuestion(play: Play, step: Step): Question | undefined {
  if (step.kind === 'ask') return askQuestion(play, step)
  if (step.kind === 'choose') return chooseQuestion(play, step)
  return step.kind === 'choose_row' ? rowQuestion(play, step) : undefined
}

function chooseQuestion(play: Play, step: ChooseStep): Question {
  const picks = choosePicks(play, step)
  const list = picks === step.picks ? step.list : pickList(picks)
  return { text: `${speak(play, step)}\n${list}`, picks }
}

function choosePicks(play: Play, step: ChooseStep): readonly Pick[] {
  return keptPlace(play) === null ? step.picks : [...step.picks, resumePick(play)]
}

function resumePick(play: Play): Pick {
  const { label, hint } = play.flows.system.words.resume
  return { key: 'resume', label, hint }
}

function askQuestion(play: Play, step: AskStep): Question {
  const picks = step.as === 'yes_no' ? yesOrNo(play) : []
  const { skip } = play.flows.system.words
  if (step.optional) picks.push({ key: 'skip', label: skip.label, hint: skip.hint })
  if (step.extra && keptPlace(play) !== null) picks.push(resumePick(play))
  return { text: listed(speak(play, step), picks), picks }
}

function rowQuestion(play: Play, step: ChooseRowStep): Question {
  const { words } = play.flows.system
  const rows = rowsOf(play.session.values[step.from])
  const first = play.session.page * step.page
  const picks: Pick[] = rows.slice(first, first + step.page).map((row, index) => ({
    key: String(first + index + 1),
    label: renderRow(step.label, row, play.flows.write),
  }))
  if (first + step.page < rows.length) picks.push({ key: 'more', ...words.more })
  if (first > 0) picks.push({ key: 'previous', ...words.previous })
  picks.push(personPick(words.person))
  return { text: listed(speak(play, step), picks), picks }
}

function sideQuestion(play: Play, pending: Pending): Question {
  const { texts, templates, words } = play.flows.system
  switch (pending.type) {
    case 'answer': {
      const [only, ...others] = pending.candidates
      if (only !== undefined && others.length === 0) {
        const text = write(play, templates.confirm_value, { label: only.label })
        return asked(text, yesOrNo(play))
      }
      const labels = pending.candidates.map(({ label }) => label)
      return numbered(texts.did_you_mean, labels, words.person)
    }
    case 'goals': {
      const titles = pending.goals.map(({ title }) => title)
      return numbered(texts.did_you_mean, titles, words.person)
    }
    case 'sure': {
      const text = write(play, templates.confirm_intent, { title: pending.goal.title })
      return asked(text, [...yesOrNo(play), personPick(words.person)])
    }
    case 'cancel':
      return numbered(texts.confirm_cancel, [words.yes.label, words.go_on.label], words.person)
    case 'stuck': {
      const labels = [words.again, words.person, words.menu].map(({ label }) => label)
      return asked(texts.stuck, numberedPicks(labels))
    }
    case 'extra':
      return numbered(texts.did_you_mean, [pending.goal.title, words.add.label], words.person)
  }
}

function numbered(text: string, labels: readonly string[], person: Word): Question {
  return asked(text, [...numberedPicks(labels), personPick(person)])
}

function numberedPicks(labels: readonly string[]): readonly Pick[] {
  return labels.map((label, index) => ({ key: String(index + 1), label }))
}

function asked(text: string, picks: readonly Pick[]): Question {
  return { text: listed(text, picks), picks }
}

function yesOrNo(play: Play): Pick[] {
  const { yes, no } = play.flows.system.words
  return [
    { key: '1', label: yes.label },
    { key: '2', label: no.label },
  ]
}

function listed(text: string, picks: readonly Pick[]): string {
  return picks.length === 0 ? text : `${text}\n${pickList(picks)}`
}
