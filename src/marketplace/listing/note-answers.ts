import type { ActionResult } from '../../flow/action.ts'
import { fill } from '../../language/fill-text.ts'
import { formatRupiah } from '../../language/format.ts'
import type { TakenPhoto } from '../pictures/pictures.ts'
import { checkName } from './check-words.ts'
import { priceProblem } from './edit-product.ts'
import type { ListingDeps, OwnerContext } from './listing-deps.ts'
import { wordsOf } from './own-product.ts'
import { readCertificate } from './read-certificate.ts'
import { readUnit, unitBehindPrice } from './read-unit.ts'
import { joinNotes, keptPhotos, photosTold, takePhoto } from './take-photos.ts'

/** What came as one answer: words, a photo, or both; `words` is null where the question was passed over. */
export interface Told {
  readonly words: string | null
  /** The media id of a photo; empty where none came. */
  readonly media: string
  readonly photos: readonly TakenPhoto[]
}

/** Takes what came where a photo or a name was asked for: several photos may come, and words with one are the name. */
export async function notePhotoOrName(
  deps: ListingDeps,
  {
    words,
    media,
    photos,
    photo_done,
    name,
    asked,
  }: Told & { readonly name: string; readonly photo_done: boolean; readonly asked: string },
): Promise<ActionResult> {
  const added = await addPhoto(deps, media, photos)
  const isPassed = words === null && media === ''
  const isNamed = words !== null && words.trim() !== ''
  const checked = isNamed ? checkName(words, wordsOf(deps)) : undefined
  const kept = checked?.type === 'fine' ? checked.text : name
  const why = checked?.type === 'refused' ? checked.why : ''
  // A name where the photo was asked for: the photo is still wanted.
  const isEarly = checked?.type === 'fine' && asked === 'photo' && added.photos.length === 0
  const notes = [added.note, why, isEarly ? fill(deps.listingWords().photos.name_kept, { name: kept }) : '']
  return {
    outcome: 'noted',
    values: {
      ...keptPhotos(added.photos),
      photo_done: photo_done || (isPassed && asked === 'photo'),
      name: kept,
      is_other: false,
      note: joinNotes(notes),
    },
  }
}

/** Takes a price as people write it; a photo that is late is taken too. What is unusual is asked back. */
export async function notePrice(
  deps: ListingDeps,
  { now }: OwnerContext,
  { words, media, photos, unit }: Told & { readonly unit: string },
): Promise<ActionResult> {
  const added = await addPhoto(deps, media, photos)
  const told = words ?? ''
  const read = told.trim() === '' ? undefined : deps.language.parse('price', told, { now })
  const values = {
    ...keptPhotos(added.photos),
    unit: unit !== '' ? unit : (unitBehindPrice(told, deps.words()) ?? ''),
  }
  const noted = (note: string): ActionResult => ({
    outcome: 'noted',
    values: { ...values, price: 0, note: joinNotes([added.note, note]) },
  })
  if (read === undefined) return noted('')
  if (read.type === 'problem') return noted(deps.listingWords().refusals.price)
  if (read.type === 'ambiguous') {
    // Whichever is chosen is read again as if it were typed.
    const rows = read.candidates
      .filter(({ value }) => priceProblem(Number(value), wordsOf(deps)) === undefined)
      .map(({ value, label }) => ({ told: String(value), label }))
    if (rows.length === 0) return noted(deps.listingWords().refusals.price)
    return { outcome: 'range', values: { ...values, rows, note: added.note } }
  }
  const price = Number(read.value)
  const problem = priceProblem(price, wordsOf(deps))
  if (problem !== undefined) return noted(problem)
  const outcome = read.confirm === true || price >= unusualFrom ? 'unusual' : 'noted'
  const label = outcome === 'unusual' ? { price_label: formatRupiah(price) } : {}
  return { outcome, values: { ...values, ...label, price, note: added.note } }
}

/** From here on a price is asked back, though a fine ikat may well cost it. */
const unusualFrom = 20_000_000

/** Takes a unit in the owner's words. */
export function noteUnit(deps: ListingDeps, { words }: { readonly words: string }): ActionResult {
  const unit = readUnit(words, deps.words())
  return {
    outcome: 'noted',
    values: {
      unit: unit ?? '',
      note: unit === undefined ? joinNotes([deps.listingWords().refusals.unit]) : '',
    },
  }
}

/** Takes the name of a shop. */
export function noteShopName(deps: ListingDeps, { words }: { readonly words: string }): ActionResult {
  const checked = checkName(words, wordsOf(deps))
  const isFine = checked.type === 'fine'
  return {
    outcome: 'noted',
    values: { shop_name: isFine ? checked.text : '', note: isFine ? '' : joinNotes([checked.why]) },
  }
}

/** Takes the number of a certificate of halal, or that there is none yet. */
export function noteCertificate(
  deps: ListingDeps,
  { now }: OwnerContext,
  { words }: { readonly words: string },
): ActionResult {
  const certificate = readCertificate(words)
  // "Belum ada", "tidak punya": the first word says it.
  const answer = deps.language.parse('yes_no', words.trim().split(/\s+/)[0] ?? '', { now })
  if (certificate === undefined && answer.type === 'value' && answer.value === false)
    return { outcome: 'none_yet', values: { halal: 'uncertified', note: '' } }
  const note = certificate === undefined ? joinNotes([deps.listingWords().refusals.certificate]) : ''
  return { outcome: 'noted', values: { certificate: certificate ?? '', note } }
}

async function addPhoto(
  deps: ListingDeps,
  media: string,
  photos: readonly TakenPhoto[],
): Promise<{ readonly photos: readonly TakenPhoto[]; readonly note: string }> {
  if (media === '') return { photos, note: '' }
  const taken = await takePhoto(deps, media, photos.length)
  if (taken.type === 'refused') return { photos, note: joinNotes([taken.why]) }
  const all = [...photos, taken.photo]
  return { photos: all, note: joinNotes([photosTold(deps, all.length)]) }
}
