import { z } from 'zod'

const chain = z.object({
  chainType: z.number(),
  chainKey: z.object({ key: z.string().optional() }),
  messageKeys: z.record(z.string(), z.unknown()),
})

/** libsignal's number of a chain on which messages come in. */
const receiving = 2
/** So many are kept although they are spent: a message that comes twice is told by them. */
const mostSpent = 5

/**
 * Takes spent chains out of a session, in place. libsignal closes a chain when the other side answers, and keeps it for ever,
 * though it can open nothing more: after a thousand answers a session weighed 95 kB, and is written with every message.
 */
export function dropSpentChains(record: unknown): void {
  for (const session of Object.values(fieldsOf(fieldsOf(record)._sessions))) {
    const chains = fieldsOf(fieldsOf(session)._chains)
    const spent = Object.keys(chains).filter((key) => isSpent(chains[key]))
    for (const key of spent.slice(0, -mostSpent)) delete chains[key]
  }
}

/** Its key is gone, and no message is awaited on it. */
function isSpent(value: unknown): boolean {
  const read = chain.safeParse(value)
  if (!read.success) return false
  const { chainType, chainKey, messageKeys } = read.data
  return chainType === receiving && chainKey.key === undefined && Object.keys(messageKeys).length === 0
}

/** The fields of an object, themselves and no copy; none of anything else. */
function fieldsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
