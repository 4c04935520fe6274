import { chatCommand } from './chat.ts'
import { codeWordCommand } from './code-word.ts'
import type { Command } from './command.ts'
import { dbCommand } from './db.ts'
import { flowsCommand } from './flows.ts'
import { inquiriesCommand } from './inquiries.ts'
import { startCommand } from './start.ts'
import { understandCommand } from './understand.ts'

/** Every `lopo` command by its name. */
export const commands: Readonly<Record<string, Command>> = {
  start: startCommand,
  chat: chatCommand,
  understand: understandCommand,
  flows: flowsCommand,
  db: dbCommand,
  inquiries: inquiriesCommand,
  'code-word': codeWordCommand,
}
