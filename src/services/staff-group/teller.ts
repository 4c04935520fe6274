import { type GroupChat, Stopped, type TellDeps, tellTicket } from './tell.ts'

/** Tells the group what is new. */
export interface Teller {
  /**
   * Tells the next message of one ticket, with what is attached to it, and remembers how far it was told. `nothing`: there was
   * nothing to tell. `unknown`: there is no such ticket. `stopped`: the signal was aborted. Rejects with a GroupError;
   * `isPlain`: in place of the entry it is said that there is one.
   */
  tell(
    number: number,
    signal: AbortSignal,
    isPlain: boolean,
  ): Promise<'told' | 'nothing' | 'unknown' | 'stopped'>
  /** Asks Telegram about the group again before it is posted to. */
  forgetGroup(): void
}

const askAgainMs = 10 * 60_000

/** Makes it. One ticket at a time: whoever calls waits for the call before. */
export function createTeller(deps: TellDeps): Teller {
  const { topics, calls, desk, viewer, now } = deps
  let known: (GroupChat & { readonly askedAt: number }) | undefined

  async function groupNow(): Promise<GroupChat> {
    const at = now().getTime()
    if (known !== undefined && at - known.askedAt < askAgainMs) return known
    const chatId = await topics.chatId()
    known = { chatId, askedAt: at, ...(await calls.describe(chatId)) }
    return known
  }

  return {
    async tell(number, signal, isPlain) {
      try {
        const view = await desk.read(viewer, number)
        return view === undefined
          ? 'unknown'
          : await tellTicket(deps, await groupNow(), view, { signal, isPlain })
      } catch (error) {
        if (error instanceof Stopped) return 'stopped'
        throw error
      }
    },
    forgetGroup() {
      known = undefined
    },
  }
}
