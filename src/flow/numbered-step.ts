import type { FlowSet } from './flow-set.ts'

/** Words, and nothing but figures after them, at most twelve, also in groups; a link to the bot on Telegram puts "/start" before. */
const NUMBERED = /^(?:start )?([a-z ]{2,30}?) ?(\d(?: ?\d){0,11})$/

/** The step that a normalised text opens by a word with a number behind it, such as "daftar 12", and the number. */
export function numberedStep(
  { numbered }: FlowSet,
  folded: string,
): { readonly to: string; readonly digits: string } | undefined {
  const [, word = '', digits = ''] = NUMBERED.exec(folded) ?? []
  const to = numbered.get(word.trim())
  return to === undefined ? undefined : { to, digits: digits.replaceAll(' ', '') }
}
