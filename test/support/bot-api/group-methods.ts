import { z } from 'zod'
import { badRequest } from './bot-api-error.ts'
import { type ChatName, checkGroup, type GroupState } from './chats.ts'
import { describeChat, isMessage } from './group-place.ts'
import { chatId, json, readParameters } from './parameters.ts'
import type { Method } from './send-methods.ts'
import type { World } from './world.ts'

const topicOf = z.looseObject({ chat_id: chatId, message_thread_id: z.coerce.number() })

/** The group that a call about topics names; refuses as the Bot API does. */
function forumOf(world: World, id: ChatName): GroupState {
  const { group } = world.chats.find(id)
  if (group === undefined) throw badRequest('the chat is not a forum')
  if (group.hasRights === false) throw badRequest('not enough rights to create a topic')
  checkGroup(group)
  if (!group.isForum) throw badRequest('the chat is not a forum')
  return group
}

const createForumTopic: Method = (world, call) => {
  const schema = z.looseObject({ chat_id: chatId, name: z.string().min(1).max(128) })
  const asked = readParameters(schema, call.fields)
  const threadId = world.nextMessageId()
  forumOf(world, asked.chat_id).topics.set(threadId, {
    name: asked.name,
    byBot: true,
    closed: false,
    deleted: false,
  })
  return { message_thread_id: threadId, name: asked.name, icon_color: 7_322_096 }
}

function setClosed(closed: boolean): Method {
  return (world, call) => {
    const asked = readParameters(topicOf, call.fields)
    const topic = forumOf(world, asked.chat_id).topics.get(asked.message_thread_id)
    if (topic === undefined || topic.deleted) throw badRequest('TOPIC_ID_INVALID')
    if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
    topic.closed = closed
    return true
  }
}

const getChat: Method = (world, call) => {
  const asked = readParameters(z.looseObject({ chat_id: chatId }), call.fields)
  const chat = world.chats.find(asked.chat_id)
  if (chat.group !== undefined) checkGroup({ ...chat.group, hasRights: true })
  return { ...describeChat(chat), accent_color_id: 0, max_reaction_count: 11 }
}

const setMessageReaction: Method = (world, call) => {
  const schema = z.looseObject({
    chat_id: chatId,
    message_id: z.coerce.number(),
    reaction: json(z.array(z.looseObject({ type: z.string(), emoji: z.string() }))).default([]),
  })
  const asked = readParameters(schema, call.fields)
  const chat = world.chats.writable(asked.chat_id)
  if (chat.group === undefined || !isMessage(chat, asked.message_id))
    throw badRequest('message to react not found')
  chat.group.reactions.set(
    asked.message_id,
    asked.reaction.map(({ emoji }) => emoji),
  )
  return true
}

/** The methods about groups and their topics. */
export const groupMethods: Readonly<Record<string, Method>> = {
  createForumTopic,
  closeForumTopic: setClosed(true),
  reopenForumTopic: setClosed(false),
  getChat,
  setMessageReaction,
}
