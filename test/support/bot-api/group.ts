import type { ChatRecord, GroupState, ReceivedMessage } from './chats.ts'
import { describeChat } from './group-place.ts'
import { describeMessage } from './send-methods.ts'
import type { UpdateType } from './update-queue.ts'
import type { World } from './world.ts'

/** What a group is like; without more it is a plain supergroup. */
export interface GroupOptions {
  readonly type?: 'group' | 'supergroup'
  readonly isForum?: boolean
}

/** Where in a group a member writes. */
export interface WritingPlace {
  readonly topic?: number | undefined
  readonly replyTo?: number | undefined
}

/** Somebody in a group. Every act that sends a message answers its message id. */
export interface Member {
  readonly id: number
  say(text: string, place?: WritingPlace): number
  /** Any other content, as fields of the Bot API's Message. */
  sendRaw(content: Readonly<Record<string, unknown>>, place?: WritingPlace): number
  edit(messageId: number, text: string, place?: WritingPlace): void
}

/** A simulated group: what its members write reaches the bot, what the bot writes is in `inbox`. */
export interface Group {
  readonly id: number
  readonly state: GroupState
  /** The bot's messages, oldest first. */
  readonly inbox: readonly ReceivedMessage[]
  member(id: number, firstName?: string): Member
  /** An admin who writes as the group itself. */
  anonymousAdmin(): Member
  /** Somebody who writes in the name of a channel. */
  channel(id: number): Member
  /** The id of the topic whose name begins like this, if it is there. */
  topic(name: string): number | undefined
  /** Forgets what was posted. */
  clear(): void
  /** Deletes a topic with all that is in it. */
  deleteTopic(threadId: number): void
  /** The group becomes a supergroup with another id; answers it. */
  upgrade(id: number, options?: { readonly tells: boolean }): Group
  /** The texts of the bot's messages, in a topic or everywhere. */
  texts(topic?: number): readonly string[]
}

/** Makes a group that the bot is an admin of. */
export function createGroup(world: World, id: number, options: GroupOptions = {}): Group {
  const chat = world.chats.openGroup(id, { type: 'supergroup', isForum: false, ...options })
  const { group } = chat
  const write = createWriting(world, chat)
  return {
    id,
    state: group,
    inbox: chat.inbox,
    member: (memberId, firstName = `Petugas ${memberId}`) =>
      memberOf(memberId, write, { from: { id: memberId, is_bot: false, first_name: firstName } }),
    anonymousAdmin: () => memberOf(id, write, { ...groupBot, sender_chat: describeChat(chat) }),
    channel: (channelId) =>
      memberOf(channelId, write, {
        ...channelBot,
        sender_chat: { id: channelId, type: 'channel', title: 'X' },
      }),
    topic: (name) =>
      [...group.topics].findLast(([, topic]) => topic.name.startsWith(name) && !topic.deleted)?.[0],
    clear() {
      chat.inbox.splice(0)
    },
    deleteTopic(threadId) {
      const topic = group.topics.get(threadId)
      if (topic !== undefined) topic.deleted = true
      for (const message of chat.inbox) if (message.threadId === threadId) message.deleted = true
    },
    upgrade(newId, { tells } = { tells: true }) {
      const supergroup = createGroup(world, newId)
      group.movedTo = newId
      if (tells) write('message', world.nextMessageId(), { ...groupBot, migrate_to_chat_id: newId }, {})
      return supergroup
    },
    texts: (topic) =>
      chat.inbox
        .filter(({ threadId, deleted }) => !deleted && (topic === undefined || threadId === topic))
        .map(({ text }) => text),
  }
}

const groupBot = {
  from: { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
}
const channelBot = { from: { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' } }

type Write = (
  type: UpdateType,
  messageId: number,
  content: Readonly<Record<string, unknown>>,
  place: WritingPlace,
) => void

function memberOf(
  id: number,
  write: Write & { next(): number },
  who: Readonly<Record<string, unknown>>,
): Member {
  const send: Member['sendRaw'] = (content, place = {}) => {
    const messageId = write.next()
    write('message', messageId, { ...who, ...content }, place)
    return messageId
  }
  return {
    id,
    say: (text, place) => send({ text }, place),
    sendRaw: send,
    edit: (messageId, text, place = {}) =>
      write('edited_message', messageId, { ...who, text, edit_date: Math.floor(Date.now() / 1_000) }, place),
  }
}

function createWriting(
  world: World,
  chat: ChatRecord & { readonly group: GroupState },
): Write & { next(): number } {
  const write: Write = (type, messageId, content, { topic, replyTo }) => {
    if (type === 'message') chat.written.set(messageId, { deleted: false })
    world.queue.push(type, chat.id, {
      message_id: messageId,
      date: Math.floor(world.now() / 1_000),
      chat: describeChat(chat),
      ...content,
      ...(topic !== undefined && { message_thread_id: topic, is_topic_message: true }),
      ...describeReply(world, chat, { topic, replyTo }),
    })
  }
  return Object.assign(write, { next: () => world.nextMessageId() })
}

/** A message in a topic that replies to nothing is said to reply to the note that the topic was made. */
function describeReply(
  world: World,
  chat: ChatRecord & { readonly group: GroupState },
  { topic, replyTo }: WritingPlace,
): Readonly<Record<string, unknown>> {
  const party = { chat: describeChat(chat), date: 0 }
  if (replyTo !== undefined) {
    const ours = chat.inbox.find(({ messageId }) => messageId === replyTo)
    if (ours !== undefined) return { reply_to_message: describeMessage(world, chat, ours) }
    const from = { id: 999, is_bot: false, first_name: 'X' }
    return { reply_to_message: { message_id: replyTo, from, ...party, text: 'x' } }
  }
  const known = topic === undefined ? undefined : chat.group.topics.get(topic)
  if (known === undefined) return {}
  const created = { name: known.name, icon_color: 7_322_096 }
  const from = known.byBot ? world.bot : { id: 999, is_bot: false, first_name: 'X' }
  return { reply_to_message: { message_id: topic, from, ...party, forum_topic_created: created } }
}
