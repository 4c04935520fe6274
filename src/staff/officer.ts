/** What an officer may do. One person may have several: in a small office one does more than one job. */
export const staffRoles = [
  'admin',
  'bansos',
  'pelatihan',
  'umkm',
  'penjawab',
  'penyetuju',
  'lurah',
  'auditor',
] as const
export type StaffRole = (typeof staffRoles)[number]

/** Whoever is signed in at the desk. */
export interface Officer {
  readonly id: string
  /** As colleagues and the trail read it. */
  readonly name: string
  readonly roles: readonly StaffRole[]
  /** Kemendagri code with dots: the one kelurahan whose tickets a lurah sees. Undefined for everybody else. */
  readonly kelurahan?: string | undefined
}

/** What a page or an action of the desk asks of an officer; which tickets one sees is told by `src/inquiry/visible.ts`. */
export type Permission =
  | 'tickets'
  | 'lists'
  | 'claim_codes'
  | 'trainings'
  /** Deciding on listings of UMKM, their papers, imports and invitations. */
  | 'marketplace'
  /** Writing them and looking at what became of them. */
  | 'broadcasts'
  /** Being the second person for those that reach many. */
  | 'broadcast_approval'
  | 'content'
  | 'alarms'
  | 'channels'
  | 'staff'
  | 'trail'

const permissionsOf: Readonly<Record<StaffRole, readonly Permission[]>> = {
  admin: [
    ...(['tickets', 'lists', 'claim_codes', 'trainings', 'marketplace'] as const),
    ...(['broadcasts', 'broadcast_approval'] as const),
    ...(['content', 'alarms', 'channels', 'staff', 'trail'] as const),
  ],
  bansos: ['tickets', 'lists', 'claim_codes', 'broadcasts', 'content', 'alarms'],
  pelatihan: ['tickets', 'trainings', 'broadcasts', 'content'],
  umkm: ['tickets', 'marketplace', 'broadcasts', 'content'],
  penjawab: ['tickets', 'content'],
  penyetuju: ['broadcasts', 'broadcast_approval'],
  lurah: ['tickets', 'content'],
  auditor: ['trail'],
}

/** Whether one of the officer's roles allows it. */
export function may(officer: Pick<Officer, 'roles'>, permission: Permission): boolean {
  return officer.roles.some((role) => permissionsOf[role].includes(permission))
}
