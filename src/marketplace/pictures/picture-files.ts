/** Where the bytes of pictures are kept, as `src/storage/picture-store.ts` says. */
export interface PictureFiles {
  write(
    key: string,
    picture: { readonly bytes: Uint8Array<ArrayBuffer>; readonly mime: string },
  ): Promise<void>
  read(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  remove(keys: readonly string[]): Promise<void>
  /** Keys of what was written before a moment. */
  list(before: Date): AsyncIterable<readonly string[]>
}
