import { type Places, placeKey } from '../../language/places.ts'

/** The code of an area, or why there is none. */
export type ReadArea =
  | { readonly type: 'area'; readonly code: string }
  | { readonly type: 'problem'; readonly what: string }

const kecamatanDigits = 6

/** The kelurahan of a name or code. */
export function readKelurahan(text: string, places: Places): ReadArea {
  const found = places.byCode(text) ?? places.byName(text)
  return found === undefined ? unknown(text, 'kelurahan') : { type: 'area', code: found.code }
}

/** The kecamatan of a name or code. */
export function readKecamatan(text: string, places: Places): ReadArea {
  const code = kecamatanCode(text, places)
  return code === undefined ? unknown(text, 'kecamatan') : { type: 'area', code }
}

/** The kelurahan or kecamatan of a name or code. A name that both have must say which. */
export function readArea(text: string, places: Places): ReadArea {
  const kecamatan = readKecamatan(text, places)
  const kelurahan = readKelurahan(text, places)
  if (/^\s*kec/i.test(text)) return kecamatan
  if (/^\s*kel(?:urahan|\b)/i.test(text)) return kelurahan
  if (kecamatan.type === 'problem')
    return kelurahan.type === 'area' ? kelurahan : unknown(text, 'kelurahan or kecamatan')
  if (kelurahan.type === 'problem') return kecamatan
  const what = `is a kelurahan and a kecamatan: write "kelurahan ${text}" or "kecamatan ${text}"`
  return { type: 'problem', what }
}

/** What `readArea` reads back as the code. */
export function writeArea(code: string, places: Places): string {
  const kelurahan = places.byCode(code)
  if (kelurahan !== undefined) {
    return kecamatanCode(kelurahan.name, places) === undefined
      ? kelurahan.name
      : `kelurahan ${kelurahan.name}`
  }
  const inside = places.all.find((one) => one.code.startsWith(`${code}.`))
  return inside === undefined ? code : `kecamatan ${inside.district}`
}

function kecamatanCode(text: string, places: Places): string | undefined {
  const digits = text.replace(/[.\s]/g, '')
  // Without the word, of which "Kota Raja" would lose its own first one.
  const key = placeKey(text.replace(/^\s*kec(?:amatan|\.)?\s+/i, ''))
  const inside = places.all.find(({ code, district }) =>
    digits.length === kecamatanDigits
      ? code.replaceAll('.', '').startsWith(digits)
      : placeKey(district) === key && key !== '',
  )
  return inside?.code.split('.').slice(0, 3).join('.')
}

function unknown(text: string, what: string): ReadArea {
  return { type: 'problem', what: `"${text}" is no ${what} of the city` }
}
