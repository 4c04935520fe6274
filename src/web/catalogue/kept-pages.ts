/** A page as it is sent: the same bytes to everybody. */
export interface KeptPage {
  readonly status: 200 | 403 | 404 | 410 | 413 | 422 | 429
  /** Its one address, where it has one. */
  readonly path: string | undefined
  readonly plain: Uint8Array<ArrayBuffer>
  readonly gzipped: Uint8Array<ArrayBuffer>
  readonly etag: string
  /** Products that whoever looks at it sees, or finds in its list. */
  readonly views: readonly number[]
  readonly finds: readonly number[]
}

/** Pages that were made a moment ago. */
export interface KeptPages {
  /** The page under a key, made if there is none that is new enough; whoever asks meanwhile waits for the same. */
  get(key: string, make: () => Promise<KeptPage>): Promise<KeptPage>
}

interface Entry {
  readonly page: Promise<KeptPage>
  readonly since: number
  isRenewed: boolean
}

const mostPages = 400

/**
 * Keeps pages for `patienceMs`. For as long again an older one is shown while it is made anew, so that nobody waits for a page that
 * many look at. Only what was found is kept. `elapsed`: milliseconds since any moment.
 */
export function createKeptPages(patienceMs: number, elapsed = () => performance.now()): KeptPages {
  const entries = new Map<string, Entry>()
  const begin = (key: string, make: () => Promise<KeptPage>): Promise<KeptPage> => {
    const entry = { page: make(), since: elapsed(), isRenewed: false }
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > mostPages && oldest !== undefined) entries.delete(oldest)
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    entry.page.then(({ status }) => {
      if (status !== 200) forget()
    }, forget)
    return entry.page
  }
  const renew = (key: string, old: Entry, make: () => Promise<KeptPage>): void => {
    old.isRenewed = true
    const put = (page: KeptPage) => {
      if (entries.get(key) !== old) return
      if (page.status === 200) {
        entries.set(key, { page: Promise.resolve(page), since: elapsed(), isRenewed: false })
      } else entries.delete(key)
    }
    make().then(put, () => entries.delete(key))
  }
  return {
    get(key, make) {
      const known = entries.get(key)
      const age = known === undefined ? Number.POSITIVE_INFINITY : elapsed() - known.since
      if (known === undefined || age >= 2 * patienceMs) return begin(key, make)
      if (age >= patienceMs && !known.isRenewed) renew(key, known, make)
      return known.page
    },
  }
}
