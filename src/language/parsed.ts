/** The kinds of answer that a person types and this room can read. */
export const answerKinds = [
  'text',
  'number',
  'price',
  'date',
  'birth_date',
  'birth',
  'phone',
  'yes_no',
  'kelurahan',
  'nik',
  'nik_tail',
  'claim_code',
  'class_code',
] as const

/** One of `answerKinds`. */
export type AnswerKind = (typeof answerKinds)[number]

/** One thing an unclear answer may mean: the value to keep and how to say it to the person. */
export interface ParsedCandidate {
  readonly value: string | number
  readonly label: string
  readonly extra?: Readonly<Record<string, string>>
}

/**
 * What a typed answer means. `label` is how to say the value back; `confirm` marks a value that was understood
 * but must be asked back before it is kept; `details` holds the figures and names that a text may speak of.
 */
export type Parsed =
  | {
      readonly type: 'value'
      readonly value: string | number | boolean
      readonly label?: string
      readonly confirm?: boolean
      readonly extra?: Readonly<Record<string, string>>
    }
  | { readonly type: 'ambiguous'; readonly candidates: readonly ParsedCandidate[] }
  | {
      readonly type: 'problem'
      readonly problem: ParseProblem
      readonly details: Readonly<Record<string, string | number>>
    }

/** Every problem code, so that the texts of `system.yaml` can be checked to have one for each. */
export const parseProblems = [
  'text.empty',
  'number.unreadable',
  'price.unreadable',
  'price.range',
  'price.not_positive',
  'date.unreadable',
  'date.impossible',
  'birth_date.future',
  'birth_date.too_old',
  'birth_date.short_year',
  'birth.unreadable',
  'phone.unreadable',
  'phone.not_mobile',
  'yes_no.unreadable',
  'kelurahan.unreadable',
  'kelurahan.unknown',
  'kelurahan.district',
  'kelurahan.other_regency',
  'nik.unreadable',
  'nik.length',
  'nik.repeated',
  'nik.province',
  'nik.date',
  'nik.serial',
  'nik_tail.unreadable',
  'nik_tail.length',
  'claim_code.length',
  'claim_code.letters',
  'claim_code.check',
  'class_code.unreadable',
  'class_code.length',
] as const

/** One of `parseProblems`. */
export type ParseProblem = (typeof parseProblems)[number]

/** A problem with its details, none by default. */
export function problem(code: ParseProblem, details: Readonly<Record<string, string | number>> = {}): Parsed {
  return { type: 'problem', problem: code, details }
}
