import { fill } from '../../../language/fill-text.ts'
import { formatDate } from '../../../language/format.ts'
import type { Course } from '../../../training/course.ts'
import type { ApplicantView } from '../../../training/training-desk.ts'
import type { TrainingWords } from '../../../training/training-words.ts'
import type { TrainingFileTexts } from './training-file-texts.ts'

/** A person as a file tells of them. */
export type FileApplicant = Pick<
  ApplicantView,
  'registration' | 'name' | 'birth' | 'age' | 'reason' | 'phone' | 'answers'
>

/** A cell: what is no number is a text, however much it looks like one. */
export type Cell = string | number | { readonly at: Date }

/** A sheet, each row with a cell under each heading. */
export interface Table {
  readonly name: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** What the words of the table are taken from. */
export interface TableWords {
  readonly texts: TrainingFileTexts['applicants']
  readonly words: Pick<TrainingWords, 'educations' | 'genders' | 'states'>
  /** The name of a kelurahan by its code; undefined for none of the city's. */
  kelurahanName(code: string): string | undefined
}

/**
 * Those who applied to a course, with a column for each of its questions. Answers to questions that it asked once and does not ask
 * any more come behind.
 */
export function applicantsTable(
  course: Pick<Course, 'questions'>,
  people: readonly FileApplicant[],
  words: TableWords,
): Table {
  const { before, after } = words.texts
  const questions = questionsOf(course, people)
  return {
    name: words.texts.sheet,
    headings: [...Object.values(before), ...questions.values(), ...Object.values(after)],
    rows: people.map((person) => [
      ...cellsBefore(person, words),
      ...[...questions.keys()].map((id) => person.answers.find((answer) => answer.id === id)?.answer ?? ''),
      ...cellsAfter(person, words),
    ]),
  }
}

/** Questions by their ids, as they are asked now or were asked first. */
function questionsOf(
  { questions }: Pick<Course, 'questions'>,
  people: readonly FileApplicant[],
): ReadonlyMap<string, string> {
  const found = new Map(questions.map(({ id, text }) => [id, text]))
  for (const { answers } of people) {
    for (const { id, question } of answers) if (!found.has(id)) found.set(id, question)
  }
  return found
}

/** In the order of `texts.before`. */
function cellsBefore(person: FileApplicant, { texts, words, kelurahanName }: TableWords): readonly Cell[] {
  const { registration, name, birth, age, phone, reason } = person
  const { number, kelurahan, education, gender } = registration
  // An erased person has no birth date left.
  const born = birth === '' ? '' : fill(texts.born, { birth: formatDate(birth) })
  return [
    ...[number, name === '' ? texts.erased : name, age ?? born],
    ...[kelurahanName(kelurahan) ?? kelurahan, words.educations[education]],
    ...[gender === undefined ? '' : words.genders[gender], phone ?? '', reason],
  ]
}

/** In the order of `texts.after`. */
function cellsAfter({ registration }: FileApplicant, { words }: TableWords): readonly Cell[] {
  return [registration.score ?? '', words.states[registration.state], { at: registration.createdAt }]
}
