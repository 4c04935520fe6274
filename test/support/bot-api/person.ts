import type { Button, ChatRecord, ReceivedMessage } from './chats.ts'
import type { UpdateType } from './update-queue.ts'
import type { World } from './world.ts'

/** A simulated person: what they do reaches the bot as updates, what the bot does to them is in `inbox`. */
export interface Person {
  readonly id: number
  /** The bot's messages, oldest first; edits and deletions show in them. */
  readonly inbox: readonly ReceivedMessage[]
  /** Chat actions such as `typing`. */
  readonly actions: readonly string[]
  /** Every act that sends a message answers its message id. */
  say(text: string): number
  forward(text: string): number
  /** A photo in two sizes; `claimedSize` (bytes) makes the big one larger than it is. */
  sendPhoto(bytes: Buffer, caption?: string, options?: { claimedSize?: number }): number
  sendDocument(bytes: Buffer, name: string, options?: { caption?: string; claimedSize?: number }): number
  sticker(): number
  voice(): number
  video(): number
  location(latitude: number, longitude: number): number
  contact(phone: string): number
  /** Any other content, as fields of the Bot API's Message. */
  sendRaw(content: Readonly<Record<string, unknown>>): number
  sayInGroup(groupId: number, text: string): number
  edit(messageId: number, text: string): void
  /** Presses the newest button with this label or data; answers the callback query's id. */
  press(labelOrData: string): string
  block(): void
  unblock(): void
  deactivate(): void
  /** Whether the bot deleted this message of the person's. */
  isDeleted(messageId: number): boolean
  /** Waits for the bot's next message that `next` has not answered yet. */
  next(timeout?: number): Promise<ReceivedMessage>
  /** Waits until the inbox holds so many messages, and answers the inbox. */
  waitFor(count: number, timeout?: number): Promise<readonly ReceivedMessage[]>
  /** Waits for the first message of the inbox of which this is so. */
  waitForMessage(isIt: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage>
}

/** Opens the private chat of person `id` with the bot, as if they had pressed Start before. */
export function createPerson(world: World, id: number): Person {
  const chat = world.chats.open(id)
  return {
    id,
    inbox: chat.inbox,
    actions: chat.actions,
    ...createWriting(world, chat),
    press: (labelOrData) => press(world, chat, labelOrData),
    ...createStates(chat),
    isDeleted: (messageId) => chat.written.get(messageId)?.deleted ?? false,
    ...createWaiting(world, chat),
  }
}

type Writing = Pick<
  Person,
  | 'say'
  | 'forward'
  | 'sendPhoto'
  | 'sendDocument'
  | 'sticker'
  | 'voice'
  | 'video'
  | 'location'
  | 'contact'
  | 'sendRaw'
  | 'sayInGroup'
  | 'edit'
>

function createWriting(world: World, chat: ChatRecord): Writing {
  const seconds = () => Math.floor(world.now() / 1_000)

  function push(type: UpdateType, message: Readonly<Record<string, unknown>>): void {
    world.queue.push(type, chat.id, { ...partiesOf(chat), date: seconds(), ...message })
  }

  function send(content: Readonly<Record<string, unknown>>): number {
    const messageId = world.nextMessageId()
    chat.written.set(messageId, { deleted: false })
    push('message', { message_id: messageId, ...content })
    return messageId
  }

  function store(bytes: Buffer, name: string, claimedSize?: number): Record<string, unknown> {
    const size = claimedSize === undefined ? {} : { size: claimedSize }
    const file = world.files.add(bytes, { folder: 'incoming', name, ...size })
    return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size }
  }

