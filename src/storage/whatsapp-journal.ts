import { z } from 'zod'
import { type JournalEntry, UnreadableAccountError, type WhatsAppStore } from '../channels/whatsapp-store.ts'
import { type AccountDeps, runNamed } from './whatsapp-run.ts'
import type { Vault } from './whatsapp-vault.ts'

type Journal = Pick<
  WhatsAppStore,
  'noteArrival' | 'arrivals' | 'countAttempt' | 'dropArrival' | 'keepSent' | 'sent'
>

const noteArrival = {
  name: 'note arrival',
  text: 'INSERT INTO whatsapp_arrival (account, body, received_at) VALUES ($1, $2, $3) RETURNING id',
} as const

// A message that is sent again has the same id.
const keepSent = {
  name: 'keep sent',
  text: `
    INSERT INTO whatsapp_sent (account, id, body, sent_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account, id) DO UPDATE SET body = excluded.body, sent_at = excluded.sent_at`,
} as const

const idRow = z.object({ id: z.coerce.bigint() })

/** What came in and waits, and what went out and may be asked for again. */
export function createJournal({ pool, prisma, vault, account, now }: AccountDeps): Journal {
  return {
    async noteArrival(body) {
      const [row] = await runNamed(pool, idRow, noteArrival, [account, vault.seal('arrival', body), now()])
      return idRow.parse(row).id
    },
    async arrivals() {
      const rows = await prisma.whatsAppArrival.findMany({ where: { account }, orderBy: { id: 'asc' } })
      return rows.flatMap(({ id, body, attempts }): JournalEntry[] => {
        // One that cannot be read must not hold up the others; its row stays until the purge.
        const opened = tryOpen(vault, 'arrival', body)
        return opened === undefined ? [] : [{ id, body: opened, attempts }]
      })
    },
    async countAttempt(id) {
      await prisma.whatsAppArrival.updateMany({
        where: { account, id },
        data: { attempts: { increment: 1 } },
      })
    },
    async dropArrival(id) {
      await prisma.whatsAppArrival.deleteMany({ where: { account, id } })
    },
    async keepSent(id, content) {
      await runNamed(pool, z.never(), keepSent, [account, id, vault.seal(`sent ${id}`, content), now()])
    },
    async sent(id) {
      const row = await prisma.whatsAppSent.findUnique({ where: { account_id: { account, id } } })
      return row === null ? undefined : tryOpen(vault, `sent ${id}`, row.body)
    },
  }
}

function tryOpen(vault: Vault, place: string, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return vault.open(place, sealed)
  } catch (error) {
    if (error instanceof UnreadableAccountError) return undefined
    throw error
  }
}
