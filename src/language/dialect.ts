import { normalise } from './normalise.ts'
import type { WordTables } from './word-tables.ts'

/** What a text is written in. */
export type Dialect = 'kupang' | 'indonesia'

/** Words that Kupang Malay says otherwise: whoever writes several of them writes Indonesian. */
const INDONESIAN = new Set(
  (
    'saya aku kami kita kamu anda kalian mereka tidak nggak belum sudah telah mau ingin akan sedang punya dengan untuk ' +
    'bagaimana gimana berapa mengapa kenapa apakah jangan agar supaya tetapi namun mohon bisakah adakah'
  ).split(' '),
)
/** Words of Kupang that others write too, or that mean something else elsewhere: one of them tells little. */
const WEAK = new Set('lu su mo pi ko sa be ju kasi kase bae lai ambe iko dorang brapa'.split(' '))
/** Words of the table that are written everywhere: forms of address, greetings, shorthand, names. */
const ANYWHERE = new Set(
  (
    'non nona nyong opa oma mama mamtua bapa baptua kaka bemo syalom shalom shaloom doi uang bai lae tong pun png punk kas tau taro ' +
    'jua nah mar mara dolo dulu dong tarus sodara kasian skali bli trima smua blajar skolah sekolah kluarga tmpat bsar liat musti mesti ' +
    'onde too tii bu ma na eh ee do le leh on de dy ngomong bilang bikin buat oto bale sampi pig pis abis trus tare rami ' +
    'perna kak kk sampe ampe rma kmana kermana lgi bentar skarang jalan salamat slamat kikir'
  ).split(' '),
)
const LONGEST = 600
const MOST_TOKENS = 80
/** A lone word tells only when nobody else writes it; a longer text of other words may hold one that tells. */
const FEW = 3

/** Builds the function that tells what a text is written in; undefined where it does not tell. `isKnown`: in Indonesian. */
export function createDialectOf(
  { kupangMalay, abbreviations }: WordTables,
  isKnown: (word: string) => boolean,
): (text: string) => Dialect | undefined {
  const weights = new Map<string, number>()
  for (const [form, meaning] of kupangMalay) {
    const isOwn = form.length > 1 && form !== meaning.join(' ') && !abbreviations.has(form)
    if (WEAK.has(form)) weights.set(form, 1)
    else if (isOwn && form.length > 2 && !ANYWHERE.has(form) && !isKnown(form)) weights.set(form, 2)
  }
  const indonesian = new Set(INDONESIAN)
  for (const [short, full] of abbreviations) {
    if (full.length === 1 && INDONESIAN.has(full[0] ?? '') && !weights.has(short)) indonesian.add(short)
  }
  return (text) => tell(normalise(text.slice(0, LONGEST)).tokens.slice(0, MOST_TOKENS), weights, indonesian)
}

function tell(
  tokens: readonly string[],
  weights: ReadonlyMap<string, number>,
  indonesian: ReadonlySet<string>,
): Dialect | undefined {
  let [kupang, others] = [0, 0]
  for (const token of tokens) {
    kupang += weights.get(token) ?? 0
    if (indonesian.has(token)) others += 1
  }
  if (tokens.length === 1) return kupang > 1 ? 'kupang' : undefined
  if (kupang > 0) return kupang >= others ? 'kupang' : 'indonesia'
  return others > 1 || (others === 1 && tokens.length >= FEW) ? 'indonesia' : undefined
}
