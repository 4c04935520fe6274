import type { AudienceCount } from '../broadcast/audience.ts'
import type { Figures } from '../broadcast/broadcast.ts'
import type { BroadcastRefusal, BroadcastView, PlanProblem } from '../broadcast/broadcast-desk.ts'
import { UsageError } from './command.ts'

/** What the desk answers about a broadcast that is not there. */
export function noBroadcast(number: number): UsageError {
  return new UsageError(`lopo: no broadcast has the number ${number}`)
}

/** The error that tells why the desk did not do it, a line for each thing that is wrong. */
export function refusalOf(refusal: BroadcastRefusal, number: number | undefined, file?: string): UsageError {
  const broadcast = number === undefined ? 'the broadcast' : `broadcast ${number}`
  switch (refusal.type) {
    case 'unknown':
      return number === undefined ? new UsageError('lopo: the broadcast is gone') : noBroadcast(number)
    case 'moved':
      return new UsageError(`lopo: a colleague changed ${broadcast} just now: show it again`)
    case 'state':
      return new UsageError(
        `lopo: ${broadcast} is ${refusal.state}: show it, and see what may be done with it now`,
      )
    case 'same_person':
      return new UsageError(
        `lopo: neither whoever wrote ${broadcast} nor anybody at this machine approves it: a second person has to, at the desk`,
      )
    case 'nobody':
      return new UsageError(`lopo: ${broadcast} would reach nobody: count it`)
    case 'not_allowed':
      return new UsageError(`lopo: you may not do that with ${broadcast}`)
    case 'reason':
      return new UsageError('lopo: the reason is to be 3 to 300 characters, without a NIK or KK number')
    case 'problems': {
      const place = file === undefined ? 'lopo' : `lopo: ${file}`
      return new UsageError(refusal.problems.map((problem) => `${place}: ${sentenceOf(problem)}`).join('\n'))
    }
  }
}

function sentenceOf({ at, what, detail }: PlanProblem): string {
  const place = at.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return `${place}: ${problems[what]}${detail === undefined ? '' : `: ${detail}`}`
}

const problems: Readonly<Record<PlanProblem['what'], string>> = {
  missing: 'is missing',
  too_long: 'is too long',
  unknown_variable: 'names a variable that is not known',
  opens_nothing: 'are words that open nothing',
  in_the_past: 'is in the past',
  ends_before: 'is less than an hour after it begins',
  quiet_hours: 'is in the quiet hours',
  unknown_topic: 'is no topic',
  not_your_topic: 'is for another office to write to',
  unknown_place: 'is no kelurahan or kecamatan of the city',
  unknown_course: 'is no course',
  unknown_broadcast: 'is no broadcast',
  withdrawn: 'tells of what may not be shown any more',
  private_number: 'holds what may be a NIK or KK number',
  wrong: 'is wrong',
}

/** What became of a broadcast, on one line. */
export function figuresText(figures: Figures): string {
  const { audience, waiting, queued, sent, delivered, read, failed, suppressed, unknown } = figures
  const parts = { audience, waiting, queued, sent, delivered, read, failed, suppressed, unknown }
  return Object.entries(parts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

/** One broadcast with what may be done with it, a fact a line. */
export function viewText({ broadcast, figures, moves, changes }: BroadcastView): string {
  const { number, state, title, text, version, audience, scheduledAt, expiresAt } = broadcast
  const lines = [
    `broadcast ${number}: ${state}, changed ${version} times`,
    `title: ${title}`,
    `topics: ${audience.topics.join(', ')}`,
    ...(scheduledAt === undefined ? [] : [`begins: ${scheduledAt.toISOString()}`]),
    ...(expiresAt === undefined ? [] : [`ends: ${expiresAt.toISOString()}`]),
    ...(figures === undefined ? [] : [figuresText(figures)]),
    `may be done: ${moves.join(', ') || 'nothing'}`,
    ...changes.map(({ at, by, what }) => `${at.toISOString()} ${what} ${by}`.trimEnd()),
  ]
  return `${lines.join('\n')}\n\n${text}\n`
}

/** Whom an audience reaches and what that costs, a fact a line; then some of them by chance, masked. */
export function countText(
  { reachable, channels, unreached, samples }: AudienceCount,
  costs: Readonly<Record<string, { readonly text: string; readonly source: string; readonly as_of: string }>>,
): string {
  const reached = channels.filter((one) => one.reachable > 0)
  const lines = [
    `reachable ${reachable}`,
    ...channels.map(
      ({ channel, reachable: count, overBudget, days, seconds }) =>
        `${channel}: ${count}, ${overBudget} over today's budget, ${days} days, ${seconds} seconds`,
    ),
    ...reached.flatMap(({ channel }) => {
      const cost = costs[channel]
      return cost === undefined ? [] : [`cost ${channel}: ${cost.text} (${cost.source}, ${cost.as_of})`]
    }),
    ...Object.entries(unreached).map(([why, count]) => `${why} ${count}`),
    ...samples.map(
      ({ channel, masked, kelurahan, topic, subscribedAt, textVersion }) =>
        `sample ${channel} ${masked} ${kelurahan ?? '-'} ${topic} since ${subscribedAt.toISOString()} text ${textVersion}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
