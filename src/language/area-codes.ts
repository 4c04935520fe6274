// The six districts in the two systems of codes. The numbers do not run in the same order (Kemendagri .03 is Kelapa Lima, BPS
// ...30 is Oebobo), so nothing may be worked out from one code for the other.
const KEMENDAGRI_DISTRICTS: Readonly<Record<string, string>> = {
  '537101': 'Alak',
  '537102': 'Maulafa',
  '537103': 'Kelapa Lima',
  '537104': 'Oebobo',
  '537105': 'Kota Raja',
  '537106': 'Kota Lama',
}
const BPS_DISTRICTS: Readonly<Record<string, string>> = {
  '5371010': 'Alak',
  '5371020': 'Maulafa',
  '5371030': 'Oebobo',
  '5371031': 'Kota Raja',
  '5371040': 'Kelapa Lima',
  '5371041': 'Kota Lama',
}

/** The names of the six districts (kecamatan) of the city. */
export const DISTRICTS: readonly string[] = Object.values(KEMENDAGRI_DISTRICTS)

/**
 * What an area code of the city says. `either` is a 10-digit code that stands for a kelurahan in Kemendagri's system and
 * would also be one of another district in BPS's: the names beside it must settle which.
 */
export type AreaCode =
  | { readonly system: 'kemendagri'; readonly district: string; readonly kelurahan?: string }
  | { readonly system: 'bps'; readonly district: string }
  | {
      readonly system: 'either'
      readonly district: string
      readonly kelurahan: string
      readonly bpsDistrict: string
    }

/** Reads a code of 6, 7 or 10 digits, dotted or not, against the list of the city's kelurahan codes (10 digits). */
export function readAreaCode(code: string, kelurahanCodes: ReadonlySet<string>): AreaCode | undefined {
  const dotted = /^53\.71(?:\.\d{2}(?:\.\d{4})?)?$/.test(code.trim())
  const digits = code.replace(/[.\s]/g, '')
  if (!/^\d+$/.test(digits)) return undefined
  const bpsDistrict =
    digits.length === 7 || digits.length === 10 ? BPS_DISTRICTS[digits.slice(0, 7)] : undefined
  const district = KEMENDAGRI_DISTRICTS[digits.slice(0, 6)]
  if (district !== undefined && kelurahanCodes.has(digits)) {
    if (bpsDistrict === undefined || dotted) return { system: 'kemendagri', district, kelurahan: digits }
    return { system: 'either', district, kelurahan: digits, bpsDistrict }
  }
  if (bpsDistrict !== undefined && !dotted) return { system: 'bps', district: bpsDistrict }
  return digits.length === 6 && district !== undefined ? { system: 'kemendagri', district } : undefined
}

/** The district an area code lies in; undefined for another place, or when the two systems disagree. */
export function districtOfCode(code: string, kelurahanCodes: ReadonlySet<string>): string | undefined {
  const area = readAreaCode(code, kelurahanCodes)
  return area === undefined || area.system === 'either' ? undefined : area.district
}
