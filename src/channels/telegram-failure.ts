import { GrammyError, HttpError } from 'grammy'
import { SendError, type SendErrorKind } from './channel.ts'

/**
 * What went wrong with a call to Telegram, without what grammY's own errors carry along: the message that was
 * sent, and the address with the token in it.
 */
export class TelegramFailure extends Error {
  override readonly name = 'TelegramFailure'
}

/** A failure that may be logged and kept as a cause. */
export function describeFailure(error: unknown): Error {
  if (error instanceof GrammyError) {
    return new TelegramFailure(`${error.method}: ${error.error_code} ${error.description}`)
  }
  if (error instanceof HttpError)
    return new TelegramFailure(`no answer: ${codeOf(error.error) ?? 'broken off'}`)
  return error instanceof Error ? error : new TelegramFailure('unknown')
}

/** A sentence for the operator when it is no use to go on; undefined when trying again may help. */
export function fatalReason(error: unknown): TelegramFailure | undefined {
  if (!(error instanceof GrammyError)) return undefined
  if (error.error_code === 401 || error.error_code === 404) {
    return new TelegramFailure('Telegram refuses the bot token: check TELEGRAM_TOKEN')
  }
  if (error.error_code === 409) {
    return new TelegramFailure(
      'another process receives the messages of this bot: stop it, or give this one a bot of its own',
    )
  }
  return undefined
}

/** Seconds that Telegram asks to wait before the next call. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.retry_after : undefined
}

/** The failure of one call, as the channel's callers know it. */
export function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const cause = describeFailure(error)
  const retryAfter = retryAfterOf(error)
  return new SendError(kindOf(error), { cause, ...(retryAfter !== undefined && { retryAfter }) })
}

function kindOf(error: unknown): SendErrorKind {
  if (error instanceof HttpError) return neverSent.has(codeOf(error.error) ?? '') ? 'unavailable' : 'unknown'
  if (!(error instanceof GrammyError)) return 'unknown'
  if (error.error_code === 403) return 'stopped'
  if (error.error_code === 429) return 'too_fast'
  if (error.error_code === 400) return goneChat.test(error.description) ? 'stopped' : 'refused'
  if (error.error_code === 413) return 'refused'
  return 'unavailable'
}

const goneChat = /chat not found|user not found|user is deactivated|PEER_ID_INVALID|chat was deleted/i

/** Whether Telegram failed after it had the call: it may have done what it was asked for. */
export function isInDoubt(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code >= 500
}

/** Failures before the first byte of a request could leave. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
