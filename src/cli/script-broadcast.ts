import type { App } from '../app.ts'
import type { Address } from '../channels/channel.ts'
import { buttonOfWords } from '../flow/button-words.ts'
import type { Cause } from '../flow/script.ts'

/** Has the chat get what an approved broadcast comes to there. Throws where nobody wrote yet. */
export async function broadcast(
  { conversation, storage }: App,
  to: Address,
  { text, buttons }: Extract<Cause, { type: 'broadcast' }>,
): Promise<void> {
  const chatId = await conversation.chatAt(to)
  if (chatId === undefined) throw new Error('a broadcast reaches a person who has not written yet')
  const options = Object.entries(buttons).map(([label, words]) => ({ label, value: buttonOfWords(words) }))
  const message = options.length === 0 ? { text } : { text, options }
  await storage.database.prisma.$transaction((transaction) =>
    conversation.tellMany([{ chatId, message }], transaction, 'broadcast'),
  )
  await conversation.wake(chatId)
}
