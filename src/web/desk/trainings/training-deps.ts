import type { Kelurahan, Places } from '../../../language/places.ts'
import type { BrowseWords } from '../../../training/browse/browse-words.ts'
import type { CourseDesk } from '../../../training/training-desk.ts'
import type { Offices } from '../../../training/training-offices.ts'
import type { TrainingWords } from '../../../training/training-words.ts'
import type { DeskVisit } from '../desk-route.ts'
import type { TrainingTexts } from './training-texts.ts'

/** What the pages of courses are made of. */
export interface TrainingPagesDeps {
  readonly texts: TrainingTexts
  readonly desk: CourseDesk
  readonly words: () => TrainingWords
  /** How residents are told of courses in the chat. */
  readonly residentWords: () => BrowseWords
  /** Whoever gives courses. */
  readonly offices: () => Offices
  readonly places: Pick<Places, 'all' | 'byCode'>
  /** Where residents write to the bot, as an announcement names it: a number, or an address. */
  readonly botAddress?: (() => readonly string[]) | undefined
  readonly now: () => Date
}

/** A kecamatan with its kelurahan. */
export interface District {
  readonly code: string
  readonly name: string
  readonly kelurahan: readonly Kelurahan[]
}

/** Of a code such as 53.71.01.1001, what names the kecamatan. */
const districtLength = '53.71.01'.length

/** The kecamatan of the city in the order of their codes. */
export function districtsOf({ all }: Pick<Places, 'all'>): readonly District[] {
  const districts = Map.groupBy(all, ({ code }) => code.slice(0, districtLength))
  return [...districts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, areas]) => ({ code, name: areas[0]?.district ?? code, kelurahan: areas }))
}

/** The number that a path names; undefined when it is none. */
export function numberOf({ context }: DeskVisit): number | undefined {
  const text = context.req.param('number') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
