import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import { type TelegramUpdate, telegramUpdate } from './telegram-update.ts'

/** What a webhook needs. `receive` resolves once the update is durable. */
export interface WebhookDeps {
  readonly secret: string
  receive(update: TelegramUpdate): Promise<void>
  readonly log: Logger
}

const maximumBody = 1_048_576

/**
 * Answers one post of Telegram's: 401 without the secret, 200 once the update is durable, and 503 when it could
 * not be made so, upon which Telegram posts it again.
 */
export async function answerWebhook(deps: WebhookDeps, request: Request): Promise<Response> {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
  const secret = request.headers.get('x-telegram-bot-api-secret-token') ?? ''
  if (!isSame(secret, deps.secret)) return new Response(null, { status: 401 })
  if (Number(request.headers.get('content-length') ?? 0) > maximumBody)
    return new Response(null, { status: 413 })
  const body = await readJson(request)
  const update = telegramUpdate.safeParse(body)
  if (!update.success) {
    // Posting it again would not make it readable.
    deps.log.warn('telegram posted an update that cannot be read')
    return new Response(null, { status: 200 })
  }
  try {
    await deps.receive(update.data)
    return new Response(null, { status: 200 })
  } catch (error) {
    deps.log.error({ err: error }, 'a telegram update was not received')
    return new Response(null, { status: 503 })
  }
}

/** Compares in a time that tells nothing about where two secrets differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}
