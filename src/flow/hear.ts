import { answerAsk, answerChoose, type Said } from './answer.ts'
import { runCommand } from './commands.ts'
import { hearCourtesy } from './courtesy.ts'
import { goByNumber, goElsewhere, guessElsewhere } from './elsewhere.ts'
import { resumePlace } from './keep-place.ts'
import { keyByWord, numberIn } from './key.ts'
import { MAX_INCOMING_LENGTH, MISSES_BEFORE_PERSON } from './limits.ts'
import { notUnderstood } from './miss.ts'
import { accept, dropAside, pick } from './pick.ts'
import { currentStep, leadWithText, type Play, update } from './play.ts'
import { askAside } from './question.ts'
import type { Candidate } from './session.ts'
import { openMenu, repeat } from './walk.ts'

/** Moves the session on by a text. */
export function hearText(play: Play, text: string, now: Date): void {
  const number = numberIn(text)
  if (number !== undefined && pick(play, String(Number(number)))) return
  if (text.length > MAX_INCOMING_LENGTH) {
    sayAgain(play, 'too_long')
    return
  }
  const folded = play.flows.language.normalise(text).text
  if (folded === '') {
    // A sign such as "🙏" or "?" in the middle of a form only calls for the question again.
    if (currentStep(play)?.kind === 'ask') repeat(play)
    else sayAgain(play, 'empty')
    return
  }
  const command = play.flows.commands.get(folded)
  if (command !== undefined && !(number !== undefined && asksFigure(play))) {
    runCommand(play, command)
    return
  }
  const said = { text, folded, now }
  if (number !== undefined && isNoMessage(play, number)) return
  const key = keyByWord(play, said)
  if (key !== undefined && pick(play, key)) return
  if (goByNumber(play, folded) || hearCourtesy(play, folded) || hearResume(play, folded)) return
  const { pending } = play.session
  if (pending?.type === 'sure' || pending?.type === 'cancel') {
    hearUnconfirmed(play, said)
    return
  }
  if (pending?.type === 'extra') {
    addTo(play, pending.answer, said)
    return
  }
  // An answer in other words is taken for the answer, so a side question never holds a person up.
  if (pending !== null) update(play, { pending: null, prompt: play.session.prompt + 1 })
  hearAtStep(play, said)
}

/** A lone figure where a message is asked for was meant for a menu: it is no message. */
function isNoMessage(play: Play, number: string): boolean {
  const step = currentStep(play)
  if (number.length > 1 || play.session.pending !== null) return false
  if (step?.kind !== 'ask' || step.as !== 'text' || step.figures) return false
  if (step.extra) openMenu(play)
  else askAside(play, { type: 'cancel' })
  return true
}

function hearResume(play: Play, folded: string): boolean {
  if (!play.flows.system.words.resume.words.has(folded)) return false
  if (resumePlace(play)) return true
  const step = currentStep(play)
  if (step?.kind !== 'ask' || step.as !== 'text' || play.session.pending !== null) return false
  // With nothing to go back to the word is still no message to anybody.
  repeat(play)
  return true
}

/** A confirmation is given or not: what means something else drops it, and two misses mean no. */
function hearUnconfirmed(play: Play, said: Said): void {
  if (goElsewhere(play, said.text, said.folded)) return
  if (play.session.misses + 1 < MISSES_BEFORE_PERSON) {
    notUnderstood(play)
    return
  }
  leadWithText(play, 'not_done')
  dropAside(play)
}

/** Who writes on when asked whether a text was an addition has more to add. */
function addTo(play: Play, { value }: Candidate, { text }: Said): void {
  const step = currentStep(play)
  const whole = `${value}\n${text}`
  if (step?.kind === 'ask') accept(play, step, { value: whole, label: whole })
}

/** Where a figure is asked for, one that is also a command ("0") is the answer. */
function asksFigure(play: Play): boolean {
  const step = currentStep(play)
  return (
    play.session.pending === null && step?.kind === 'ask' && (step.as === 'number' || step.as === 'price')
  )
}

function sayAgain(play: Play, key: 'too_long' | 'empty'): void {
  leadWithText(play, key)
  repeat(play)
}

function hearAtStep(play: Play, said: Said): void {
  const step = currentStep(play)
  switch (step?.kind) {
    case 'ask':
      answerAsk(play, step, said)
      return
    case 'choose':
    case 'choose_row':
      // A word that opens a flow says more than its likeness to one of the choices.
      if (!play.flows.opens.has(said.folded) || !goElsewhere(play, said.text, said.folded))
        answerChoose(play, said)
      return
    case 'do':
      repeat(play)
      return
    default:
      hearWithNothingOpen(play, said)
      return
  }
}

function hearWithNothingOpen(play: Play, { text, folded }: Said): void {
  if (goElsewhere(play, text, folded) || guessElsewhere(play, text)) return
  notUnderstood(play)
}
