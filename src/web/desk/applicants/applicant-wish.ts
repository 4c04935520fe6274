import { genders } from '../../../training/course.ts'
import { type RegistrationState, registrationStates } from '../../../training/registration.ts'
import type { ApplicantFilter } from '../../../training/training-desk.ts'

type Fields = Readonly<Record<string, string>>
type Order = NonNullable<ApplicantFilter['order']>

const orders = ['arrival', 'score', 'name'] as const satisfies readonly Order[]
const stateField = 'keadaan.'
/** A link takes along no more than a page of a list can have chosen. */
const mostChosen = 200

/** What an officer wants listed. */
export interface ApplicantWish extends ApplicantFilter {
  readonly order: Order
  /** What is searched for, as it may stand in an address. */
  readonly sealed?: string | undefined
  /** From 1. */
  readonly page: number
  /** Who is ticked as the page opens. */
  readonly chosen: 'all' | readonly number[]
}

/** The orders as the form offers them. */
export const applicantOrders: readonly Order[] = orders

/** What an address asks to be listed; whatever it names that there is not is left out. */
export function readApplicantWish(
  query: Fields,
  open: (sealed: string | undefined) => string | undefined,
): ApplicantWish {
  const search = open(query.cari)
  return {
    states: statesOf((query.keadaan ?? '').split('.')),
    ...choicesOf(query),
    search,
    sealed: search === undefined ? undefined : query.cari,
    page: /^[1-9]\d{0,4}$/.test(query.halaman ?? '') ? Number(query.halaman) : 1,
    chosen: query.pilih === 'semua' ? 'all' : numbersOf((query.pilih ?? '').split('.')),
  }
}

/** What the form of the filter asks for, without the name that is searched. */
export function readApplicantForm(fields: Fields): ApplicantWish {
  const ticked = Object.keys(fields).flatMap((name) =>
    name.startsWith(stateField) ? [name.slice(stateField.length)] : [],
  )
  return { states: statesOf(ticked), ...choicesOf(fields), page: 1, chosen: [] }
}

/** The field of the form that a state is ticked in. */
export function stateFieldOf(state: RegistrationState): string {
  return `${stateField}${state}`
}

/** The wish as the query of an address; nothing in it names a person. */
export function applicantQuery(wish: Partial<ApplicantWish>): string {
  const { states, kelurahan, gender, order, sealed, page = 1, chosen = [] } = wish
  const parts: Readonly<Record<string, string | undefined>> = {
    keadaan: states?.join('.'),
    kelurahan,
    jk: gender,
    urut: order === 'arrival' ? undefined : order,
    cari: sealed,
    halaman: page === 1 ? undefined : String(page),
    pilih: chosen === 'all' ? 'semua' : chosen.length === 0 ? undefined : chosen.join('.'),
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, value)
  return query.toString()
}

/** The address, below /desk, of a course's list of applicants, or of something made of it. */
export function applicantsPath(courseNumber: number, wish: Partial<ApplicantWish> = {}, more = ''): string {
  const query = applicantQuery(wish)
  return `/peserta/${courseNumber}${more}${query === '' ? '' : `?${query}`}`
}

/** Whether the wish leaves anybody out. */
export function isNarrowed({ states, kelurahan, gender, search }: ApplicantFilter): boolean {
  return (states ?? kelurahan ?? gender ?? search) !== undefined
}

function choicesOf({ kelurahan, jk, urut }: Fields) {
  return {
    kelurahan: /^[\d.]{5,20}$/.test(kelurahan ?? '') ? kelurahan : undefined,
    gender: genders.find((gender) => gender === jk),
    order: orders.find((order) => order === urut) ?? 'arrival',
  }
}

function statesOf(words: readonly string[]): readonly RegistrationState[] | undefined {
  const states = registrationStates.filter((state) => words.includes(state))
  return states.length === 0 ? undefined : states
}

function numbersOf(words: readonly string[]): readonly number[] {
  return words
    .filter((word) => /^\d{1,9}$/.test(word))
    .slice(0, mostChosen)
    .map(Number)
}
