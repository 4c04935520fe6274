import { BotApiError, badRequest } from './bot-api-error.ts'
import type { Changes } from './changes.ts'

/** A button as it stands under a message. */
export interface Button {
  readonly label: string
  readonly data: string | undefined
}

/** A topic of a group, made by the bot or by somebody in the group. */
export interface Topic {
  readonly name: string
  readonly byBot: boolean
  closed: boolean
  deleted: boolean
}

/** What only a group has. */
export interface GroupState {
  type: 'group' | 'supergroup'
  isForum: boolean
  /** Whether the bot may post and manage topics there. */
  hasRights: boolean
  isBotIn: boolean
  /** The supergroup that it became. */
  movedTo: number | undefined
  /** The topics by the id of the message that began them. */
  readonly topics: Map<number, Topic>
  /** What the bot put under messages, by message id. */
  readonly reactions: Map<number, readonly string[]>
}

/** What only a public channel has. */
export interface ChannelState {
  readonly username: string
  /** Whether the bot may post there. */
  isBotAdmin: boolean
}

/** A message of the bot as its reader sees it now: edits and deletion show. */
export interface ReceivedMessage {
  readonly messageId: number
  readonly kind: 'text' | 'photo' | 'document'
  /** The text, or the caption of a photo or document. */
  text: string
  keyboard: readonly (readonly Button[])[]
  /** The content of a photo or document. */
  readonly file: { readonly id: string; readonly name: string; readonly bytes: Buffer } | undefined
  readonly mediaGroupId: string | undefined
  readonly parameters: Readonly<Record<string, unknown>>
  /** The topic of a group that it is in, and the message that it replies to. */
  readonly threadId?: number | undefined
  readonly replyTo?: number | undefined
  /** When the server took it, in milliseconds of its clock. */
  readonly at: number
  edits: number
  deleted: boolean
}

/** How a call names a chat: by its id, or a public one by its @name. */
export type ChatName = number | string

/** One private chat between a simulated person and the bot, a group that the bot is in, or a public channel. */
export interface ChatRecord {
  readonly id: number
  readonly firstName: string
  state: 'open' | 'blocked' | 'deactivated'
  readonly inbox: ReceivedMessage[]
  /** The ids of what the person wrote, and whether the bot deleted it. */
  readonly written: Map<number, { deleted: boolean }>
  /** Chat actions such as `typing`, in the order they came. */
  readonly actions: string[]
  readonly group?: GroupState
  readonly channel?: ChannelState
}

/** All chats by id. */
export interface Chats {
  open(id: number): ChatRecord
  openGroup(
    id: number,
    state: Pick<GroupState, 'type' | 'isForum'>,
  ): ChatRecord & { readonly group: GroupState }
  openChannel(id: number, username: string): ChatRecord & { readonly channel: ChannelState }
  /** The id of the chat that a call names in whatever form; undefined where there is none of that name. */
  idOf(name: unknown): number | undefined
  /** The chat that a call names; refuses as the Bot API does when the bot may not write there. */
  writable(name: ChatName): ChatRecord
  find(name: ChatName): ChatRecord
  readonly changes: Changes
}

/** Starts with no chat: the bot can reach only persons that a test made. */
export function createChats(changes: Changes): Chats {
  const chats = new Map<number, ChatRecord>()
  const ids = new Map<string, number>()
  function idOf(name: unknown): number | undefined {
    if (name === undefined) return undefined
    return ids.get(String(name).toLowerCase()) ?? Number(name)
  }
  function find(name: ChatName): ChatRecord {
    const chat = chats.get(idOf(name) ?? Number.NaN)
    if (chat === undefined) throw badRequest('chat not found')
    return chat
  }
  return {
    changes,
    find,
    idOf,
    open(id) {
      const known = chats.get(id)
      if (known !== undefined) return known
      const chat: ChatRecord = {
        id,
        firstName: `Warga ${id}`,
        state: 'open',
        inbox: [],
        written: new Map(),
        actions: [],
      }
      chats.set(id, chat)
      return chat
    },
    openGroup(id, state) {
      const group: GroupState = {
        ...state,
        hasRights: true,
        isBotIn: true,
        movedTo: undefined,
        topics: new Map(),
        reactions: new Map(),
      }
      const chat = {
        id,
        firstName: `Grup ${id}`,
        state: 'open' as const,
        inbox: [],
        written: new Map(),
        actions: [],
        group,
      }
      chats.set(id, chat)
      return chat
    },
    openChannel(id, username) {
      const chat = {
        id,
        firstName: username,
        state: 'open' as const,
        inbox: [],
        written: new Map(),
        actions: [],
        channel: { username, isBotAdmin: true },
      }
      chats.set(id, chat)
      ids.set(`@${username}`.toLowerCase(), id)
      return chat
    },
    writable(name) {
      const chat = find(name)
      if (chat.channel?.isBotAdmin === false)
        throw new BotApiError(403, 'Forbidden: bot is not a member of the channel chat')
      if (chat.group !== undefined) checkGroup(chat.group)
      if (chat.state === 'blocked') throw new BotApiError(403, 'Forbidden: bot was blocked by the user')
      if (chat.state === 'deactivated') throw new BotApiError(403, 'Forbidden: user is deactivated')
      return chat
    },
  }
}

/** Refuses what a group refuses altogether. */
export function checkGroup(group: GroupState): void {
  if (group.movedTo !== undefined) {
    const what = 'Bad Request: group chat was upgraded to a supergroup chat'
    throw new BotApiError(400, what, undefined, group.movedTo)
  }
  if (!group.isBotIn) throw new BotApiError(403, 'Forbidden: bot was kicked from the supergroup chat')
  if (!group.hasRights) throw badRequest('not enough rights to send text messages to the chat')
}
