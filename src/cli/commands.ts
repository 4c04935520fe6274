import { chatCommand } from './chat.ts'
import { claimCodeCommand } from './claim-code.ts'
import { codeWordCommand } from './code-word.ts'
import type { Command } from './command.ts'
import { dbCommand } from './db.ts'
import { demoCommand } from './demo.ts'
import { flowsCommand } from './flows.ts'
import { importCommand } from './import.ts'
import { inquiriesCommand } from './inquiries.ts'
import { keysCommand } from './keys.ts'
import { listsCommand } from './lists.ts'
import { startCommand } from './start.ts'
import { understandCommand } from './understand.ts'

/** Every `lopo` command by its name. */
export const commands: Readonly<Record<string, Command>> = {
  start: startCommand,
  chat: chatCommand,
  understand: understandCommand,
  flows: flowsCommand,
  import: importCommand,
  lists: listsCommand,
  'claim-code': claimCodeCommand,
  db: dbCommand,
  keys: keysCommand,
  demo: demoCommand,
  inquiries: inquiriesCommand,
  'code-word': codeWordCommand,
}
