import { html } from 'hono/html'
import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import { costText, placeText, requirementLines, scheduleText } from '../../../training/browse/course-text.ts'
import type { Course } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import { officeText, type PlanWordsDeps, quotaText, subjectText } from './plan-words.ts'

/** What is known of a course, as residents read it; and its rules, which they meet. */
export function courseFacts(deps: PlanWordsDeps, course: Course): Html {
  const { texts, words, residentWords, places } = deps
  const { facts } = texts
  const window = { from: formatMoment(course.opensAt), to: formatMoment(course.closesAt) }
  const rows: readonly (readonly [string, Html | string])[] = [
    [facts.description, paragraphs(course.description)],
    [facts.schedule, scheduleText(course.sessions, residentWords())],
    [facts.place, placeFact(deps, course)],
    [
      facts.seats,
      lined([
        fill(facts.seats_value, { seats: course.seats }),
        ...course.quotas.map((one) => quotaText(deps, one)),
      ]),
    ],
    [facts.conditions, lined(requirementLines(course, residentWords(), words(), places))],
    [facts.window, fill(facts.window_value, window)],
    [facts.selection, texts.form.selections[course.selection].label],
    [facts.cost, costText(course, words())],
    [facts.contact, course.contact],
    [facts.office, officeText(deps, course.office)],
    [facts.subject, subjectText(deps, course.subject)],
    [facts.questions, lined(course.questions.map(({ text }) => text))],
    [facts.rules, lined(ruleLines(facts, course))],
  ]
  return html`<dl class="facts">${rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

function placeFact({ texts, residentWords, places }: PlanWordsDeps, course: Course): Html {
  const { mapUrl } = course
  const link =
    mapUrl === undefined
      ? ''
      : html` <a href="${mapUrl}" target="_blank" rel="noreferrer noopener">${texts.facts.map_link}</a>`
  return html`${placeText({ ...course, mapUrl: undefined }, residentWords(), places)}${link}`
}

function ruleLines(facts: PlanWordsDeps['texts']['facts'], course: Course): readonly string[] {
  const { exclusive, offerHours, barDays, minAttendance } = course
  return [
    ...(exclusive ? [facts.exclusive] : []),
    fill(facts.offer_hours, { hours: offerHours }),
    ...(barDays === 0 ? [] : [fill(facts.bar_days, { days: barDays })]),
    ...(minAttendance === 0 ? [] : [fill(facts.min_attendance, { percent: minAttendance })]),
  ]
}

function paragraphs(text: string): Html | '' {
  return text === '' ? '' : html`<span class="prose">${text}</span>`
}

function lined(lines: readonly string[]): Html | string {
  if (lines.length < 2) return lines.join('')
  return html`<ul class="plain">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}
