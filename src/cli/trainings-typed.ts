import { registrationStates } from '../training/registration.ts'
import type { ApplicantsWish } from './trainings-applicants.ts'
import type { AttendanceWish } from './trainings-classes.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** Every option of `lopo trainings`; which goes with which word is the word's. */
const options = {
  json: { type: 'boolean' },
  all: { type: 'boolean' },
  code: { type: 'boolean' },
  reason: { type: 'string' },
  state: { type: 'string' },
  csv: { type: 'string' },
  xlsx: { type: 'string' },
  present: { type: 'string' },
  issue: { type: 'string' },
} as const

/** What goes with a word, as far as it takes it. */
export interface Typed {
  readonly number: number
  readonly session: number
  readonly file: string
  readonly registrations: readonly number[]
  readonly json: boolean
  readonly all: boolean
  readonly reason: string | undefined
  readonly applicants: ApplicantsWish
  readonly attendance: AttendanceWish
  readonly issue: 'all' | readonly number[] | undefined
}

/** What a word takes, in order, and its options. */
export interface Takes {
  readonly takes: readonly ('number' | 'session' | 'file' | 'registrations')[]
  readonly options?: readonly (keyof typeof options)[]
  /** An option that it cannot do without. */
  readonly needs?: 'reason'
}

/** Reads what is typed behind `trainings`, by its word; throws a UsageError that names what is wrong. */
export function readTyped<Word extends Takes>(
  args: readonly string[],
  usage: string,
  words: ReadonlyMap<string, Word>,
): { readonly word: Word; readonly typed: Typed } {
  const { values, positionals } = readOptions(args, usage, options)
  const [what = 'list', ...operands] = positionals
  const word = words.get(what)
  const wrong = (why: string) => wrongUsage(why, usage)
  if (word === undefined) throw wrong(`trainings cannot ${what}`)
  for (const name of Object.keys(values)) {
    if (!word.options?.some((option) => option === name))
      throw wrong(`--${name} is not for trainings ${what}`)
  }
  if (word.needs !== undefined && values[word.needs] === undefined) throw wrong(`--${word.needs} is missing`)
  const { json = false, all = false, reason, code, present, issue } = values
  const given = readOperands(word, operands, wrong)
  const numbers = (list: string) => list.split(',').map((one) => readNumber(one.trim(), wrong))
  if (code && present !== undefined) throw wrong('--code and --present do not go together')
  return {
    word,
    typed: {
      ...{ ...given, json, all, reason },
      applicants: readApplicantsWish({ ...values, json }, wrong),
      attendance: code
        ? { type: 'code' }
        : present === undefined
          ? { type: 'list' }
          : { type: 'mark', present: present === '' ? [] : numbers(present) },
      issue: issue === undefined || issue === 'all' ? issue : numbers(issue),
    },
  }
}

type Wrong = (why: string) => Error

function readOperands({ takes }: Takes, operands: readonly string[], wrong: Wrong) {
  const left = [...operands]
  const given: { number: number; session: number; file: string; registrations: readonly number[] } = {
    ...{ number: 0, session: 0, file: '', registrations: [] },
  }
  for (const name of takes) {
    const next = left.shift()
    if (next === undefined) throw wrong(`the ${name === 'registrations' ? 'registration' : name} is missing`)
    if (name === 'file') given.file = next
    else if (name === 'registrations')
      given.registrations = [next, ...left.splice(0)].map((one) => readNumber(one, wrong))
    else given[name] = readNumber(next, wrong)
  }
  if (left.length > 0) throw wrong(`${left[0]} is too much`)
  return given
}

function readNumber(text: string, wrong: Wrong): number {
  if (!/^\d{1,9}$/.test(text)) throw wrong(`${text} is no number`)
  return Number(text)
}

function readApplicantsWish(
  { state, json, csv, xlsx }: { state?: string; json: boolean; csv?: string; xlsx?: string },
  wrong: Wrong,
): ApplicantsWish {
  const known = registrationStates.find((one) => one === state)
  if (state !== undefined && known === undefined)
    throw wrong(`--state is one of ${registrationStates.join(', ')}`)
  if ([json || undefined, csv, xlsx].filter((one) => one !== undefined).length > 1) {
    throw wrong('of --json, --csv and --xlsx one is enough')
  }
  const path = csv ?? xlsx
  const kind = csv === undefined ? 'xlsx' : 'csv'
  return { state: known, json, file: path === undefined ? undefined : { kind, path } }
}
