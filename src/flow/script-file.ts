import { z } from 'zod'
import { officeDeed } from './office-deed.ts'

const text = z.string()
const clock = z.string().transform((value, context) => {
  const moment = new Date(value)
  if (!Number.isNaN(moment.getTime())) return moment
  context.addIssue({ code: 'custom', message: 'is not a moment such as 2026-01-05T09:00+08:00' })
  return z.NEVER
})

/** What a person can send besides text. */
export const sendable = [
  'photo',
  'document',
  'location',
  'voice',
  'sticker',
  'video',
  'contact',
  'poll',
] as const

/** What an officer does besides writing. */
export const officerDeeds = ['tanya_selesai', 'kembali_ke_bot', 'tutup'] as const

/** Words that are sent with a photo or a document. */
const captioned = z.union([z.strictObject({ photo: text }), z.strictObject({ document: text })])

/** A broadcast reaches the chat; below it stand buttons, each with its words. */
const broadcast = z.strictObject({
  teks: text.min(1),
  tombol: z.record(text.min(1), text.min(1)).default({}),
})

/** One line of a script: exactly one of these keys. */
const line = z.strictObject({
  warga: text.optional(),
  warga_pilih: text.optional(),
  /** The resident presses a button of a broadcast by its words, whatever the bot said since. */
  tombol: text.optional(),
  warga_kirim: z.union([z.enum(sendable), captioned]).optional(),
  /** The resident sends the code of the class that is on. */
  warga_kode: z.literal('true').optional(),
  /** An officer wrote a broadcast with this text, and has it shown in the chat by its code. */
  warga_uji: text.min(1).optional(),
  petugas: text.optional(),
  petugas_lakukan: z.enum(officerDeeds).optional(),
  kantor: officeDeed.optional(),
  siaran: broadcast.optional(),
  waktu: clock.optional(),
  bot: text.optional(),
  bot_exact: text.optional(),
  options: z.array(text).optional(),
  /** The bot says nothing. */
  diam: z.literal('true').optional(),
  effect: z.looseObject({ name: text }).optional(),
})

const given = z.strictObject({
  fixtures: z.array(text).default([]),
  now: clock,
  channel: text.optional(),
  values: z.record(text, z.unknown()).optional(),
})

/** A `<flow>.test.yaml`: a list of scripts. */
export const scriptsSchema = z.array(
  z.strictObject({ script: text.min(1), given, lines: z.array(line).min(1) }),
)

/** One line as it was written. */
export type ScriptLine = z.infer<typeof line>
