import type { Command } from './command.ts'

/** Every `lopo` command by its name. Each is loaded when it is used: a small one need not wait for the others' libraries. */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['start', async () => (await import('./start.ts')).startCommand],
  ['chat', async () => (await import('./chat.ts')).chatCommand],
  ['understand', async () => (await import('./understand.ts')).understandCommand],
  ['flows', async () => (await import('./flows.ts')).flowsCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['lists', async () => (await import('./lists.ts')).listsCommand],
  ['claim-code', async () => (await import('./claim-code.ts')).claimCodeCommand],
  ['tickets', async () => (await import('./tickets.ts')).ticketsCommand],
  // Its name before tickets had one.
  ['inquiries', async () => (await import('./tickets.ts')).ticketsCommand],
  ['trainings', async () => (await import('./trainings.ts')).trainingsCommand],
  ['umkm', async () => (await import('./umkm.ts')).umkmCommand],
  ['broadcast', async () => (await import('./broadcast.ts')).broadcastCommand],
  ['code-word', async () => (await import('./code-word.ts')).codeWordCommand],
  ['audit', async () => (await import('./audit.ts')).auditCommand],
  ['db', async () => (await import('./db.ts')).dbCommand],
  ['staff', async () => (await import('./staff.ts')).staffCommand],
  ['keys', async () => (await import('./keys.ts')).keysCommand],
  ['whatsapp', async () => (await import('./whatsapp.ts')).whatsAppCommand],
  ['demo', async () => (await import('./demo.ts')).demoCommand],
])
