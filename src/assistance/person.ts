import type { PersonRow } from './read-row.ts'
import type { Secrets } from './secrets.ts'

/** A person as the database keeps them: nothing in it can be read without the keyring. */
export interface ProtectedPerson {
  readonly nikHash: Uint8Array
  /** Undefined without a birth date. */
  readonly detailsHash: Uint8Array | undefined
  readonly householdHash: Uint8Array
  /** `yyyy-mm-dd` */
  readonly birthDate: string | undefined
  readonly kelurahan: string
  /** Sealed. */
  readonly name: Uint8Array
  readonly programmes: readonly string[]
}

/** What a resident may type in a chat instead of a NIK. */
export interface Details {
  /** `yyyy-mm-dd` */
  readonly birthDate: string
  /** Kemendagri code with dots. */
  readonly kelurahan: string
  /** The last four digits of the NIK. */
  readonly nikTail: string
}

/** The text whose hash finds a person by their details. */
export function detailsText({ birthDate, kelurahan, nikTail }: Details): string {
  return `${birthDate}|${kelurahan}|${nikTail}`
}

/** Makes the function that hashes and seals persons. The rows of one household mostly follow each other. */
export function createProtector(secrets: Secrets): (person: PersonRow) => ProtectedPerson {
  let household = ''
  let householdHash: Uint8Array = new Uint8Array()
  return (person) => {
    if (person.household !== household) {
      household = person.household
      householdHash = secrets.hash('household', household)
    }
    const { nik, birthDate, kelurahan, programmes } = person
    const nikTail = nik.slice(-4)
    return {
      nikHash: secrets.hash('nik', nik),
      detailsHash:
        birthDate === undefined
          ? undefined
          : secrets.hash('details', detailsText({ birthDate, kelurahan, nikTail })),
      householdHash,
      birthDate,
      kelurahan,
      name: secrets.seal(person.name),
      programmes,
    }
  }
}
