/** A refusal as the Bot API words it; `retryAfter` is in seconds. */
export class BotApiError extends Error {
  override readonly name = 'BotApiError'
  readonly code: number
  readonly description: string
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(`${code}: ${description}`)
    this.code = code
    this.description = description
    this.retryAfter = retryAfter
  }
}

/** The answer for something wrong in a request, in the words of the Bot API. */
export function badRequest(what: string): BotApiError {
  return new BotApiError(400, `Bad Request: ${what}`)
}
