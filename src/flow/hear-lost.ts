import type { Said } from './answer.ts'
import { runCommand } from './commands.ts'
import { goByNumber, goElsewhere, guessElsewhere } from './elsewhere.ts'
import { flowOf } from './flow-of.ts'
import type { FlowSet } from './flow-set.ts'
import type { Input } from './input.ts'
import { keyByWord, keyOfButton, numberIn } from './key.ts'
import { MAX_INCOMING_LENGTH } from './limits.ts'
import { openGoal, openPerson } from './pick.ts'
import { close, leadWithText, type Play, update } from './play.ts'
import type { Goal, Pending } from './session.ts'
import { openMenu } from './walk.ts'

/**
 * Hears a person whose step an edit took away. A command, and an agreement to go elsewhere, need nothing of that step and
 * are done; other wishes are followed after an apology; what answered the step is let go, and the menu offered.
 */
export function hearLost(play: Play, input: Exclude<Input, { type: 'open' }>): void {
  const { pending } = play.session
  close(play)
  // The words that answer a side question are known only while it is open.
  update(play, { pending })
  const said = input.type === 'text' ? saidIn(play, input.text, input.now) : undefined
  const command = said && play.flows.commands.get(said.folded)
  const key = input.type === 'choice' ? keyOfButton(play, input.value) : said && keyOf(play, said)
  if (key !== undefined && followKey(play, key)) return
  update(play, { pending: null })
  if (command === 'berhenti' || command === 'petugas' || command === 'cek_bot') {
    runCommand(play, command)
    return
  }
  leadWithText(play, 'changed')
  if (command === 'menu' || command === 'bantuan') runCommand(play, command)
  // There is no step to go back to, and nothing left to give up.
  else if (command !== undefined || said === undefined || !followWish(play, said)) openMenu(play)
}

/** The text with its words; undefined when there are none, or too many to read. */
function saidIn(play: Play, text: string, now: Date): Said | undefined {
  if (text.length > MAX_INCOMING_LENGTH) return undefined
  const folded = play.flows.language.normalise(text).text
  return folded === '' ? undefined : { text, folded, now }
}

function keyOf(play: Play, said: Said): string | undefined {
  const number = numberIn(said.text)
  if (number !== undefined) return String(Number(number))
  // "batal" is a command before it is a no.
  const isWord = play.session.pending !== null && !play.flows.commands.has(said.folded)
  return isWord ? keyByWord(play, said) : undefined
}

/** Takes a key that leads away from where the person stood; 0 is an officer under every question. */
function followKey(play: Play, key: string): boolean {
  const { pending } = play.session
  if (key === '0' || (pending?.type === 'stuck' && key === '2')) {
    openPerson(play)
    return true
  }
  const agreed = pending === null ? undefined : goalBehind(pending, key)
  const goal = agreed && goalToday(play.flows, agreed)
  if (goal === undefined) return false
  openGoal(play, goal)
  return true
}

function goalBehind(pending: Pending, key: string): Goal | undefined {
  if (pending.type === 'goals') return pending.goals[Number(key) - 1]
  const asksForOne = pending.type === 'sure' || pending.type === 'extra'
  return asksForOne && key === '1' ? pending.goal : undefined
}

/** The goal, if it is still there. Who agreed to hear no more is heard also when that flow begins elsewhere now. */
function goalToday({ steps, system }: FlowSet, goal: Goal): Goal | undefined {
  if (steps.has(goal.to)) return goal
  const stop = system.goesTo.berhenti
  return flowOf(goal.to) === flowOf(stop) ? { to: stop, title: goal.title } : undefined
}

function followWish(play: Play, { text, folded }: Said): boolean {
  return goByNumber(play, folded) || goElsewhere(play, text, folded) || guessElsewhere(play, text)
}
