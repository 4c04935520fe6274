import type { Places } from '../../../language/places.ts'
import type { MarketDesk } from '../../../marketplace/desk/market-desk.ts'
import type { MarketWords } from '../../../marketplace/market-words.ts'
import type { Pictures } from '../../../marketplace/pictures/pictures.ts'
import type { DeskRoute, DeskVisit } from '../desk-route.ts'
import type { MarketTexts } from './market-texts.ts'

/** What the pages of the marketplace are made of. */
export interface MarketPagesDeps {
  readonly texts: MarketTexts
  readonly desk: MarketDesk
  readonly pictures: Pick<Pictures, 'read'>
  readonly words: () => MarketWords
  readonly places: Pick<Places, 'all' | 'byCode'>
  /** Tabs that other areas add after ours; paths below /desk. */
  readonly moreTabs?: (() => readonly { readonly label: string; readonly path: string }[]) | undefined
  /** Where the catalogue is, such as `https://lopo.kupangkota.go.id`. */
  readonly publicUrl: () => string
  readonly now: () => Date
}

/** What a part of a page needs of the request. */
export type MarketVisit = Pick<DeskVisit, 'csrf' | 'officer'>

/** A route for whoever decides on listings. */
export function route(method: DeskRoute['method'], path: string, handle: DeskRoute['handle']): DeskRoute {
  return { method, path, permission: 'marketplace', handle }
}

/** A number as it is written; undefined when it is none. */
export function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

/** The number that a path names; undefined when it is none. */
export function numberOf({ context }: Pick<DeskVisit, 'context'>): number | undefined {
  return readNumber(context.req.param('number'))
}
