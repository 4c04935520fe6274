import type { BroadcastLine } from '../../../broadcast/broadcast-desk.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import type { DeskSection } from '../desk-layout.ts'
import type { Tile } from '../home-page.ts'
import { type BroadcastPagesDeps, pathOf } from './broadcast-deps.ts'
import type { BroadcastTexts } from './broadcast-texts.ts'

/** The broadcasts' entry in the desk's navigation. */
export function broadcastSection({ section }: Pick<BroadcastTexts, 'section'>): DeskSection {
  return { name: 'broadcasts', label: section, path: '/siaran', permission: 'broadcasts' }
}

/** What the desk's first page tells of broadcasts: what waits for this officer's approval, what goes out, what paused by itself. */
export async function broadcastTiles(
  { desk, texts }: Pick<BroadcastPagesDeps, 'desk' | 'texts'>,
  officer: Officer,
): Promise<readonly Tile[]> {
  if (!may(officer, 'broadcasts')) return []
  const lines = await desk.list(officer, { over: false })
  const { tiles } = texts
  const waiting = await waitingFor(desk, officer, lines)
  const sending = lines.filter(({ broadcast }) => broadcast.state === 'sending')
  const paused = lines.filter(
    ({ broadcast }) => broadcast.state === 'paused' && broadcast.pauseReason !== undefined,
  )
  return [
    ...tile(paused, { label: tiles.paused, hint: tiles.paused_hint, urgent: true }),
    ...tile(waiting, { label: tiles.approve }),
    ...tile(sending, { label: tiles.sending }),
  ]
}

/** A first page must not read more. */
const mostRead = 20

/** Those that this officer may approve; whoever had a hand in one may not. */
async function waitingFor(
  desk: BroadcastPagesDeps['desk'],
  officer: Officer,
  lines: readonly BroadcastLine[],
): Promise<readonly BroadcastLine[]> {
  if (!may(officer, 'broadcast_approval')) return []
  const proposed = lines.filter(({ broadcast }) => broadcast.state === 'proposed').slice(0, mostRead)
  const views = await Promise.all(proposed.map(({ broadcast }) => desk.read(officer, broadcast.number)))
  return views.filter((view) => view !== undefined).filter(({ moves }) => moves.includes('approve'))
}

/** One tile, that leads to the only one where there is one. */
function tile(
  lines: readonly BroadcastLine[],
  what: Pick<Tile, 'label' | 'hint' | 'urgent'>,
): readonly Tile[] {
  const [first] = lines
  if (first === undefined) return []
  const path = lines.length === 1 ? pathOf(first.broadcast.number) : '/siaran'
  return [{ ...what, count: lines.length, path }]
}
