import { fold } from '../language/normalise.ts'
import type { Keyring } from '../storage/keyring.ts'
import type { RegistrationDetails } from './registration.ts'

/** What trainings need of the city's secrets. */
export type TrainingSecrets = Pick<Keyring, 'hash' | 'ids' | 'seal' | 'open'>

/** What tells one person from another, as far as people tell the bot. */
export type PersonTraits = Pick<RegistrationDetails, 'name' | 'birth'> & { readonly kelurahan: string }

/** The hashes of a person by all keys, the current first: of name, birth year and kelurahan, however the name is written. */
export function personHashes(
  { hash, ids }: Pick<TrainingSecrets, 'hash' | 'ids'>,
  { name, birth, kelurahan }: PersonTraits,
): readonly [Uint8Array<ArrayBuffer>, ...Uint8Array<ArrayBuffer>[]] {
  const folded = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const text = `training:${JSON.stringify([folded, birth.slice(0, 4), kelurahan])}`
  const [current = '', ...others] = ids
  return [hash('subject', text, current), ...others.map((id) => hash('subject', text, id))]
}

/** Whether two birth dates may be of one person: a year alone may be of any day in it. */
export function mayBeSame(one: string, other: string): boolean {
  return one.slice(0, 4) === other.slice(0, 4) && (one.length === 4 || other.length === 4 || one === other)
}
