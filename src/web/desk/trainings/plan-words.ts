import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import { costText, domicileText } from '../../../training/browse/course-text.ts'
import { type CoursePlan, genders, type Quota } from '../../../training/course.ts'
import { sessionText } from './schedule-words.ts'
import type { TrainingPagesDeps } from './training-deps.ts'

/** What words for a plan are made of. */
export type PlanWordsDeps = Pick<
  TrainingPagesDeps,
  'texts' | 'words' | 'residentWords' | 'offices' | 'places'
>

/** What kelurahan and kecamatan are called, by their codes. */
function placeNames(
  { residentWords, places }: Pick<PlanWordsDeps, 'residentWords' | 'places'>,
  codes: readonly string[],
): string {
  return domicileText(codes, residentWords().requirements, places)
}

/** Who is in the group of a quota. */
export function groupText(deps: PlanWordsDeps, { by, values }: Pick<Quota, 'by' | 'values'>): string {
  const { texts, words } = deps
  switch (by) {
    case 'kelurahan':
    case 'kecamatan':
      return placeNames(deps, values)
    case 'gender':
      return values.map((value) => genderName(words(), value)).join(', ')
    case 'desil':
      return fill(texts.facts.desil, { values: values.join(', ') })
  }
}

/** One value of a quota, whatever it is told by. */
export function valueText(deps: PlanWordsDeps, value: string): string {
  if (/^\d{1,2}$/.test(value)) return fill(deps.texts.facts.desil, { values: value })
  return value.includes('.') ? placeNames(deps, [value]) : genderName(deps.words(), value)
}

function genderName(words: ReturnType<PlanWordsDeps['words']>, value: string): string {
  const gender = genders.find((one) => one === value)
  return gender === undefined ? value : words.genders[gender]
}

/** A quota in words. */
export function quotaText(deps: PlanWordsDeps, quota: Quota): string {
  const { seats } = quota
  return fill(deps.texts.facts.quota_value, { seats, group: groupText(deps, quota) })
}

/** What the office is called. */
export function officeText({ offices }: Pick<PlanWordsDeps, 'offices'>, code: string): string {
  return offices().get(code)?.title ?? code
}

/** What the subject is called. */
export function subjectText({ words }: Pick<PlanWordsDeps, 'words'>, code: string): string {
  return words().subjects[code]?.title ?? code
}

/** Every field of a plan in words, by its name: for telling what is otherwise than what is kept. */
export function tellFields(
  deps: PlanWordsDeps,
  plan: CoursePlan,
): Readonly<Record<keyof CoursePlan, string>> {
  const { texts, words } = deps
  const { form } = texts
  const figure = (value: number | undefined) => (value === undefined ? '' : String(value))
  return {
    ...{ title: plan.title, description: plan.description, place: plan.place, contact: plan.contact },
    ...{ subject: subjectText(deps, plan.subject), office: officeText(deps, plan.office) },
    ...{ requirements: plan.requirements, mapUrl: plan.mapUrl ?? '' },
    kelurahan: plan.kelurahan === undefined ? '' : placeNames(deps, [plan.kelurahan]),
    cost: costText(plan, words()),
    ...{ minAge: figure(plan.minAge), maxAge: figure(plan.maxAge) },
    minEducation: plan.minEducation === undefined ? '' : words().educations[plan.minEducation],
    domicile: placeNames(deps, plan.domicile),
    ...{ seats: figure(plan.seats), quotas: plan.quotas.map((one) => quotaText(deps, one)).join('; ') },
    selection: form.selections[plan.selection].label,
    ...{ opensAt: formatMoment(plan.opensAt), closesAt: formatMoment(plan.closesAt) },
    sessions: plan.sessions.map((session) => sessionText(texts, session)).join('; '),
    questions: plan.questions.map(({ text }) => text).join(' '),
    exclusive: plan.exclusive ? texts.yes : texts.no,
    ...{ offerHours: figure(plan.offerHours), barDays: figure(plan.barDays) },
    minAttendance: figure(plan.minAttendance),
  }
}
