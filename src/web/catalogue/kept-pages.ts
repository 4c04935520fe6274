import { createKept, type Kept, type KeptOptions } from './kept.ts'

/** A page as it is sent: the same bytes to everybody. */
export interface KeptPage {
  readonly status: 200 | 403 | 404 | 410 | 413 | 422 | 429
  /** Its one address, where it has one. */
  readonly path: string | undefined
  readonly gzipped: Uint8Array<ArrayBuffer>
  readonly etag: string
  /** Products that whoever looks at it sees, or finds in its list. */
  readonly views: readonly number[]
  readonly finds: readonly number[]
}

/** Pages that were made before. */
export type KeptPages = Kept<KeptPage>

/** Of some kilobytes each. */
const usualMost = 4_000

/** Keeps pages. Only what was found is kept: of what is not there, there is no end. */
export function createKeptPages(
  options: Omit<KeptOptions<KeptPage>, 'most' | 'isWorth'> & { readonly most?: number },
): KeptPages {
  return createKept({ most: usualMost, ...options, isWorth: ({ status }) => status === 200 })
}
