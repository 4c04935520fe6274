import { z } from 'zod'

const text = z.string().trim().min(1)
const titled = z.strictObject({ title: text, text })

/** What the web pages say: the shape of flows/content/laman.yaml. */
export const pageTextsShape = z.strictObject({
  site: z.strictObject({ language: text, name: text, service: text, skip: text, demo: text, footer: text }),
  chat: z.strictObject({
    title: text,
    bot_badge: text,
    log: text,
    bot_says: text,
    you_say: text,
    greeting_title: text,
    greeting: text,
    starters: z
      .array(z.strictObject({ label: text, text }))
      .min(1)
      .max(6),
    input: text,
    send: text,
    photo: text,
    photo_pick: text,
    photo_sent: text,
    photo_of_bot: text,
    file_of_bot: text,
    private_page: text,
    refresh: text,
    without_script: text,
    leave: text,
    leave_hint: text,
    leave_sure: text,
    states: z.strictObject({
      connecting: text,
      connected: text,
      lost: text,
      sending: text,
      waiting: text,
      failed: text,
    }),
    refused: z.strictObject({
      no_cookie: text,
      foreign: text,
      too_fast: text,
      too_many_tabs: text,
      too_large: text,
      photo_too_large: text,
      photos_too_many: text,
      not_a_photo: text,
      unreadable: text,
      not_ready: text,
    }),
  }),
  landing: z.strictObject({
    title: text,
    lead: text,
    start: text,
    telegram: text,
    can_title: text,
    can: z.array(titled).min(1),
    real_title: text,
    real: z.array(text).min(1),
    real_telegram: text,
    data_title: text,
    data: text,
  }),
  errors: z.strictObject({ back: text, not_found: titled, failed: titled, too_large: titled }),
})

export type PageTexts = z.infer<typeof pageTextsShape>