  const box = { width: 9, height: 9 }
  return {
    say: (text) => send({ text, ...commandEntity(text) }),
    forward: (text) =>
      send({ text, forward_origin: { type: 'hidden_user', sender_user_name: 'X', date: seconds() } }),
    sendPhoto(bytes, caption, options = {}) {
      const small = { ...store(bytes.subarray(0, 64), 'small.jpg'), width: 90, height: 60 }
      const big = { ...store(bytes, 'big.jpg', options.claimedSize), width: 1_280, height: 960 }
      return send({ photo: [small, big], ...(caption !== undefined && { caption }) })
    },
    sendDocument: (bytes, name, { caption, claimedSize } = {}) =>
      send({
        document: { ...store(bytes, name, claimedSize), file_name: name },
        ...(caption !== undefined && { caption }),
      }),
    sticker: () => send({ sticker: { ...store(Buffer.from('x'), 's.webp'), type: 'regular', ...box } }),
    voice: () => send({ voice: { ...store(Buffer.from('x'), 'v.ogg'), duration: 1 } }),
    video: () => send({ video: { ...store(Buffer.from('x'), 'v.mp4'), duration: 1, ...box } }),
    location: (latitude, longitude) => send({ location: { latitude, longitude } }),
    contact: (phone) =>
      send({ contact: { phone_number: phone, first_name: chat.firstName, user_id: chat.id } }),
    sendRaw: send,
    sayInGroup(groupId, text) {
      const messageId = world.nextMessageId()
      const group = { id: groupId, type: 'supergroup', title: 'RT 01' }
      push('message', { message_id: messageId, chat: group, text })
      return messageId
    },
    edit: (messageId, text) => push('edited_message', { message_id: messageId, edit_date: seconds(), text }),
  }
}

function press(world: World, chat: ChatRecord, labelOrData: string): string {
  const found = findButton(chat.inbox, labelOrData)
  const callbackId = `${chat.id}${world.nextMessageId()}`
  world.callbacks.set(callbackId, undefined)
  const parties = partiesOf(chat)
  world.queue.push('callback_query', chat.id, {
    id: callbackId,
    from: parties.from,
    chat_instance: `${chat.id}`,
    data: found.button.data,
    message: {
      message_id: found.messageId,
      date: Math.floor(world.now() / 1_000),
      chat: parties.chat,
      from: world.bot,
    },
  })
  return callbackId
}

function partiesOf({ id, firstName }: ChatRecord) {
  return {
    from: { id, is_bot: false, first_name: firstName },
    chat: { id, type: 'private', first_name: firstName },
  }
}

function createStates(chat: ChatRecord): Pick<Person, 'block' | 'unblock' | 'deactivate'> {
  return {
    block() {
      chat.state = 'blocked'
    },
    unblock() {
      chat.state = 'open'
    },
    deactivate() {
      chat.state = 'deactivated'
    },
  }
}

function createWaiting(
  { changes }: World,
  chat: ChatRecord,
): Pick<Person, 'next' | 'waitFor' | 'waitForMessage'> {
  let taken = 0
  const who = `person ${chat.id}`
  return {
    next(timeout) {
      const wanted = taken
      taken += 1
      return changes.until(() => chat.inbox[wanted], `${who} has message ${wanted + 1}`, timeout)
    },
    waitFor: (count, timeout) =>
      changes.until(() => chat.inbox.length >= count && chat.inbox, `${who} has ${count} messages`, timeout),
    waitForMessage: (isIt, timeout) =>
      changes.until(() => chat.inbox.find(isIt), `${who} has the message waited for`, timeout),
  }
}

function commandEntity(text: string): Record<string, unknown> {
  const command = /^\/[A-Za-z0-9_]+(?:@\w+)?/.exec(text)?.[0]
  return command === undefined
    ? {}
    : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }
}

function findButton(
  inbox: readonly ReceivedMessage[],
  labelOrData: string,
): { messageId: number; button: Button } {
  for (const message of [...inbox].reverse()) {
    const button = message.keyboard
      .flat()
      .find(({ label, data }) => label === labelOrData || data === labelOrData)
    if (button !== undefined && !message.deleted) return { messageId: message.messageId, button }
  }
  throw new Error(`no button ${labelOrData} in the inbox`)
}
