import { fill } from '../../../language/fill-text.ts'
import { formatMoment } from '../../../language/format.ts'
import { costText, placeText, requirementLines, scheduleText } from '../../../training/browse/course-text.ts'
import type { Course } from '../../../training/course.ts'
import { officeText, type PlanWordsDeps } from './plan-words.ts'

/** The course as it is told outside the bot: in a group, on a board. A line whose value is not there is left out. */
export function announcementText(deps: PlanWordsDeps, course: Course, addresses: readonly string[]): string {
  const { announcement, facts, announcement_how, announcement_how_here, or } = deps.texts
  const { words, residentWords, places } = deps
  const { number } = course
  const how = addresses.length === 0 ? announcement_how_here : announcement_how
  const values: Readonly<Record<string, string>> = {
    ...{ title: course.title, description: course.description, contact: course.contact },
    place: placeText({ ...course, mapUrl: undefined }, residentWords(), places),
    ...{ map: course.mapUrl ?? '', office: officeText(deps, course.office) },
    schedule: scheduleText(course.sessions, residentWords()),
    seats: fill(facts.seats_value, { seats: course.seats }),
    conditions: requirementLines(course, residentWords(), words(), places).join('\n'),
    ...{ closes: formatMoment(course.closesAt), cost: costText(course, words()) },
    how: fill(how, { number, addresses: addresses.join(` ${or} `) }),
  }
  return announcement
    .filter((line) => !namesOf(line).some((name) => (values[name] ?? '') === ''))
    .map((line) => fill(line, values))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
}

function namesOf(line: string): readonly string[] {
  return [...line.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)
}
