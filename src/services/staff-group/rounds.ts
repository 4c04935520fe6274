import { backOff } from '../../channels/telegram-polling.ts'
import { GroupError } from '../../channels/telegram-staff-failure.ts'
import type { Logger } from '../../log.ts'
import type { TicketTopics } from '../../storage/ticket-topics.ts'
import type { GroupPace } from './group-pace.ts'
import type { Teller } from './teller.ts'

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

/** What went wrong so far, of which everything is forgotten that went well since. */
interface Troubles {
  /** How often the group did not take the next entry of a ticket. */
  readonly refusals: Map<number, number>
  /** Until when, in milliseconds, a ticket is not tried. */
  readonly resting: Map<number, number>
  /** Times in a row that the group could not be reached. */
  failures: number
  /** Whatever went wrong in a row. */
  stumbles: number
}

/** Makes the rounds: each ticket tells one message at a time, so that none waits for another's long story. */
export function createRounds(deps: RoundsDeps): Round {
  const troubles: Troubles = { refusals: new Map(), resting: new Map(), failures: 0, stumbles: 0 }
  return async (signal) => {
    for (;;) {
      const numbers = await dueTickets(deps, troubles)
      if (numbers.length === 0) return 0
      for (const number of numbers) {
        if (signal.aborted) return 0
        const rest = await tellOne(deps, troubles, number, signal)
        if (rest !== undefined) return rest
      }
    }
  }
}

async function dueTickets({ topics, now }: RoundsDeps, { resting }: Troubles): Promise<readonly number[]> {
  const numbers = await topics.behind()
  return numbers.filter((number) => (resting.get(number) ?? 0) <= now())
}

/** Answers milliseconds to rest; undefined to go on. */
async function tellOne(
  deps: RoundsDeps,
  troubles: Troubles,
  number: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { refusals, resting } = troubles
  try {
    const told = await deps.teller.tell(number, signal, (refusals.get(number) ?? 0) >= mostRefusals)
    if (told === 'stopped') return 0
    if (told !== 'told') {
      resting.set(number, deps.now() + ticketRestMs)
      return undefined
    }
    refusals.delete(number)
    Object.assign(troubles, { failures: 0, stumbles: 0 })
    await deps.onWell()
    return undefined
  } catch (error) {
    if (!(error instanceof GroupError)) throw error
    troubles.stumbles += 1
    const isTooMuch = troubles.stumbles > mostStumbles
    return isTooMuch ? restAfter(deps, troubles, error) : afterFailure(deps, troubles, error, number)
  }
}

async function afterFailure(
  deps: RoundsDeps,
  troubles: Troubles,
  error: GroupError,
  number: number,
): Promise<number | undefined> {
  const { teller, topics, pace } = deps
  if (error.kind === 'too_fast') pace.rest((error.retryAfter ?? 5) * 1_000)
  else if (error.kind === 'topic_gone') await topics.unplace(number)
  else if (error.kind === 'topic_closed') await topics.setClosed(number, true)
  else if (error.kind === 'not_a_forum') teller.forgetGroup()
  else if (error.kind === 'refused') refuse(deps, troubles, error, number)
  else if (error.kind === 'moved' && error.movedTo !== undefined) {
    await topics.follow(error.movedTo)
    teller.forgetGroup()
  } else return restAfter(deps, troubles, error)
  return undefined
}

function refuse(
  { log, now }: RoundsDeps,
  { refusals, resting }: Troubles,
  error: GroupError,
  number: number,
): void {
  const times = (refusals.get(number) ?? 0) + 1
  refusals.set(number, times)
  log.warn({ err: error, number, times }, 'the staff group did not take a line of a ticket')
  // Not even a plain word is taken: the others must not wait for it.
  if (times > mostRefusals) resting.set(number, now() + ticketRestMs)
}

async function restAfter(deps: RoundsDeps, troubles: Troubles, error: GroupError): Promise<number> {
  const { teller, log, random = Math.random } = deps
  troubles.stumbles = 0
  if (error.kind === 'no_chat' || error.kind === 'no_rights') {
    teller.forgetGroup()
    await deps.onTrouble(error.kind)
    return troubleRestMs
  }
  troubles.failures += 1
  log.warn({ err: error, failures: troubles.failures }, 'the staff group is not reachable')
  return backOff(troubles.failures, error.retryAfter, random())
}
