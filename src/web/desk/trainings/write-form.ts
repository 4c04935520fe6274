import type { CoursePlan } from '../../../training/course.ts'
import { writeMoment } from '../../../training/plan/plan-times.ts'
import { type FormFields, named, ticked, ticks } from './form-fields.ts'

/** The fields of the form that a plan is read from again. */
export function writeForm(plan: CoursePlan): FormFields {
  return {
    ...{ title: plan.title, subject: plan.subject, office: plan.office },
    ...{ description: plan.description, requirements: plan.requirements, contact: plan.contact },
    ...{ place: plan.place, mapUrl: plan.mapUrl ?? '', kelurahan: plan.kelurahan ?? '' },
    ...{ cost: String(plan.cost), minAge: figure(plan.minAge), maxAge: figure(plan.maxAge) },
    minEducation: plan.minEducation ?? '',
    ...ticks('domicile', plan.domicile),
    ...{ seats: String(plan.seats), selection: plan.selection },
    ...moment('opensAt', plan.opensAt),
    ...moment('closesAt', plan.closesAt),
    ...rows('sessions', plan.sessions.map(writeSession)),
    ...rows('quotas', plan.quotas.map(writeQuota)),
    ...rows('questions', plan.questions.map(writeQuestion)),
    ...(plan.exclusive ? { exclusive: ticked } : {}),
    ...{ offerHours: String(plan.offerHours), barDays: String(plan.barDays) },
    minAttendance: String(plan.minAttendance),
  }
}

/** A session as a row of the form. */
function writeSession({ startsAt, endsAt, title, place }: CoursePlan['sessions'][number]): FormFields {
  const { day, clock } = writeMoment(startsAt)
  return { date: day, from: clock, to: writeMoment(endsAt).clock, title: title ?? '', place: place ?? '' }
}

function writeQuota({ by, values, seats }: CoursePlan['quotas'][number]): FormFields {
  return { by, seats: String(seats), ...ticks('values', values) }
}

function writeQuestion({ id, text, kind, choices, optional }: CoursePlan['questions'][number]): FormFields {
  return { id, text, kind, choices: choices.join('\n'), ...(optional ? { optional: ticked } : {}) }
}

function rows(list: string, all: readonly FormFields[]): FormFields {
  return Object.assign({}, ...all.map((row, index) => named(`${list}.${index}`, row)))
}

function moment(name: string, at: Date): FormFields {
  const { day, clock } = writeMoment(at)
  return { [`${name}.date`]: day, [`${name}.time`]: clock }
}

function figure(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
