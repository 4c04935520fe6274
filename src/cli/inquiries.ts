import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import type { App } from '../app.ts'
import { createInquiryStore } from '../inquiry/store.ts'
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

async function list({ storage }: App, context: CliContext): Promise<void> {
  const inquiries = await createInquiryStore(storage).list(storage.database.prisma)
  for (const { number, topic, createdAt, messages } of inquiries) {
    context.out(`${number}\t${createdAt.toISOString()}\t${topic}\n`)
    for (const message of messages) context.out(`\t${message.replaceAll('\n', '\n\t')}\n`)
  }
  if (inquiries.length === 0) context.err('Nobody is waiting.\n')
}

async function answer({ storage, conversation }: App, context: CliContext, number: number): Promise<void> {
  const store = createInquiryStore(storage)
  const { prisma } = storage.database
  const inquiry = await store.find(prisma, number)
  if (inquiry === undefined) throw new UsageError(`no open request has the number ${number}`)
  const words = (await text(process.stdin)).trim()
  if (words === '') throw new UsageError('the answer is empty: nothing was sent')
  const [by, now] = [userInfo().username, context.now()]
  await prisma.$transaction(async (transaction) => {
    await store.close(transaction, number, by, now)
    await conversation.tell(inquiry.chatId, [{ text: words }], transaction, 'reply')
    const actor = { type: 'staff', id: by } as const
    await createAuditTrail().record(transaction, {
      at: now,
      actor,
      action: 'inquiry.answer',
      subject: String(number),
    })
  })
  context.err('The answer is on its way.\n')
}
