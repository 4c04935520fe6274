import { z } from 'zod'

const chat = z.object({ id: z.number(), type: z.string() })
const user = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
})
const file = z.object({
  file_id: z.string(),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
})

// Loose, because what is left unread decides how an unreadable message is answered.
const message = z.looseObject({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
})

/** What is read of the Bot API's Update: https://core.telegram.org/bots/api#update */
export const telegramUpdate = z.object({
  update_id: z.number(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: user,
      data: z.string().optional(),
      message: z.object({ chat }).optional(),
    })
    .optional(),
})

/** An update, as far as it is read. */
export type TelegramUpdate = z.infer<typeof telegramUpdate>

/** A message of an update, with all its other fields unread. */
export type TelegramMessage = z.infer<typeof message>

/** The kinds of update that the bot asks Telegram for. */
export const readUpdateTypes = ['message', 'edited_message', 'callback_query'] as const
