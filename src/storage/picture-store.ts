/** A picture as it is written. */
export interface PictureBytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Such as `image/webp`; told to whoever serves the bytes without us. */
  readonly mime: string
}

/**
 * Where the bytes of pictures are kept. Nothing in them is secret: what is kept here is meant to be shown. A key is a UUID and a
 * form, such as `0b0f….w480`.
 */
export interface PictureStore {
  /** Resolves once the bytes are durable; writes over what has the key. */
  write(key: string, picture: PictureBytes): Promise<void>
  /** Undefined when there is nothing of that key. */
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Forgets these; those that are not there are no error. */
  remove(keys: readonly string[]): Promise<void>
  /** The keys of what was written before a moment, some at a time. */
  list(before: Date): AsyncIterable<readonly string[]>
}

/** Whether a text is a key: nothing else becomes the name of a file or an address. */
export function isPictureKey(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]{1,8}$/.test(text)
}
