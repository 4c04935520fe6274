import { z } from 'zod'
import { BotApiError, badRequest } from './bot-api-error.ts'
import { json, readParameters } from './parameters.ts'
import type { Method } from './send-methods.ts'

const allowedUpdates = json(z.array(z.string())).optional()

const getUpdates: Method = async (world, call, gone) => {
  const schema = z.looseObject({
    offset: z.coerce.number().default(0),
    limit: z.coerce.number().min(1).max(100).default(100),
    timeout: z.coerce.number().min(0).default(0),
    allowed_updates: allowedUpdates,
  })
  const asked = readParameters(schema, call.fields)
  if (world.webhook.current() !== undefined) {
    throw new BotApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  if (asked.allowed_updates !== undefined) world.queue.allow(asked.allowed_updates)
  const waiting = world.queue.read(asked, gone)
  world.changes.notify()
  return (await waiting).map(({ wire }) => wire)
}

const setWebhook: Method = (world, call) => {
  const schema = z.looseObject({
    url: z.string().default(''),
    secret_token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,256}$/)
      .optional(),
    allowed_updates: allowedUpdates,
    drop_pending_updates: json(z.boolean()).default(false),
  })
  const asked = readParameters(schema, call.fields)
  if (asked.url !== '' && !URL.canParse(asked.url)) throw badRequest('bad webhook: invalid URL specified')
  if (asked.allowed_updates !== undefined) world.queue.allow(asked.allowed_updates)
  if (asked.drop_pending_updates)
    for (const { wire } of world.queue.pending()) world.queue.remove(wire.update_id)
  world.webhook.set(asked.url === '' ? undefined : { url: asked.url, secret: asked.secret_token })
  return true
}

const deleteWebhook: Method = (world, call, gone) =>
  setWebhook(world, { ...call, fields: { ...call.fields, url: '' } }, gone)

const getWebhookInfo: Method = (world) => ({
  url: world.webhook.current()?.url ?? '',
  has_custom_certificate: false,
  pending_update_count: world.queue.pending().length,
  ...(world.webhook.lastError() !== undefined && { last_error_message: world.webhook.lastError() }),
})

const setMyCommands: Method = (world, call) => {
  const command = z.object({
    command: z.string().regex(/^[a-z0-9_]{1,32}$/),
    description: z.string().min(1).max(256),
  })
  world.commands = readParameters(
    z.looseObject({ commands: json(z.array(command).max(100)) }),
    call.fields,
  ).commands
  return true
}

const accept: Method = () => true

/** The methods about the bot itself and the way of its updates. */
export const botMethods: Readonly<Record<string, Method>> = {
  getMe: (world) => world.bot,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  setMyCommands,
  getMyCommands: (world) => world.commands,
  deleteMyCommands(world) {
    world.commands = []
    return true
  },
  setMyDescription: accept,
  setMyShortDescription: accept,
  setMyName: accept,
  setChatMenuButton: accept,
  logOut: accept,
  close: accept,
}
