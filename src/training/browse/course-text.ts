import { fill } from '../../language/fill-text.ts'
import {
  dayInWita,
  formatDate,
  formatMoment,
  formatRupiah,
  isoDay,
  weekdayInWita,
} from '../../language/format.ts'
import type { Places } from '../../language/places.ts'
import type { Course } from '../course.ts'
import type { TrainingWords } from '../training-words.ts'
import type { BrowseWords } from './browse-words.ts'

type Meeting = Pick<Course['sessions'][number], 'startsAt' | 'endsAt'>

const dayMs = 86_400_000
/** On more days of the week than these a course is told by the number of its meetings alone. */
const mostWeekdays = 3
const inParts = /^([^,]+), (.+) pukul (\d\d\.\d\d) WITA$/

/** When a course is, in words: of one meeting day and times; of several from when to when, how often, and the times if they are all the same. */
export function scheduleText(
  sessions: readonly Meeting[],
  texts: Pick<BrowseWords, 'schedule' | 'requirements'>,
): string {
  const [first] = sessions
  const last = sessions.at(-1)
  if (first === undefined || last === undefined) return ''
  const { weekday, date, clock: from } = partsOf(first.startsAt)
  const to = partsOf(last.endsAt).clock
  const { schedule } = texts
  if (dayOf(first.startsAt) === dayOf(last.startsAt)) return fill(schedule.one, { weekday, date, from, to })
  const weekdays = regularWeekdays(sessions)
  const isSame = sessions.every(
    (one) => partsOf(one.startsAt).clock === from && partsOf(one.endsAt).clock === to,
  )
  const days = daysText(sessions, schedule)
  const values = {
    days,
    count: sessions.length,
    weekday,
    from,
    to,
    weekdays: joined(weekdays, texts.requirements.and),
  }
  if (weekdays.length > 0) return fill(isSame ? schedule.weekly : schedule.weekly_other_times, values)
  return fill(isSame ? schedule.same_times : schedule.other_times, values)
}

/** From the first day of a course to the last: "12 sampai 16 Januari 2026". What both have in common is said once. */
export function daysText(
  sessions: readonly Meeting[],
  { days }: Pick<BrowseWords['schedule'], 'days'>,
): string {
  const first = partsOf(sessions[0]?.startsAt ?? new Date(0)).date
  const last = partsOf(sessions.at(-1)?.startsAt ?? new Date(0)).date
  if (first === last) return first
  const [day = '', month = '', year = ''] = first.split(' ')
  const [, lastMonth, lastYear] = last.split(' ')
  if (year !== lastYear) return fill(days, { first, last })
  return fill(days, { first: month === lastMonth ? day : `${day} ${month}`, last })
}

/** The day of a moment, without its year where that is the other's too: "5 Januari". */
export function shortDay(moment: Date, beside: Date): string {
  const { year } = dayInWita(beside)
  const date = dayText(moment)
  return dayInWita(moment).year === year ? date.replace(/ \d{4}$/, '') : date
}

/** The day in Kupang at a moment. */
export function dayText(moment: Date): string {
  return formatDate(dayOf(moment))
}

/** Where a course is, with its kelurahan unless the place says it, and a link to the map on a line of its own. */
export function placeText(
  { place, kelurahan, mapUrl }: Pick<Course, 'place' | 'kelurahan' | 'mapUrl'>,
  { place: texts }: Pick<BrowseWords, 'place'>,
  places: Pick<Places, 'byCode'>,
): string {
  const name = kelurahan === undefined ? undefined : places.byCode(kelurahan)?.name
  const isSaid = name === undefined || place.toLowerCase().includes(name.toLowerCase())
  const where = isSaid ? place : fill(texts.in_kelurahan, { place, kelurahan: name })
  return mapUrl === undefined ? where : `${where}\n${mapUrl}`
}

