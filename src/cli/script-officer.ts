import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import type { Cause } from '../flow/script.ts'
import type { Officer } from '../staff/officer.ts'

const officer: Officer = { id: 'script', name: 'Petugas', roles: ['admin'] }

/** Does at the desk what a script has an officer do, with the newest ticket. Throws when the desk refuses. */
export async function actAsOfficer(
  { tickets, storage }: App,
  what: Extract<Cause, { type: 'officer' | 'officer_does' }>,
): Promise<void> {
  const newest = await storage.database.prisma.ticket.findFirst({
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  const number = Number(newest?.id ?? 0)
  const done = await act()
  if (done.type !== 'done') throw new Error(`the desk refused: ${done.type}`)

  async function act() {
    if (what.type === 'officer') {
      const view = await tickets.read(officer, number)
      const seen = view?.entries.at(-1)?.id ?? 0n
      return tickets.answer(officer, number, { text: what.text, seen, key: randomUUID() })
    }
    switch (what.deed) {
      case 'tanya_selesai':
        return tickets.askSolved(officer, number)
      case 'kembali_ke_bot':
        return tickets.handBack(officer, number)
      case 'tutup':
        return tickets.close(officer, number, 'done')
    }
  }
}
