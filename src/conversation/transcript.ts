import type { IncomingContent } from '../channels/channel.ts'
import { wordsOfButton } from '../flow/button-words.ts'
import { maskDigits } from '../language/mask.ts'

/** Characters of one message that are kept to be read later. */
const maxLength = 4_000

/** What stands for a secret. */
export const hidden = '••••'

/** Whether a message has words that may be a secret. */
export function hasWords(content: IncomingContent): boolean {
  return content.type === 'text' || (content.type === 'media' && content.caption !== '')
}

/** What a person wrote, as it may be kept: bounded, and with secrets and long numbers masked. */
export function transcriptOf(content: IncomingContent, secret: boolean): string {
  return transcriptIn(content, (text) => (secret ? hidden : maskDigits(text)))
}

/** The same, with words as `words` writes them. */
export function transcriptIn(content: IncomingContent, words: (text: string) => string): string {
  return written(content, words).slice(0, maxLength)
}

function written(content: IncomingContent, words: (text: string) => string): string {
  switch (content.type) {
    case 'text':
      return words(content.text)
    case 'choice': {
      // What a button of words stands for may come from anybody who can forge one.
      const said = wordsOfButton(content.value)
      return said === undefined ? `[${content.value.split('.').at(-1) ?? ''}]` : words(said)
    }
    case 'media':
      return `[${content.media.type}] ${words(content.caption)}`.trim()
    case 'location':
      return '[location]'
    case 'unreadable':
      return `[${content.what}]`
  }
}
