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
export interface KeptPages {
  /** The page under a key, made if there is none that is new enough; whoever asks meanwhile waits for the same. */
  get(key: string, make: () => Promise<KeptPage>): Promise<KeptPage>
  /** Something that pages show is another now. */
  changed(): void
}

export interface KeptPagesOptions {
  /** For how long a page is new, and for how long it may be shown after that while it is made anew. */
  readonly patienceMs: number
  /** For how long it is new while nothing changes, where `changed` is called for all that does; as `patienceMs` when left out. */
  readonly calmMs?: number | undefined
  readonly mostPages?: number
  /** Milliseconds since any moment. */
  readonly elapsed?: (() => number) | undefined
}

interface Entry {
  readonly page: Promise<KeptPage>
  readonly since: number
  /** Nothing has changed since it was begun. */
  isCalm: boolean
  isRenewed: boolean
}

/** Of some kilobytes each. */
const usualMost = 4_000

/**
 * Keeps pages while they are new, and a while longer: an older one is shown then while it is made anew, so that nobody waits for a
 * page that many look at. Only what was found is kept.
 */
export function createKeptPages(options: KeptPagesOptions): KeptPages {
  const {
    patienceMs,
    calmMs = patienceMs,
    mostPages = usualMost,
    elapsed = () => performance.now(),
  } = options
  const entries = new Map<string, Entry>()
  const renewals = new Set<Entry>()
  const start = (make: () => Promise<KeptPage>): Entry => ({
    page: make(),
    since: elapsed(),
    isCalm: true,
    isRenewed: false,
  })
  const begin = (key: string, make: () => Promise<KeptPage>): Promise<KeptPage> => {
    const entry = start(make)
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
    const entry = start(make)
    renewals.add(entry)
    const put = (isFound: boolean) => {
      renewals.delete(entry)
      if (entries.get(key) !== old) return
      if (isFound) entries.set(key, entry)
      else entries.delete(key)
    }
    entry.page.then(
      ({ status }) => put(status === 200),
      () => put(false),
    )
  }
  return {
    get(key, make) {
      const known = entries.get(key)
      if (known === undefined) return begin(key, make)
      const age = elapsed() - known.since
      const newMs = known.isCalm ? calmMs : patienceMs
      if (age >= newMs + patienceMs) return begin(key, make)
      if (age >= newMs && !known.isRenewed) renew(key, known, make)
      return known.page
    },
    changed() {
      for (const entry of [...entries.values(), ...renewals]) entry.isCalm = false
    },
  }
}
