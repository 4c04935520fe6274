/** What the hashes of this room are of. */
type SecretLabel = 'nik' | 'household' | 'details' | 'code' | 'token' | 'subject'

/** The part of the city's keyring that this room needs: keyed hashes, and sealing of names. */
export interface Secrets {
  readonly currentId: string
  readonly ids: readonly string[]
  hash(label: SecretLabel, text: string, id?: string): Uint8Array<ArrayBuffer>
  seal(text: string): Uint8Array<ArrayBuffer>
  open(sealed: Uint8Array): string
}
