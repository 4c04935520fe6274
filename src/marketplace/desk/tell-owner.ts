import { afterQuiet, isQuiet } from '../../language/quiet-hours.ts'
import type { Transaction } from '../../storage/database.ts'
import type { Told } from './market-desk.ts'
import type { MarketDeskDeps } from './market-desk-deps.ts'

type Deps = Pick<MarketDeskDeps, 'desk' | 'voice' | 'ownerWords' | 'quietHours' | 'now'>

/**
 * Tells an owner of a decision, within its transaction: at once, or once the quiet hours are over. `about`, such as `product:12`:
 * what waits to be told of the same is not told any more.
 */
export async function tellOwner(
  deps: Deps,
  transaction: Transaction,
  message: { readonly chatId: bigint | undefined; readonly about: string; readonly text: string },
): Promise<Told> {
  const { chatId, about, text } = message
  if (chatId === undefined) return 'nobody'
  const { desk, voice, ownerWords, quietHours } = deps
  const now = deps.now()
  if (isQuiet(now, quietHours())) {
    await desk.putNotice(transaction, { chatId, about, text, dueAt: afterQuiet(now, quietHours()) })
    return 'later'
  }
  await desk.dropNotice(transaction, chatId, about)
  await voice.tellMany(transaction, [{ chatId, text, buttons: [ownerWords().button] }], 'notice')
  return 'now'
}

const batch = 200

/** Tells what waited for the end of the quiet hours; how many messages. Any number of processes may run it at any time. */
export function createTendOwnerNotices(
  deps: Pick<MarketDeskDeps, 'store' | 'desk' | 'voice' | 'ownerWords' | 'quietHours'>,
): (now: Date) => Promise<number> {
  const { store, desk, voice, ownerWords, quietHours } = deps
  return async (now) => {
    if (isQuiet(now, quietHours())) return 0
    let told = 0
    for (;;) {
      // What is told and that it was told stand in one transaction.
      const taken = await store.transact(async (transaction) => {
        const notices = await desk.takeNotices(transaction, now, batch)
        const buttons = [ownerWords().button]
        const messages = notices.map(({ chatId, text }) => ({ chatId, text, buttons }))
        if (messages.length > 0) await voice.tellMany(transaction, messages, 'notice')
        return messages.length
      })
      told += taken
      if (taken < batch) return told
    }
  }
}
