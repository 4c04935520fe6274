import type { Said } from './answer.ts'
import type { AskStep, Pick } from './flow-set.ts'
import { currentStep, type Play } from './play.ts'
import { openPicks } from './question.ts'
import { rowsOf } from './rows.ts'
import type { Pending } from './session.ts'

const NUMBER = /^[\s(]*(\d{1,3})[\s.)]*$/
const BUTTON = /^(\d+)\.(\w+)$/

/** The figures of a text that is nothing but a number of a list, such as "2" or "(2)". */
export function numberIn(text: string): string | undefined {
  return NUMBER.exec(text)?.[1]
}

/** The key that a button stands for; undefined when it is of an earlier question. */
export function keyOfButton({ session }: Play, value: string): string | undefined {
  const [, prompt, key] = BUTTON.exec(value) ?? []
  return prompt === String(session.prompt) ? key : undefined
}

/** The key of the open question whose answer a text is, word for word. */
export function keyByWord(play: Play, said: Said): string | undefined {
  const { pending } = play.session
  const step = currentStep(play)
  if (pending === null && step?.kind === 'choose') return step.exact.get(said.folded)
  if (pending !== null && asksYesOrNo(pending)) return keyOfYesOrNo(play, pending, said)
  if (pending === null && step?.kind === 'ask') {
    if (declines(play, step, said)) return 'skip'
    // "Ya" is an answer here, and no courtesy.
    return step.as === 'yes_no' ? yesOrNoIn(play, said) : undefined
  }
  return keyByLabel(play, said, pending !== null)
}

/** Whether somebody does not want to answer: a no says so wherever it is no answer itself. */
function declines({ flows }: Play, { as, optional }: AskStep, { folded }: Said): boolean {
  const { skip, no } = flows.system.words
  return skip.words.has(folded) || (optional && as !== 'yes_no' && no.words.has(folded))
}

function asksYesOrNo(pending: Pending): boolean {
  return pending.type === 'sure' || pending.type === 'cancel' || isSingle(pending)
}

function isSingle(pending: Pending): boolean {
  return pending.type === 'answer' && pending.candidates.length === 1
}

function keyOfYesOrNo(play: Play, pending: Pending, said: Said): string | undefined {
  const { go_on } = play.flows.system.words
  return pending.type === 'cancel' && go_on.words.has(said.folded) ? '2' : yesOrNoIn(play, said)
}

function yesOrNoIn(play: Play, { folded, text, now }: Said): string | undefined {
  const { yes, no } = play.flows.system.words
  if (yes.words.has(folded)) return '1'
  if (no.words.has(folded)) return '2'
  const parsed = play.flows.language.parse('yes_no', text, { now })
  if (parsed.type !== 'value') return undefined
  return parsed.value === true ? '1' : '2'
}

/** The key of the shown row whose label or other words a text is. */
function keyOfRow(play: Play, shown: readonly Pick[], folded: string): string | undefined {
  const { normalise } = play.flows.language
  const byLabel = shown.find(({ label }) => normalise(label).text === folded)
  const step = currentStep(play)
  const field = step?.kind === 'choose_row' ? step.words : undefined
  if (byLabel !== undefined || step?.kind !== 'choose_row' || field === undefined) return byLabel?.key
  const rows = rowsOf(play.session.values[step.from])
  const says = ({ key }: Pick) =>
    String(rows[Number(key) - 1]?.[field] ?? '')
      .split(',')
      .some((word) => normalise(word).text === folded)
  return shown.find(says)?.key
}

/** With `near` also by what is like a label; without, only by a row's whole label: it may be a greeting or a command elsewhere. */
function keyByLabel(play: Play, { text, folded }: Said, near: boolean): string | undefined {
  const { more, previous, person } = play.flows.system.words
  const shown = openPicks(play)
  const isShown = (wanted: string) => shown.some(({ key }) => key === wanted)
  if (more.words.has(folded) && isShown('more')) return 'more'
  if (previous.words.has(folded) && isShown('previous')) return 'previous'
  if (person.words.has(folded) && isShown('0')) return '0'
  if (!near) return keyOfRow(play, shown, folded)
  const labels = shown.map(({ label }) => label)
  const match = play.flows.language.matchOption(text, labels)
  return match.type === 'one' ? shown[match.index]?.key : undefined
}
