import { z } from 'zod'
import { badRequest } from './bot-api-error.ts'
import type { ChatName, ReceivedMessage } from './chats.ts'
import { chatId, markup, readKeyboard, readParameters, readText } from './parameters.ts'
import { describeMessage, type Method } from './send-methods.ts'
import type { World } from './world.ts'

const messageOf = { chat_id: chatId, message_id: z.coerce.number() }

function findMessage(
  world: World,
  of: { chat_id: ChatName; message_id: number },
  todo: string,
): ReceivedMessage {
  const message = world.chats
    .find(of.chat_id)
    .inbox.find(({ messageId, deleted }) => messageId === of.message_id && !deleted)
  if (message === undefined) throw badRequest(`message to ${todo} not found`)
  return message
}

const editMessageText: Method = (world, call) => {
  const schema = z.looseObject({
    ...messageOf,
    text: z.string().default(''),
    parse_mode: z.string().optional(),
    reply_markup: markup.optional(),
  })
  const asked = readParameters(schema, call.fields)
  const message = findMessage(world, asked, 'edit')
  const text = readText(asked.text, asked.parse_mode)
  const keyboard = readKeyboard(asked.reply_markup)
  if (text === message.text && JSON.stringify(keyboard) === JSON.stringify(message.keyboard))
    throw notModified()
  Object.assign(message, { text, keyboard, edits: message.edits + 1 })
  return describeMessage(world, world.chats.find(asked.chat_id), message)
}

const editMessageReplyMarkup: Method = (world, call) => {
  const asked = readParameters(z.looseObject({ ...messageOf, reply_markup: markup.optional() }), call.fields)
  const message = findMessage(world, asked, 'edit')
  const keyboard = readKeyboard(asked.reply_markup)
  if (JSON.stringify(keyboard) === JSON.stringify(message.keyboard)) throw notModified()
  Object.assign(message, { keyboard, edits: message.edits + 1 })
  return describeMessage(world, world.chats.find(asked.chat_id), message)
}

function notModified() {
  return badRequest(
    'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  )
}

const deleteMessage: Method = (world, call) => {
  const asked = readParameters(z.looseObject(messageOf), call.fields)
  const written = world.chats.find(asked.chat_id).written.get(asked.message_id)
  if (written !== undefined && !written.deleted) {
    written.deleted = true
    return true
  }
  findMessage(world, asked, 'delete').deleted = true
  return true
}

const sendChatAction: Method = (world, call) => {
  const asked = readParameters(z.looseObject({ chat_id: chatId, action: z.string() }), call.fields)
  world.chats.writable(asked.chat_id).actions.push(asked.action)
  return true
}

const answerCallbackQuery: Method = (world, call) => {
  const schema = z.looseObject({ callback_query_id: z.coerce.string(), text: z.string().default('') })
  const asked = readParameters(schema, call.fields)
  if (!world.callbacks.has(asked.callback_query_id)) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  world.callbacks.set(asked.callback_query_id, asked.text)
  return true
}

const getFile: Method = (world, call) => {
  const asked = readParameters(z.looseObject({ file_id: z.string() }), call.fields)
  const file = world.files.byId(asked.file_id)
  if (file.size > 20_971_520) throw badRequest('file is too big')
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path }
}

/** The methods that change or answer what is there already, and getFile. */
export const messageMethods: Readonly<Record<string, Method>> = {
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  sendChatAction,
  answerCallbackQuery,
  getFile,
}
