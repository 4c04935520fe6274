/** Which products each contact asked the owner's number of today. */
export interface ContactAsks {
  /** Notes one more: the first of its product today, one again, or more than anybody may ask. */
  take(contactId: string, productId: number, now: Date): 'first' | 'again' | 'too_many'
}

/** Nobody buys from more in a day; whoever collects numbers is slow. */
const mostProducts = 15
const mostContacts = 20_000
const kupangMs = 8 * 3_600_000
const dayMs = 86_400_000

/** Remembers them for a day in Kupang, in this process. Beyond `most` contacts those are forgotten that asked nothing for longest. */
export function createContactAsks(most = mostContacts): ContactAsks {
  const asked = new Map<string, Set<number>>()
  let today = 0
  return {
    take(contactId, productId, now) {
      const day = Math.floor((now.getTime() + kupangMs) / dayMs)
      if (day !== today) asked.clear()
      today = day
      const products = asked.get(contactId) ?? new Set()
      asked.delete(contactId)
      asked.set(contactId, products)
      const [oldest] = asked.keys()
      if (asked.size > most && oldest !== undefined) asked.delete(oldest)
      if (products.has(productId)) return 'again'
      if (products.size >= mostProducts) return 'too_many'
      products.add(productId)
      return 'first'
    },
  }
}
