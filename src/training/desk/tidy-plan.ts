import { withoutIdentifiers } from '../../language/identifier.ts'
import type { CoursePlan } from '../course.ts'

/**
 * The plan as it is kept: texts without what cannot be seen and without numbers of people, and nothing that its own kind does not
 * have. The order of lists stays.
 */
export function tidyPlan(plan: CoursePlan): CoursePlan {
  const { mapUrl, kelurahan, sessions, questions, domicile, quotas, minAge, maxAge, minEducation } = plan
  return {
    title: line(plan.title),
    subject: plan.subject,
    office: plan.office,
    description: text(plan.description),
    place: line(plan.place),
    mapUrl: mapUrl?.trim() || undefined,
    kelurahan: kelurahan || undefined,
    cost: plan.cost,
    contact: line(plan.contact),
    requirements: text(plan.requirements),
    ...{ minAge, maxAge, minEducation },
    domicile: [...new Set(domicile)],
    seats: plan.seats,
    quotas: quotas.map(({ by, values, seats }) => ({ by, values, seats })),
    selection: plan.selection,
    opensAt: plan.opensAt,
    closesAt: plan.closesAt,
    sessions: sessions.map(({ startsAt, endsAt, title, place }) => ({
      ...{ startsAt, endsAt },
      ...{ title: line(title ?? '') || undefined, place: line(place ?? '') || undefined },
    })),
    questions: questions.map(({ id, text: words, kind, choices, optional }) => ({
      id,
      // A number of a person in a question is refused, not taken out: see `checkQuestions`.
      text: clean(words).replace(/\s+/g, ' '),
      kind,
      choices: kind === 'choice' ? choices.map((choice) => clean(choice).replace(/\s+/g, ' ')) : [],
      optional: kind === 'text' && optional,
    })),
    exclusive: plan.exclusive,
    offerHours: plan.offerHours,
    barDays: plan.barDays,
    minAttendance: plan.minAttendance,
  }
}

/** A text of several lines: without empty ones at its ends, and never two in a row. */
export function text(written: string): string {
  return withoutIdentifiers(clean(written).replace(/\n{3,}/g, '\n\n'))
}

/** A text of one line. */
function line(written: string): string {
  return withoutIdentifiers(clean(written).replace(/\s+/g, ' '))
}

/** Without what cannot be seen, or turns the direction in which the rest is read. */
function clean(written: string): string {
  return written
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
}
