import { type JournalEntry, UnreadableAccountError, type WhatsAppStore } from '../channels/whatsapp-store.ts'
import type { AccountDeps } from './whatsapp-run.ts'
import type { Vault } from './whatsapp-vault.ts'

type Journal = Pick<
  WhatsAppStore,
  'noteArrival' | 'arrivals' | 'countAttempt' | 'dropArrival' | 'keepSent' | 'sent'
>

/** What came in and waits, and what went out and may be asked for again. */
export function createJournal({ prisma, vault, account, now }: AccountDeps): Journal {
  return {
    async noteArrival(body) {
      const data = { account, body: vault.seal('arrival', body), receivedAt: now() }
      return (await prisma.whatsAppArrival.create({ data, select: { id: true } })).id
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
      const body = vault.seal(`sent ${id}`, content)
      // One statement, so that a repeat that runs at the same time does not fail.
      await prisma.$executeRaw`
        INSERT INTO whatsapp_sent (account, id, body, sent_at) VALUES (${account}, ${id}, ${body}, ${now()})
        ON CONFLICT (account, id) DO UPDATE SET body = excluded.body, sent_at = excluded.sent_at`
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
