import type { App } from '../app.ts'
import { audienceShape } from '../broadcast/audience.ts'
import type { Address } from '../channels/channel.ts'
import { buttonOfWords } from '../flow/button-words.ts'
import type { Cause } from '../flow/script.ts'
import type { Officer } from '../staff/officer.ts'

const officer: Officer = { id: 'script', name: 'Petugas', roles: ['admin'] }

/** The code by which a new broadcast with the text is shown. Throws when the desk refuses it. */
export async function codeOfBroadcast({ broadcasts }: App, text: string): Promise<string> {
  const audience = audienceShape.parse({ topics: ['umkm'] })
  const plan = { title: 'Contoh', text, buttons: [], audience, posts: [] }
  const made = await broadcasts.create(officer, plan)
  if (made.type !== 'done') throw new Error(`the desk refused: ${JSON.stringify(made)}`)
  const shown = await broadcasts.testCode(officer, made.number)
  if (shown === undefined) throw new Error('the broadcast has no code')
  return shown.code
}

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
