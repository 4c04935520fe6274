import type { PauseReason } from '../broadcast.ts'
import type { BroadcastSettings } from '../broadcast-deps.ts'
import type { Signs } from './store-figures.ts'

/** So many must have been told before a share says anything. */
const leastTold = 20
/** Of the first few, one alone may be chance. */
const leastOfFew = 2

/** Why a broadcast is to be paused, by what came back from those who were told; undefined while all is well. */
export function badSign(
  { told, failed, stopped }: Signs,
  { mostStops, mostFailures }: BroadcastSettings,
  isCanary: boolean,
): PauseReason | undefined {
  if (told === 0 || (!isCanary && told < leastTold)) return undefined
  const sent = told - failed
  const isBad = (count: number, of: number, most: number) =>
    count / Math.max(1, of) > most && (told >= leastTold || count >= leastOfFew)
  if (isBad(stopped, sent, mostStops)) return 'stop_rate'
  return isBad(failed, told, mostFailures) ? 'failure_rate' : undefined
}
