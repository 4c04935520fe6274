/** A refusal as the Bot API words it; `retryAfter` is in seconds, `movedTo` the id of the supergroup that a group became. */
export class BotApiError extends Error {
  override readonly name = 'BotApiError'
  readonly code: number
  readonly description: string
  readonly retryAfter: number | undefined
  readonly movedTo: number | undefined

  constructor(code: number, description: string, retryAfter?: number, movedTo?: number) {
    super(`${code}: ${description}`)
    this.code = code
    this.description = description
    this.retryAfter = retryAfter
    this.movedTo = movedTo
  }
}

/** The answer for something wrong in a request, in the words of the Bot API. */
export function badRequest(what: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${what}`)
}
