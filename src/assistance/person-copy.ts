import { detailsText } from './person.ts'
import type { PersonRow } from './read-row.ts'
import type { Secrets } from './secrets.ts'

/** The columns of what a person encoder makes, in its order. */
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

/** Hashes and seals persons, and encodes them as tuples of PostgreSQL's binary COPY format. */
export type EncodePersons = (persons: readonly PersonRow[]) => Buffer

const textOid = 25
const day = 86_400_000
const year2000 = Date.UTC(2000, 0, 1)
// Lengths, hashes, the uuid, and what a seal adds to a name. UTF-8 takes at most three bytes for a unit of UTF-16.
const fixedSize = 256

/** Makes the encoder for the list `listId`, a uuid. The rows of one household mostly follow each other. */
export function createPersonEncoder(secrets: Pick<Secrets, 'hash' | 'seal'>, listId: string): EncodePersons {
  const list = Buffer.from(listId.replaceAll('-', ''), 'hex')
  const arrays = new Map<string, Buffer>()
  let household = ''
  let householdHash: Uint8Array = new Uint8Array()
  return (persons) => {
    const buffer = Buffer.allocUnsafe(persons.reduce((size, person) => size + sizeOf(person), 0))
    let at = 0
    for (const person of persons) {
      if (person.household !== household) {
        household = person.household
        householdHash = secrets.hash('household', household)
      }
      at = buffer.writeInt16BE(personCopyColumns.length, at)
      at = writeBytes(buffer, at, list)
      at = writeBytes(buffer, at, secrets.hash('nik', person.nik))
      at = writeBytes(buffer, at, detailsHash(secrets, person))
      at = writeBytes(buffer, at, householdHash)
      at = writeDate(buffer, at, person.birthDate)
      at = writeText(buffer, at, person.kelurahan)
      at = writeBytes(buffer, at, secrets.seal(person.name))
      at = writeCodes(buffer, at, person.programmes, arrays)
    }
    return buffer.subarray(0, at)
  }
}

function sizeOf({ name, kelurahan, programmes }: PersonRow): number {
  const codes = programmes.reduce((size, code) => size + 4 + code.length * 3, 0)
  return fixedSize + (name.length + kelurahan.length) * 3 + codes
}

function detailsHash(
  secrets: Pick<Secrets, 'hash'>,
  { birthDate, kelurahan, nik }: PersonRow,
): Uint8Array | undefined {
  if (birthDate === undefined) return undefined
  return secrets.hash('details', detailsText({ birthDate, kelurahan, nikTail: nik.slice(-4) }))
}

function writeBytes(buffer: Buffer, at: number, value: Uint8Array | undefined): number {
  if (value === undefined) return buffer.writeInt32BE(-1, at)
  buffer.set(value, buffer.writeInt32BE(value.length, at))
  return at + 4 + value.length
}

function writeDate(buffer: Buffer, at: number, date: string | undefined): number {
  if (date === undefined) return buffer.writeInt32BE(-1, at)
  const time = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)))
  return buffer.writeInt32BE((time - year2000) / day, buffer.writeInt32BE(4, at))
}

function writeText(buffer: Buffer, at: number, text: string): number {
  const length = buffer.write(text, at + 4)
  return buffer.writeInt32BE(length, at) + length
}

/** Few sets of programmes serve all persons of a list: each is encoded once. */
function writeCodes(
  buffer: Buffer,
  at: number,
  codes: readonly string[],
  known: Map<string, Buffer>,
): number {
  const key = codes.join(' ')
  const encoded = known.get(key) ?? encodeTexts(codes)
  known.set(key, encoded)
  buffer.set(encoded, at)
  return at + encoded.length
}

/** An array of texts: dimensions, no nulls, element type, and for its one dimension the length and the lower bound. */
function encodeTexts(values: readonly string[]): Buffer {
  const fields = [values.length === 0 ? 0 : 1, 0, textOid, ...(values.length === 0 ? [] : [values.length, 1])]
  const parts = [
    int32(...fields),
    ...values.flatMap((value) => [int32(Buffer.byteLength(value)), Buffer.from(value)]),
  ]
  const body = Buffer.concat(parts)
  return Buffer.concat([int32(body.length), body])
}

function int32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) buffer.writeInt32BE(value, at * 4)
  return buffer
}
