import type { ListDesk } from '../../../assistance/list-desk.ts'
import { may, type Officer } from '../../../staff/officer.ts'
import type { DeskSection } from '../desk-layout.ts'
import type { Tile } from '../home-page.ts'
import type { ListTexts } from './list-texts.ts'

/** The entries of lists and claim codes in the desk's navigation. */
export function listSections({ lists, codes }: Pick<ListTexts, 'lists' | 'codes'>): readonly DeskSection[] {
  return [
    { name: 'lists', label: lists.section, path: '/daftar', permission: 'lists' },
    { name: 'codes', label: codes.section, path: '/kode-warga', permission: 'claim_codes' },
  ]
}

/** What the desk's first page tells of lists: how many are checked and wait to be put in force. */
export async function listTiles(
  deps: { readonly lists: Pick<ListDesk, 'runs'>; readonly texts: Pick<ListTexts, 'lists'> },
  officer: Officer,
): Promise<readonly Tile[]> {
  if (!may(officer, 'lists')) return []
  const waiting = (await deps.lists.runs()).filter(({ state }) => state === 'checked')
  const [first] = waiting
  if (first === undefined) return []
  const path = waiting.length === 1 ? `/daftar/impor/${first.id}` : '/daftar'
  return [{ label: deps.texts.lists.tile, count: waiting.length, path }]
}
