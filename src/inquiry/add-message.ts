import type { Transaction } from '../storage/database.ts'
import type { TicketStore } from './store.ts'
import type { StoredEntry } from './store-rows.ts'

/** Lines that a person may add to tickets within an hour; what comes after is put into the last one. */
export const mostEntriesAnHour = 30

/** Characters of one line. A longer message makes several. */
const mostCharacters = 4_000

/** Characters up to which a line takes up what comes too fast. */
const mostMergedCharacters = 20_000

/** What a resident wrote to a ticket. */
export interface WrittenMessage {
  readonly number: number
  readonly contactId: string
  readonly text: string
  /** A media id, or an empty text. */
  readonly photo: string
  readonly now: Date
}

/** Adds a message to a ticket that is locked. Nothing of it is lost, however much a person writes. */
export async function addMessage(
  store: TicketStore,
  transaction: Transaction,
  { number, contactId, text, photo, now }: WrittenMessage,
): Promise<void> {
  const anHourAgo = new Date(now.getTime() - 3_600_000)
  let written = await store.countWritten(transaction, contactId, anHourAgo)
  let media = photo === '' ? [] : [photo]
  for (const piece of piecesOf(text)) {
    const last = written < mostEntriesAnHour ? undefined : await store.lastEntry(transaction, number)
    const entry = { type: 'resident', at: now } as const
    if (last !== undefined && canTake(last, piece)) {
      // A new line in the place of the last: whoever had read that one is told that something came.
      await store.removeEntry(transaction, last.entry.id)
      const words = [last.entry.text, piece].filter((part) => part !== '').join('\n')
      await store.addEntry(transaction, number, {
        ...entry,
        text: words,
        media: [...last.entry.media, ...media],
      })
    } else {
      await store.addEntry(transaction, number, { ...entry, text: piece, media })
      written += 1
    }
    media = []
  }
}

function canTake({ entry }: StoredEntry, piece: string): boolean {
  return entry.type === 'resident' && entry.text.length + piece.length < mostMergedCharacters
}

function piecesOf(text: string): readonly string[] {
  const letters = [...text.trim()]
  const pieces: string[] = []
  for (let at = 0; at < letters.length; at += mostCharacters) {
    pieces.push(letters.slice(at, at + mostCharacters).join(''))
  }
  return pieces.length === 0 ? [''] : pieces
}