/** Nothing, or an amount. */
export function costText({ cost }: Pick<Course, 'cost'>, { free }: Pick<TrainingWords, 'free'>): string {
  return cost === 0 ? free : formatRupiah(cost)
}

/** What a course asks of whoever would take part, a line each: its rules in words, then its own. */
export function requirementLines(
  course: Pick<Course, 'minAge' | 'maxAge' | 'minEducation' | 'domicile' | 'requirements'>,
  { requirements: texts }: Pick<BrowseWords, 'requirements'>,
  { educations }: Pick<TrainingWords, 'educations'>,
  places: Pick<Places, 'all'>,
): readonly string[] {
  const { minEducation, domicile, requirements } = course
  const education =
    minEducation === undefined || minEducation === 'none' ? undefined : educations[minEducation]
  const own = requirements.split('\n').map((line) => line.replace(/^\s*[•*-]\s*/, '').trim())
  const lines = [
    agesText(course, texts),
    education === undefined ? '' : fill(texts.education, { education }),
    fill(texts.domicile, { places: domicileText(domicile, texts, places) }),
    ...own,
  ]
  return lines.filter((line) => line !== '').map((text) => fill(texts.line, { text }))
}

/** Where applicants must live: "Kecamatan Alak dan Kelurahan Oesapa"; without codes the city. */
export function domicileText(
  codes: readonly string[],
  { city, kelurahan, kecamatan, and }: BrowseWords['requirements'],
  { all }: Pick<Places, 'all'>,
): string {
  const districts = codes.flatMap((code) => {
    const inside = all.find((one) => one.code.startsWith(`${code}.`))
    return inside === undefined ? [] : [inside.district]
  })
  const names = codes.flatMap((code) => all.find((one) => one.code === code)?.name ?? [])
  const parts = [
    ...(districts.length > 0 ? [fill(kecamatan, { names: joined(districts, and) })] : []),
    ...(names.length > 0 ? [fill(kelurahan, { names: joined(names, and) })] : []),
  ]
  return parts.length === 0 ? city : joined(parts, and)
}

function agesText(
  { minAge, maxAge }: Pick<Course, 'minAge' | 'maxAge'>,
  texts: BrowseWords['requirements'],
): string {
  if (minAge !== undefined && maxAge !== undefined) return fill(texts.ages, { min: minAge, max: maxAge })
  if (minAge !== undefined) return fill(texts.min_age, { min: minAge })
  return maxAge === undefined ? '' : fill(texts.max_age, { max: maxAge })
}

/** The days of the week on which a course meets, Monday first, if it meets on each of them from the first to the last. */
function regularWeekdays(sessions: readonly Meeting[]): readonly string[] {
  const days = new Set(sessions.map(({ startsAt }) => dayOf(startsAt)))
  const names = new Map(sessions.map(({ startsAt }) => [weekdayInWita(startsAt), partsOf(startsAt).weekday]))
  const first = sessions[0]?.startsAt.getTime() ?? 0
  const last = sessions.at(-1)?.startsAt.getTime() ?? 0
  if (names.size > mostWeekdays || days.size !== sessions.length || days.size < 2 * names.size) return []
  for (let at = first; at <= last; at += dayMs) {
    const moment = new Date(at)
    if (names.has(weekdayInWita(moment)) && !days.has(dayOf(moment))) return []
  }
  const order = [...names].toSorted(([one], [other]) => ((one + 6) % 7) - ((other + 6) % 7))
  return order.map(([, name]) => name)
}

function joined(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`
}

function dayOf(moment: Date): string {
  return isoDay(dayInWita(moment))
}

/** A moment in Kupang's time in its parts: "Senin", "12 Januari 2026", "09.00". */
function partsOf(moment: Date): { readonly weekday: string; readonly date: string; readonly clock: string } {
  const [, weekday = '', date = '', clock = ''] = inParts.exec(formatMoment(moment)) ?? []
  return { weekday, date, clock }
}
