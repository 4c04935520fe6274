import type { GroupCalls, GroupPlace } from '../../channels/telegram-staff.ts'
import { GroupError } from '../../channels/telegram-staff-failure.ts'
import type { Logger } from '../../log.ts'
import type { GroupPace } from './group-pace.ts'

/** How the bot answers whoever wrote in the group. Nothing of it holds up what comes next. */
export interface GroupAnswers {
  /** Answers a message in a few words; `then` is called with the id of the answer once it is posted. */
  say(place: GroupPlace, text: string, then?: (messageId: number) => Promise<void>): void
  /** A thumb up under the message, or `words` where the group takes none. */
  accept(place: GroupPlace, words: string): void
  /** Resolves when all is said or given up. */
  idle(): Promise<void>
}

export interface GroupAnswersDeps {
  readonly calls: GroupCalls
  readonly pace: GroupPace
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
  readonly log: Logger
}

const mostTries = 5
const mostText = 4_000

/** Makes it; an answer that Telegram does not take is tried some times more. */
export function createGroupAnswers(deps: GroupAnswersDeps): GroupAnswers {
  const { calls, pace, signal, log } = deps
  const underWay = new Set<Promise<void>>()

  function begin(work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => log.warn({ err: error }, 'the staff group was not answered'))
      .finally(() => underWay.delete(running))
    underWay.add(running)
  }

  async function post(place: GroupPlace, text: string): Promise<number | undefined> {
    if (!(await pace.turn('answer', signal))) return undefined
    return calls.post(place, text.slice(0, mostText))
  }

  return {
    say(place, text, then) {
      begin(async () => {
        const messageId = await patiently(deps, () => post(place, text))
        if (messageId !== undefined) await then?.(messageId)
      })
    },
    accept(place, words) {
      begin(async () => {
        try {
          await patiently(deps, () => calls.react(place.chatId, place.replyTo ?? 0))
        } catch (error) {
          // Some groups allow no reactions.
          if (!(error instanceof GroupError)) throw error
          await patiently(deps, () => post(place, words))
        }
      })
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

async function patiently<T>({ wait, signal, pace }: GroupAnswersDeps, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call()
    } catch (error) {
      const mayHelp =
        error instanceof GroupError && (error.kind === 'too_fast' || error.kind === 'unavailable')
      if (!mayHelp || tries >= mostTries || signal.aborted) throw error
      const rest = (error.retryAfter ?? 2 ** tries) * 1_000
      if (error.kind === 'too_fast') pace.rest(rest)
      await wait(rest, signal)
    }
  }
}
