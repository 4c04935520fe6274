import { fill } from '../language/fill-text.ts'
import type { BroadcastPlan } from './broadcast.ts'
import type { BroadcastDeps } from './broadcast-deps.ts'
import type { BroadcastMessage } from './broadcast-voice.ts'
import type { BroadcastWords } from './broadcast-words.ts'

/** The names that a text may hold between braces. */
export const variableNames = ['kelurahan'] as const

/** What stands for them in the message to one person. */
export type MessageValues = Readonly<Record<(typeof variableNames)[number], string>>

/**
 * What is posted at a public place. Nobody can write there or press a button, so what they would write is a link; and nobody is told
 * how to stop, for whoever follows a public place can leave it.
 */
export function composePost(
  { text, buttons, media }: Pick<BroadcastPlan, 'text' | 'buttons' | 'media'>,
  words: Pick<BroadcastWords, 'post_line' | 'post_words' | 'post_bot' | 'somewhere'>,
  links: BroadcastDeps['links'],
): BroadcastMessage {
  const lines = buttons.flatMap((button) => {
    const found = links(button.words)
    if (found.length === 0) return [fill(words.post_words, button)]
    return found.map(({ label: channel, url }) => fill(words.post_line, { ...button, channel, url }))
  })
  const ways = links('menu').map(({ label: channel, url }) => fill(words.post_bot, { channel, url }))
  const told = (buttons.length === 0 ? ways : lines).join('\n')
  const parts = [fill(text, { kelurahan: words.somewhere }).trim(), told]
  return { text: parts.filter((part) => part !== '').join('\n\n'), buttons: [], media }
}

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
