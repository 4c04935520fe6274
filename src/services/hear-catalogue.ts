import type { Signals } from '../storage/signals.ts'

/** Hears of all that changes what the catalogue shows: its rows, of which the database tells, and its words. */
export async function hearCatalogue(
  signals: Pick<Signals, 'on' | 'onGap'>,
): Promise<(listener: () => void) => void> {
  const listeners: (() => void)[] = []
  const tell = () => {
    for (const listener of listeners) listener()
  }
  await signals.on('catalogue', tell)
  await signals.on('flows', tell)
  signals.onGap(tell)
  return (listener) => void listeners.push(listener)
}
