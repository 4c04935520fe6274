import type { Places } from '../language/places.ts'
import type { KelurahanCells } from './read-row.ts'

/**
 * Makes the search for the kelurahan that a row means: by its Kemendagri code, else by name and kecamatan. A code of the
 * BPS names only the kecamatan, and one that both systems could have given is settled by the name. Cells that contradict
 * each other find nothing.
 */
export function createFindKelurahan(places: Places): (cells: KelurahanCells) => string | undefined {
  return ({ code, name, district }) => {
    const area = places.readAreaCode(code)
    const named = name === '' ? undefined : places.byName(name, district === '' ? undefined : district)
    if (area === undefined || area.system === 'bps') {
      return area === undefined || named?.district === area.district ? named?.code : undefined
    }
    if (area.kelurahan === undefined) return named?.district === area.district ? named?.code : undefined
    const coded = places.byCode(area.kelurahan)
    if (named === undefined || named.code === coded?.code) return coded?.code
    return area.system === 'either' && named.district === area.bpsDistrict ? named.code : undefined
  }
}
