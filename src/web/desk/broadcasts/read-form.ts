import { languages } from '../../../broadcast/audience.ts'
import type { BroadcastPlan } from '../../../broadcast/broadcast.ts'
import { broadcastChannels } from '../../../broadcast/broadcast-channels.ts'
import type { Media } from '../../../channels/channel.ts'
import { parseMoment } from '../../../training/plan/plan-times.ts'
import { type FormFields, tickedOf, trimmed } from '../trainings/form-fields.ts'
import { readClock } from '../trainings/read-figures.ts'
import { readNumber } from './broadcast-deps.ts'
import { mostButtons } from './form-page.ts'
import type { FormProblem } from './form-problem.ts'

/** A broadcast as the fields of the form say. */
export interface ReadForm {
  readonly plan: BroadcastPlan
  /** What is wrong with dates and times; the rest is the desk's to say. */
  readonly problems: readonly FormProblem[]
  /** In which row of the form each button of the plan was written. */
  readonly buttonRows: readonly number[]
}

/** Reads the form; `media` is the file that its field names. Whether the broadcast makes sense is not asked here. */
export function readForm(fields: FormFields, media: Media | undefined): ReadForm {
  const buttons = readButtons(fields)
  const schedule = readMoment(fields, 'schedule')
  const expires = readMoment(fields, 'expires')
  const plan: BroadcastPlan = {
    ...{ title: trimmed(fields, 'title'), text: trimmed(fields, 'text'), media },
    buttons: buttons.map(({ button }) => button),
    audience: readAudience(fields),
    posts: broadcastChannels.filter((channel) => tickedOf(fields, 'posts').includes(channel)),
    source: readSource(fields),
    ...{ scheduledAt: schedule.moment, expiresAt: expires.moment },
  }
  return {
    plan,
    problems: [...schedule.problems, ...expires.problems],
    buttonRows: buttons.map(({ row }) => row),
  }
}

/** Whom the form means. */
export function readAudience(fields: FormFields): BroadcastPlan['audience'] {
  const number = readNumber(trimmed(fields, 'course'))
  const withoutCourse = readNumber(trimmed(fields, 'withoutCourse'))
  const broadcasts = tickedOf(fields, 'without').flatMap((text) => readNumber(text) ?? [])
  const places = tickedOf(fields, 'places')
  return {
    topics: [...tickedOf(fields, 'topics')],
    // A kecamatan has all its kelurahan in it.
    places: places.filter((code) => !places.some((other) => code.startsWith(`${other}.`))),
    course: number === undefined ? undefined : { number, states: [...tickedOf(fields, 'states')] },
    channels: broadcastChannels.filter((channel) => tickedOf(fields, 'channels').includes(channel)),
    language: languages.find((one) => one === fields.language),
    without: { broadcasts, course: withoutCourse },
  }
}

function readButtons(fields: FormFields) {
  return Array.from({ length: mostButtons }, (_, row) => row).flatMap((row) => {
    const label = trimmed(fields, `buttons.${row}.label`)
    const words = trimmed(fields, `buttons.${row}.words`)
    return label === '' && words === '' ? [] : [{ row, button: { label, words } }]
  })
}

function readSource(fields: FormFields): BroadcastPlan['source'] {
  const [kind, written] = trimmed(fields, 'source').split('.')
  const type = (['course', 'product', 'digest'] as const).find((one) => one === kind)
  const number = readNumber(written)
  return type === undefined || number === undefined ? undefined : { type, number }
}

/** A date with a time of day; neither: none. */
function readMoment(
  fields: FormFields,
  name: 'schedule' | 'expires',
): { readonly moment: Date | undefined; readonly problems: readonly FormProblem[] } {
  const [day, written] = [trimmed(fields, `${name}.date`), trimmed(fields, `${name}.time`)]
  if (day === '' && written === '') return { moment: undefined, problems: [] }
  const clock = readClock(written)
  const isDay = parseMoment(day, '00.00') !== undefined
  const problems: readonly FormProblem[] = [
    ...(isDay ? [] : [{ code: 'date', at: `${name}.date` } as const]),
    ...(clock === undefined ? [{ code: 'time', at: `${name}.time` } as const] : []),
  ]
  return { moment: clock === undefined ? undefined : parseMoment(day, clock), problems }
}
