import { fill } from '../language/fill-text.ts'
import type { BroadcastPlan } from './broadcast.ts'
import type { BroadcastMessage } from './broadcast-voice.ts'
import type { BroadcastWords } from './broadcast-words.ts'

/** The names that a text may hold between braces. */
export const variableNames = ['kelurahan'] as const

/** What stands for them in the message to one person. */
export type MessageValues = Readonly<Record<(typeof variableNames)[number], string>>

/**
 * The message as it is sent, shown before and tested: the text, what to write where a phone has no buttons, and how to stop, with a
 * blank line between.
 */
export function composeMessage(
  { text, buttons, media }: Pick<BroadcastPlan, 'text' | 'buttons' | 'media'>,
  words: Pick<BroadcastWords, 'button_line' | 'stop_line'>,
  values: MessageValues,
): BroadcastMessage {
  const lines = buttons.map((button) => fill(words.button_line, button))
  const parts = [fill(text, values).trim(), lines.join('\n'), words.stop_line.trim()]
  return { text: parts.filter((part) => part !== '').join('\n\n'), buttons, media }
}
