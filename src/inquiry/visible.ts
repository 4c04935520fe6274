import type { Officer } from '../staff/officer.ts'
import type { Ticket } from './ticket.ts'

/** The office whose matters each role takes care of. Whoever answers in general sees what has no other office. */
const officesOf = {
  bansos: ['dinsos', 'umum'],
  pelatihan: ['nakertrans'],
  umkm: ['umkm'],
  penjawab: ['umum'],
} as const

/**
 * What a lurah sees of the own kelurahan. Not complaints, and not objections to others: either may be about the kelurahan's own
 * people, and whoever reports them is protected.
 */
const kindsOfLurah = ['proposal', 'objection'] as const

/** What an officer may see, for a query: everything, or these offices and this kelurahan's own matters. */
export type Sight =
  | { readonly type: 'all' }
  | {
      readonly type: 'some'
      readonly offices: readonly string[]
      readonly kelurahan: string | undefined
      readonly kelurahanKinds: readonly string[]
    }

/** What the officer may see of all tickets. */
export function sightOf({ roles, kelurahan }: Officer): Sight {
  if (roles.includes('admin')) return { type: 'all' }
  const offices = Object.entries(officesOf).flatMap(([role, some]) =>
    roles.some((own) => own === role) ? some : [],
  )
  const own = roles.includes('lurah') ? kelurahan : undefined
  return { type: 'some', offices, kelurahan: own, kelurahanKinds: own === undefined ? [] : kindsOfLurah }
}

/** Whether the officer may see the ticket. */
export function isVisible(sight: Sight, ticket: Pick<Ticket, 'office' | 'kelurahan' | 'kind'>): boolean {
  if (sight.type === 'all') return true
  const { offices, kelurahan, kelurahanKinds } = sight
  if (offices.includes(ticket.office)) return true
  return kelurahan !== undefined && ticket.kelurahan === kelurahan && kelurahanKinds.includes(ticket.kind)
}
