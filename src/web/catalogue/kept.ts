/** What was made before, by a key. */
export interface Kept<Value> {
  /** What is under a key, made if there is none that is new enough; whoever asks meanwhile waits for the same. */
  get(key: string, make: () => Promise<Value>): Promise<Value>
  /** Something that it was made of is another now. */
  changed(): void
}

export interface KeptOptions<Value> {
  /** For how long it is new, and for how long it may be shown after that while it is made anew. */
  readonly patienceMs: number
  /** For how long it is new while nothing changes, where `changed` is called for all that does; as `patienceMs` when left out. */
  readonly calmMs?: number | undefined
  readonly most: number
  /** Whether it is kept at all; everything is when left out. */
  readonly isWorth?: (value: Value) => boolean
  /** Milliseconds since any moment. */
  readonly elapsed?: (() => number) | undefined
}

interface Entry<Value> {
  readonly value: Promise<Value>
  readonly since: number
  /** Nothing has changed since it was begun. */
  isCalm: boolean
  isRenewed: boolean
}

/**
 * Keeps what is costly to make while it is new, and a while longer: an older one is given then while it is made anew, so that nobody
 * waits for what many ask for. What failed is not kept.
 */
export function createKept<Value>(options: KeptOptions<Value>): Kept<Value> {
  const { patienceMs, calmMs = patienceMs, most, isWorth = () => true } = options
  const { elapsed = () => performance.now() } = options
  const entries = new Map<string, Entry<Value>>()
  const renewals = new Set<Entry<Value>>()
  const start = (make: () => Promise<Value>): Entry<Value> => ({
    value: make(),
    since: elapsed(),
    isCalm: true,
    isRenewed: false,
  })
  const begin = (key: string, make: () => Promise<Value>): Promise<Value> => {
    const entry = start(make)
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > most && oldest !== undefined) entries.delete(oldest)
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key)
    }
    entry.value.then((value) => {
      if (!isWorth(value)) forget()
    }, forget)
    return entry.value
  }
  const renew = (key: string, old: Entry<Value>, make: () => Promise<Value>): void => {
    old.isRenewed = true
    const entry = start(make)
    renewals.add(entry)
    const put = (isKept: boolean) => {
      renewals.delete(entry)
      if (entries.get(key) !== old) return
      if (isKept) entries.set(key, entry)
      else entries.delete(key)
    }
    entry.value.then(
      (value) => put(isWorth(value)),
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
      return known.value
    },
    changed() {
      for (const entry of [...entries.values(), ...renewals]) entry.isCalm = false
    },
  }
}
