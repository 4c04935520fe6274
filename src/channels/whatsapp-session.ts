import { z } from 'zod'

const chain = z.object({
  chainType: z.number(),
  chainKey: z.object({ key: z.string().optional() }),
  messageKeys: z.record(z.string(), z.unknown()),
})
const sessions = z.object({ _sessions: z.record(z.string(), z.object({ _chains: z.unknown() })) })

/** libsignal's number of a chain on which messages come in. */
const receiving = 2
/** So many are kept although they are spent: a message that comes twice is told by them. */
const mostSpent = 5

/**
 * Takes spent chains out of a session, in place. libsignal closes a chain when the other side answers, and keeps it for ever,
 * though it can open nothing more: after a thousand answers a session weighed 95 kB, and is written with every message.
 */
export function dropSpentChains(session: unknown): void {
  if (!sessions.safeParse(session).success) return
  for (const { _chains: chains } of Object.values(asSessions(session))) {
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

type Chains = Record<string, unknown>

/** The sessions themselves, not copies of them. */
function asSessions(session: unknown): Readonly<Record<string, { _chains: Chains }>> {
  const found: Record<string, { _chains: Chains }> = {}
  const all = fieldOf(session, '_sessions')
  for (const name of Object.keys(all)) found[name] = { _chains: fieldOf(fieldOf(all, name), '_chains') }
  return found
}

function fieldOf(value: unknown, name: string): Chains {
  const holder = z.record(
    z.string(),
    z.custom<Chains>((inner) => typeof inner === 'object' && inner !== null),
  )
  const read = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return holder.safeParse({ read }).success ? read : {}
}
