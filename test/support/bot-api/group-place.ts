import { z } from 'zod'
import { badRequest } from './bot-api-error.ts'
import type { ChatRecord, ReceivedMessage } from './chats.ts'
import { json, readParameters } from './parameters.ts'

const placing = z.looseObject({
  message_thread_id: z.coerce.number().optional(),
  reply_parameters: json(
    z.looseObject({ message_id: z.number(), allow_sending_without_reply: z.boolean().default(false) }),
  ).optional(),
})

/** Where in a chat a message goes; refuses a topic that is gone or closed, and a reply to nothing, as the Bot API does. */
export function readPlace(
  chat: ChatRecord,
  parameters: unknown,
): Pick<ReceivedMessage, 'threadId' | 'replyTo'> {
  const { message_thread_id: threadId, reply_parameters: reply } = readParameters(placing, parameters)
  if (threadId !== undefined) checkTopic(chat, threadId)
  const isThere = reply === undefined || isMessage(chat, reply.message_id)
  if (!isThere && reply?.allow_sending_without_reply !== true)
    throw badRequest('message to be replied not found')
  return { threadId, replyTo: isThere ? reply?.message_id : undefined }
}

function checkTopic({ group }: ChatRecord, threadId: number): void {
  const topic = group?.isForum === true ? group.topics.get(threadId) : undefined
  if (topic === undefined || topic.deleted) throw badRequest('message thread not found')
  if (topic.closed) throw badRequest('TOPIC_CLOSED')
}

/** Whether a message of anybody is there and not deleted. */
export function isMessage(chat: ChatRecord, messageId: number): boolean {
  if (chat.written.get(messageId)?.deleted === false) return true
  return chat.inbox.some((message) => message.messageId === messageId && !message.deleted)
}

/** A chat as the Bot API describes it in a message. */
export function describeChat({
  id,
  firstName,
  group,
  channel,
}: ChatRecord): Readonly<Record<string, unknown>> {
  if (channel !== undefined) return { id, type: 'channel', title: firstName, username: channel.username }
  if (group === undefined) return { id, type: 'private', first_name: firstName }
  return { id, type: group.type, title: firstName, ...(group.isForum && { is_forum: true }) }
}
