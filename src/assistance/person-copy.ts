import type { ProtectedPerson } from './person.ts'

/** The columns of `encodePersons`, in its order. */
export const personCopyColumns = [
  'list_id',
  'nik_hash',
  'details_hash',
  'household_hash',
  'birth_date',
  'kelurahan',
  'name',
  'programmes',
] as const

/** What a binary COPY begins with: its signature, no flags, no extension. */
export const copyHeader: Buffer = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** What a binary COPY ends with. */
export const copyTrailer: Buffer = Buffer.from([0xff, 0xff])

const textOid = 25
const day = 86_400_000
const year2000 = Date.UTC(2000, 0, 1)

/** Encodes persons of the list `listId`, a uuid, as tuples of PostgreSQL's binary COPY format. */
export function encodePersons(listId: string, persons: readonly ProtectedPerson[]): Buffer {
  const list = Buffer.from(listId.replaceAll('-', ''), 'hex')
  const buffer = Buffer.allocUnsafe(persons.reduce((size, person) => size + sizeOf(person), 0))
  let at = 0
  const bytes = (value: Uint8Array | undefined) => {
    at = buffer.writeInt32BE(value?.length ?? -1, at)
    if (value === undefined) return
    buffer.set(value, at)
    at += value.length
  }
  const text = (value: string) => {
    const length = buffer.write(value, at + 4)
    at = buffer.writeInt32BE(length, at) + length
  }
  for (const person of persons) {
    at = buffer.writeInt16BE(personCopyColumns.length, at)
    bytes(list)
    bytes(person.nikHash)
    bytes(person.detailsHash)
    bytes(person.householdHash)
    at = writeDate(buffer, at, person.birthDate)
    text(person.kelurahan)
    bytes(person.name)
    at = writeTextArray(buffer, at, person.programmes)
  }
  return buffer.subarray(0, at)
}

function sizeOf(person: ProtectedPerson): number {
  const programmes = person.programmes.reduce((size, code) => size + 4 + Buffer.byteLength(code), 0)
  const hashes = person.nikHash.length + (person.detailsHash?.length ?? 0) + person.householdHash.length
  return 2 + 8 * 4 + 16 + hashes + 4 + person.kelurahan.length * 3 + person.name.length + 20 + programmes
}

function writeDate(buffer: Buffer, at: number, date: string | undefined): number {
  if (date === undefined) return buffer.writeInt32BE(-1, at)
  const days = (Date.parse(`${date}T00:00:00Z`) - year2000) / day
  return buffer.writeInt32BE(days, buffer.writeInt32BE(4, at))
}

/** An array of texts: dimensions, no nulls, element type, and for its one dimension the length and the lower bound. */
function writeTextArray(buffer: Buffer, start: number, values: readonly string[]): number {
  let at = start + 4
  for (const field of [values.length === 0 ? 0 : 1, 0, textOid]) at = buffer.writeInt32BE(field, at)
  if (values.length > 0) at = buffer.writeInt32BE(1, buffer.writeInt32BE(values.length, at))
  for (const value of values) {
    const length = buffer.write(value, at + 4)
    at = buffer.writeInt32BE(length, at) + length
  }
  buffer.writeInt32BE(at - start - 4, start)
  return at
}
