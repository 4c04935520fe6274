import { backOff } from '../channels/telegram-polling.ts'
import { GroupError } from '../channels/telegram-staff-failure.ts'
import type { Logger } from '../log.ts'
import type { TicketTopics } from '../storage/ticket-topics.ts'
import type { GroupPace } from './group-pace.ts'
import type { Teller } from './staff-group-teller.ts'

/** What going round among the tickets needs. */
export interface RoundsDeps {
  readonly teller: Teller
  readonly topics: Pick<TicketTopics, 'behind' | 'follow' | 'unplace' | 'setClosed'>
  readonly pace: GroupPace
  /** The group cannot be posted to until somebody does something about it. */
  onTrouble(reason: string): Promise<void>
  /** The group took something. */
  onWell(): Promise<void>
  /** Milliseconds. */
  readonly now: () => number
  readonly random?: () => number
  readonly log: Logger
}

/** Goes on until nothing is left to tell, or Telegram takes nothing now; answers how many milliseconds to rest then. */
export type Round = (signal: AbortSignal) => Promise<number>

/** After so many refusals of one entry it is only said that there is one. */
const mostRefusals = 3
const troubleRestMs = 60_000
const ticketRestMs = 60_000
/** What may go wrong in a row before all rests. */
const mostStumbles = 10

/** Makes the rounds: each ticket tells one message at a time, so that none waits for another's long story. */
export function createRounds(deps: RoundsDeps): Round {
  const { teller, topics, pace, now, log, random = Math.random } = deps
  const refusals = new Map<number, number>()
  const resting = new Map<number, number>()
  let failures = 0
  let stumbles = 0

  async function dueTickets(): Promise<readonly number[]> {
    const numbers = await topics.behind()
    return numbers.filter((number) => (resting.get(number) ?? 0) <= now())
  }

  /** Answers milliseconds to rest; undefined to go on. */
  async function tellOne(number: number, signal: AbortSignal): Promise<number | undefined> {
    try {
      const told = await teller.tell(number, signal, (refusals.get(number) ?? 0) >= mostRefusals)
      if (told === 'stopped') return 0
      if (told !== 'told') {
        resting.set(number, now() + ticketRestMs)
        return undefined
      }
      refusals.delete(number)
      failures = 0
      stumbles = 0
      await deps.onWell()
      return undefined
    } catch (error) {
      if (!(error instanceof GroupError)) throw error
      stumbles += 1
      return stumbles > mostStumbles ? restAfter(error) : afterFailure(error, number)
    }
  }

  async function afterFailure(error: GroupError, number: number): Promise<number | undefined> {
    if (error.kind === 'too_fast') pace.rest((error.retryAfter ?? 5) * 1_000)
    else if (error.kind === 'topic_gone') await topics.unplace(number)
    else if (error.kind === 'topic_closed') await topics.setClosed(number, true)
    else if (error.kind === 'not_a_forum') teller.forgetGroup()
    else if (error.kind === 'refused') refuse(error, number)
    else if (error.kind === 'moved' && error.movedTo !== undefined) {
      await topics.follow(error.movedTo)
      teller.forgetGroup()
    } else return restAfter(error)
    return undefined
  }

  function refuse(error: GroupError, number: number): void {
    const times = (refusals.get(number) ?? 0) + 1
    refusals.set(number, times)
    log.warn({ err: error, number, times }, 'the staff group did not take a line of a ticket')
    // Not even a plain word is taken: the others must not wait for it.
    if (times > mostRefusals) resting.set(number, now() + ticketRestMs)
  }

  async function restAfter(error: GroupError): Promise<number> {
    stumbles = 0
    if (error.kind === 'no_chat' || error.kind === 'no_rights') {
      teller.forgetGroup()
      await deps.onTrouble(error.kind)
      return troubleRestMs
    }
    failures += 1
    log.warn({ err: error, failures }, 'the staff group is not reachable')
    return backOff(failures, error.retryAfter, random())
  }

  return async (signal) => {
    for (;;) {
      const numbers = await dueTickets()
      if (numbers.length === 0) return 0
      for (const number of numbers) {
        if (signal.aborted) return 0
        const rest = await tellOne(number, signal)
        if (rest !== undefined) return rest
      }
    }
  }
}
