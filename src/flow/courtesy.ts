import type { Courtesies, Step } from './flow-set.ts'
import { currentStep, leadWith, type Play, tell, update } from './play.ts'
import { openMenu, repeat } from './walk.ts'

const MOST_WORDS = 8

/** Answers a text that only greets or thanks: it is no miss, and loses nobody's place. False when it says more. */
export function hearCourtesy(play: Play, folded: string): boolean {
  const kind = courtesyIn(play.flows.system.courtesies, folded)
  if (kind === undefined) return false
  update(play, { misses: 0 })
  const step = currentStep(play)
  const isAsked = play.session.pending !== null || step?.kind === 'ask' || step?.kind === 'do'
  if (isAsked || (kind.opensMenu && isChoiceInTheMiddle(play, step))) {
    leadWith(play, kind.reply)
    repeat(play)
  } else if (kind.opensMenu) {
    leadWith(play, kind.reply)
    openMenu(play)
  } else tell(play, kind.reply)
  return true
}

/** Whether leaving the choice loses something: one that nothing was answered before is as good as a menu. */
function isChoiceInTheMiddle({ session }: Play, step: Step | undefined): boolean {
  return (step?.kind === 'choose' || step?.kind === 'choose_row') && session.trail.length > 0
}

/** The courtesy to answer, when every word of the text belongs to one. */
function courtesyIn(courtesies: Courtesies, folded: string): Courtesies['kinds'][number] | undefined {
  const { beside, phrases, longest, kinds } = courtesies
  const whole = phrases.get(folded)
  if (whole !== undefined) return kinds[whole]
  const tokens = folded.split(' ')
  if (tokens.length > MOST_WORDS) return undefined
  let first: number | undefined
  for (let at = 0; at < tokens.length; ) {
    const found = phraseAt(tokens, at, phrases, longest)
    if (found === undefined && !beside.has(tokens[at] ?? '')) return undefined
    if (found !== undefined) first = Math.min(first ?? found.kind, found.kind)
    at += found?.words ?? 1
  }
  return first === undefined ? undefined : kinds[first]
}

function phraseAt(
  tokens: readonly string[],
  at: number,
  phrases: Courtesies['phrases'],
  longest: number,
): { readonly kind: number; readonly words: number } | undefined {
  for (let words = Math.min(longest, tokens.length - at); words > 0; words--) {
    const kind = phrases.get(tokens.slice(at, at + words).join(' '))
    if (kind !== undefined) return { kind, words }
  }
  return undefined
}
