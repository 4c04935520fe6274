import { GrammyError } from 'grammy'
import { SendError } from './channel.ts'
import { describeFailure, toSendError } from './telegram-failure.ts'

/** Why the group did not take something. */
export type GroupErrorKind =
  | 'too_fast'
  /** No connection, or Telegram is down: it did not arrive, or nobody knows. */
  | 'unavailable'
  | 'topic_gone'
  | 'topic_closed'
  /** The group has no topics any more. */
  | 'not_a_forum'
  /** The bot may not do this in the group. */
  | 'no_rights'
  /** The bot is not in the group, or there is none of this id. */
  | 'no_chat'
  /** The group became a supergroup: it has the id `movedTo` now. */
  | 'moved'
  /** Telegram refuses what was to be posted, whoever would post it. */
  | 'refused'

/** Something that could not be done in a group. */
export class GroupError extends Error {
  override readonly name = 'GroupError'
  readonly kind: GroupErrorKind
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly movedTo: number | undefined

  constructor(
    kind: GroupErrorKind,
    options: { retryAfter?: number | undefined; movedTo?: number | undefined; cause?: unknown } = {},
  ) {
    super(`the group did not take it: ${kind}`, { cause: options.cause })
    this.kind = kind
    this.retryAfter = options.retryAfter
    this.movedTo = options.movedTo
  }
}

/** The failure of one call about a group. */
export function toGroupError(error: unknown): GroupError {
  if (error instanceof GroupError) return error
  const cause = describeFailure(error)
  // It never left: its turn would have come too late.
  if (error instanceof SendError && error.kind === 'too_fast')
    return new GroupError('too_fast', { retryAfter: error.retryAfter, cause })
  if (!(error instanceof GrammyError)) return new GroupError('unavailable', { cause })
  const movedTo = error.parameters.migrate_to_chat_id
  if (movedTo !== undefined) return new GroupError('moved', { movedTo, cause })
  const named = wordings.find(([, wording]) => wording.test(error.description))
  if (named !== undefined) return new GroupError(named[0], { cause })
  if (error.error_code === 403) return new GroupError('no_chat', { cause })
  if (error.error_code === 429)
    return new GroupError('too_fast', { retryAfter: error.parameters.retry_after, cause })
  return new GroupError(toSendError(error).kind === 'refused' ? 'refused' : 'unavailable', { cause })
}

// Telegram tells most of this in words only.
const wordings: readonly (readonly [GroupErrorKind, RegExp])[] = [
  ['topic_gone', /thread not found|TOPIC_DELETED|TOPIC_ID_INVALID|topic not found/i],
  ['topic_closed', /TOPIC_CLOSED/],
  ['not_a_forum', /not a forum|FORUM_DISABLED|CHANNEL_FORUM_MISSING/i],
  [
    'no_rights',
    /not enough rights|no rights|administrator rights|CHAT_ADMIN_REQUIRED|CHAT_WRITE_FORBIDDEN|_FORBIDDEN$/i,
  ],
  ['no_chat', /chat not found|PEER_ID_INVALID|chat was deleted/i],
]
