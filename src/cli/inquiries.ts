import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import type { App } from '../app.ts'
import { createTicketStore } from '../inquiry/store.ts'
import { closed, isOver } from '../inquiry/ticket-change.ts'
import { createAuditTrail } from '../staff/store.ts'
import { type Command, UsageError } from './command.ts'
import type { CliContext } from './context.ts'
import { wrongUsage } from './usage.ts'

/** `lopo inquiries`: what residents asked of a person, and the answers. */
export const inquiriesCommand: Command = {
  summary: 'read what residents asked of a person, or answer one (the answer is read from standard input)',
  usage: 'inquiries\ninquiries answer NUMBER',
  async run([what, number], context) {
    if (what !== undefined && what !== 'answer') throw wrongUsage(`inquiries cannot ${what}`, this.usage)
    if (what === 'answer' && !/^\d{1,15}$/.test(number ?? '')) {
      throw wrongUsage(number === undefined ? 'the number is missing' : `${number} is no number`, this.usage)
    }
    const app = await context.openApp()
    try {
      if (what === undefined) await list(app, context)
      else await answer(app, context, Number(number))
    } finally {
      await app.close()
    }
    return 0
  },
}

const storeOf = ({ storage }: App) =>
  createTicketStore({ prisma: storage.database.prisma, keyring: storage.keyring })

async function list(app: App, context: CliContext): Promise<void> {
  const { prisma } = app.storage.database
  const rows = await prisma.ticket.findMany({ where: { state: 'open' }, orderBy: { id: 'asc' } })
  for (const { id, kind, openedAt } of rows) {
    context.out(`${id}\t${openedAt.toISOString()}\t${kind}\n`)
    for (const { entry } of await storeOf(app).entries(prisma, Number(id))) {
      context.out(`\t${entry.text.replaceAll('\n', '\n\t')}\n`)
    }
  }
  if (rows.length === 0) context.err('Nobody is waiting.\n')
}

async function answer(app: App, context: CliContext, number: number): Promise<void> {
  const { storage, conversation } = app
  const store = storeOf(app)
  const found = await store.find(storage.database.prisma, number)
  if (found === undefined || isOver(found.ticket))
    throw new UsageError(`no open request has the number ${number}`)
  const words = (await text(process.stdin)).trim()
  if (words === '') throw new UsageError('the answer is empty: nothing was sent')
  const [by, now] = [userInfo().username, context.now()]
  await store.transact(async (transaction) => {
    await store.lockChat(transaction, found.chatId)
    const stored = await store.lock(transaction, number)
    if (stored === undefined || isOver(stored.ticket)) throw new UsageError(`${number} is answered already`)
    await store.change(transaction, number, closed('done', now))
    await conversation.tell(found.chatId, [{ text: words }], transaction, 'reply')
    await createAuditTrail().record(transaction, {
      at: now,
      actor: { type: 'staff', id: by },
      action: 'ticket.answer',
      subject: String(number),
    })
  })
  context.err('The answer is on its way.\n')
}
