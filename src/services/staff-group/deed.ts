import type { GroupMessage } from '../../channels/telegram-staff-message.ts'
import type { CloseReason } from '../../inquiry/ticket.ts'
import { fill } from '../../language/fill-text.ts'
import type { GroupCommand, GroupTexts } from './texts.ts'

/** What somebody in the group wants done with a ticket. Only `answer` reaches the resident. */
export type Deed =
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'close'; readonly reason: CloseReason }
  | { readonly type: 'claim' | 'release' | 'ask_solved' | 'reopen' | 'hand_back' }

/** What a message in the group is. */
export type Reading =
  | Deed
  | { readonly type: 'help' }
  /** It could not be understood; the text says why. */
  | { readonly type: 'refused'; readonly text: string }
  /** A photo, a sticker or a file. */
  | { readonly type: 'only_text'; readonly album: string | undefined }

/** Reads what a message of the group wants. Whatever begins with a slash is never an answer. */
export function readDeed(texts: GroupTexts, { content }: GroupMessage): Reading {
  if (content.type === 'other') return { type: 'only_text', album: content.album }
  if (content.type === 'command') return readCommand(texts, content.name, content.rest)
  const text = content.text.trim()
  if (text.startsWith('//')) return noteOf(texts, text.slice(2).trim())
  if (text.startsWith('/')) return { type: 'refused', text: texts.other.unknown_command }
  return { type: 'answer', text }
}

function readCommand(texts: GroupTexts, name: string, rest: string): Reading {
  const command = commands.find((candidate) => texts.commands[candidate].includes(name))
  if (command === undefined) return { type: 'refused', text: texts.other.unknown_command }
  if (command === 'note') return noteOf(texts, rest)
  if (command === 'close') return closeFor(texts, rest)
  return { type: command }
}

function noteOf(texts: GroupTexts, text: string): Reading {
  return text === '' ? { type: 'refused', text: texts.refused.empty } : { type: 'note', text }
}

function closeFor(texts: GroupTexts, word: string): Reading {
  if (word === '') return { type: 'close', reason: 'done' }
  const { close_reasons: reasons } = texts
  const reason = Object.hasOwn(reasons, word.toLowerCase()) ? reasons[word.toLowerCase()] : undefined
  if (reason !== undefined) return { type: 'close', reason }
  const known = Object.keys(reasons).join(', ')
  return { type: 'refused', text: fill(texts.other.unknown_reason, { reasons: known }) }
}

const commands: readonly GroupCommand[] = [
  'claim',
  'release',
  'ask_solved',
  'close',
  'reopen',
  'hand_back',
  'note',
  'help',
]
