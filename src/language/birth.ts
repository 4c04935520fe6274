import { parseBirthDate } from './date.ts'
import { fold } from './normalise.ts'
import { type Parsed, problem } from './parsed.ts'

const LONGEST = 80
const ABOUT = 'lahir|kelahiran|tahun|thn|taon|taong|th'
const BESIDE =
  'saya|sy|beta|be|b|katong|dia|anak|pung|punya|tanggal|tgl|itu|ini|di|pada|pak|bu|ibu|bapak|kak|e|ya|sa|saja|nya|nih|kira|sekitar'
const AROUND = new RegExp(`\\b(?:${ABOUT}|${BESIDE})(?:nya)?\\b`, 'g')
const NAMED = new RegExp(`\\b(?:${ABOUT})(?:nya)?\\b`)
/** "28 tahun" and "umur 28" tell how old somebody is, not when they were born. */
const AGE = /(?<!\d)\d{1,3} ?(?:tahun|thn|taon|taong|th)\b|\b(?:umur|usia|umurnya|usianya)\b/
const FIRST_YEAR = 1900

/**
 * Reads a birth date as `parseBirthDate` does, or only the year of it: `1998`, also out of "lahir thn 98". A year of two digits
 * that nothing says is one may as well be an age, and is asked back.
 */
export function parseBirth(text: string, now: Date): Parsed {
  const date = parseBirthDate(text, now)
  if (date.type !== 'problem' || date.problem !== 'date.unreadable') return date
  const folded = fold(text.slice(0, LONGEST)).replace(/[^a-z\d]+/g, ' ')
  if (AGE.test(folded)) return problem('birth.unreadable')
  const alone = folded.replace(AROUND, ' ').replace(/\s+/g, ' ').trim()
  const year = /^\d+$/.test(alone) || !/\d/.test(alone) ? alone : onlyYearIn(folded)
  return year === undefined || /^(?:\d|\d{3}|\d{5,})$/.test(year)
    ? monthAndYear(alone, now)
    : yearOf(year, now, NAMED.test(folded))
}

/** The one number in a sentence, if it is a year. */
function onlyYearIn(folded: string): string | undefined {
  const [only, ...others] = folded.match(/\d+/g) ?? []
  return others.length === 0 && /^(?:19|20)\d\d$/.test(only ?? '') ? only : undefined
}

/** "Mei 1998": what is not told of it is of no use without the day. */
function monthAndYear(said: string, now: Date): Parsed {
  const date = parseBirthDate(`1 ${said}`, now)
  return date.type === 'value' ? birthYear(String(date.value), false) : problem('birth.unreadable')
}

/** Judges a year in digits or words as the first of January of it would be. */
function yearOf(year: string, now: Date, isNamed: boolean): Parsed {
  const date = parseBirthDate(`1 januari ${year}`, now)
  if (date.type === 'value') return birthYear(String(date.value), /^\d\d$/.test(year) && !isNamed)
  if (date.type !== 'problem' || date.problem === 'date.unreadable') return problem('birth.unreadable')
  if (date.problem !== 'date.impossible') return date
  return problem(Number(date.details.year) < FIRST_YEAR ? 'birth_date.too_old' : 'birth_date.future')
}

function birthYear(date: string, isDoubtful: boolean): Parsed {
  const value = date.slice(0, 4)
  return { type: 'value', value, label: value, ...(isDoubtful ? { confirm: true } : {}) }
}
