import type { Address } from './channel.ts'
import { createPaceKeeper, type Pace } from './webchat-pace.ts'

/** Lets in who has written before; others at a pace for each network they come from. */
export interface Newcomers {
  /** 0 when the visitor may write, else the seconds after which trying again will help. */
  admit(visitor: Address, network: string): Promise<number>
}

const mostKnown = 20_000

/** A fresh cookie costs nothing: without a limit on them, those on what one visitor may do would say little. */
export function createNewcomers(deps: {
  readonly pace: Pace
  elapsed(): number
  history(visitor: Address): Promise<readonly unknown[]>
}): Newcomers {
  const keeper = createPaceKeeper(deps.pace, deps.elapsed)
  const known = new Set<string>()
  const remember = (id: string) => {
    known.add(id)
    const [oldest] = known
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
  }
  return {
    async admit(visitor, network) {
      if (known.has(visitor.id)) return 0
      const said = await deps.history(visitor)
      const wait = said.length > 0 ? 0 : keeper.take(network)
      if (wait === 0) remember(visitor.id)
      return wait
    },
  }
}
