import type { Audience } from '../../../broadcast/audience.ts'
import type { BroadcastPlan } from '../../../broadcast/broadcast.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import { type FormFields, ticks } from '../trainings/form-fields.ts'

/** The fields of the form that a plan is read from again. */
export function writeForm(plan: BroadcastPlan): FormFields {
  const { title, text, media, buttons, audience, posts, source, scheduledAt, expiresAt } = plan
  const rows = buttons.flatMap(({ label, words }, row) => [
    [`buttons.${row}.label`, label] as const,
    [`buttons.${row}.words`, words] as const,
  ])
  return {
    ...{ title, text, media: media?.id ?? '' },
    ...Object.fromEntries(rows),
    ...writeAudience(audience),
    ...ticks('posts', posts),
    source: source === undefined ? '' : `${source.type}.${source.number}`,
    ...moment('schedule', scheduledAt),
    ...moment('expires', expiresAt),
  }
}

/** The fields that say whom it is for. */
function writeAudience(audience: Audience): FormFields {
  const { topics, places, course, channels, language, without } = audience
  return {
    ...ticks('topics', topics),
    ...ticks('places', places),
    course: course === undefined ? '' : String(course.number),
    ...ticks('states', course?.states ?? []),
    ...ticks('channels', channels),
    language: language ?? '',
    ...ticks('without', without.broadcasts.map(String)),
    withoutCourse: without.course === undefined ? '' : String(without.course),
  }
}

const audienceField = /^(topics|places|states|channels|without)\.|^(course|language|withoutCourse)$/

/** The same form for another audience. */
export function withAudience(fields: FormFields, audience: Audience): FormFields {
  const others = Object.entries(fields).filter(([name]) => !audienceField.test(name))
  return { ...Object.fromEntries(others), ...writeAudience(audience) }
}

function moment(name: string, at: Date | undefined): FormFields {
  if (at === undefined) return { [`${name}.date`]: '', [`${name}.time`]: '' }
  const { day, clock } = writeMoment(at)
  return { [`${name}.date`]: day, [`${name}.time`]: clock }
}
