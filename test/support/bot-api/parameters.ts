import { z } from 'zod'
import { badRequest } from './bot-api-error.ts'
import type { Button } from './chats.ts'

/** Wraps a schema for values that a form carries as JSON text. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }, schema)
}

const button = z.looseObject({ text: z.string(), callback_data: z.string().optional() })

/** An inline keyboard as it comes over the wire. */
export const markup = json(z.looseObject({ inline_keyboard: z.array(z.array(button)).optional() }))

/** The chat that a call names. */
export const chatId = z.union([z.string().regex(/^@\w+$/), z.coerce.number()])

/** Reads the parameters of a call, or refuses it as the Bot API does. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw badRequest(`${issue?.path.join('.') ?? 'parameter'}: ${issue?.message ?? 'invalid'}`)
}

/** The buttons of a keyboard; refuses data that is not 1 to 64 bytes and buttons without a text. */
export function readKeyboard(keyboard: z.infer<typeof markup> | undefined): readonly (readonly Button[])[] {
  return (keyboard?.inline_keyboard ?? []).map((row) =>
    row.map(({ text, callback_data: data }) => {
      if (text.trim() === '') throw badRequest('inline keyboard button text is empty')
      const size = Buffer.byteLength(data ?? 'x')
      if (size < 1 || size > 64) throw badRequest('BUTTON_DATA_INVALID')
      return { label: text, data }
    }),
  )
}

/** The text as Telegram keeps it: trimmed, without HTML marks. Refuses an empty or too long one. */
export function readText(text: string, parseMode: string | undefined): string {
  const plain = (parseMode === 'HTML' ? text.replace(/<[^>]*>/g, '') : text).trim()
  if (plain === '') throw badRequest('message text is empty')
  if (plain.length > 4_096) throw badRequest('message is too long')
  return plain
}

/** The caption of a photo or document; refuses one over 1,024 UTF-16 units. */
export function readCaption(caption: string | undefined): string {
  const plain = (caption ?? '').trim()
  if (plain.length > 1_024) throw badRequest('message caption is too long')
  return plain
}
