import type { StaffRole } from './officer.ts'
import type { AccountRefusal } from './staff-accounts.ts'

/** The kelurahan that there are, by their Kemendagri code. */
export interface KnownPlaces {
  byCode(code: string): { readonly code: string } | undefined
}

/** Roles as they are kept: each once, and a kelurahan with a lurah's only. */
export interface RoleWish {
  readonly roles: StaffRole[]
  readonly kelurahan: string | null
}

/** Reads what an admin wishes an officer to be, or says why that cannot be. */
export function readRoles(
  places: KnownPlaces,
  roles: readonly StaffRole[],
  kelurahan: string | undefined,
):
  | { readonly type: 'read'; readonly wish: RoleWish }
  | { readonly type: 'refused'; readonly why: AccountRefusal } {
  if (roles.length === 0) return { type: 'refused', why: 'no_role' }
  const wish = { roles: [...new Set(roles)] }
  if (!roles.includes('lurah')) return { type: 'read', wish: { ...wish, kelurahan: null } }
  if (kelurahan === undefined || kelurahan === '') return { type: 'refused', why: 'kelurahan_needed' }
  const code = places.byCode(kelurahan)?.code
  if (code === undefined) return { type: 'refused', why: 'kelurahan_unknown' }
  return { type: 'read', wish: { ...wish, kelurahan: code } }
}

/** Whether an account would lose something that it has. */
export function takesAway(
  before: { readonly roles: readonly string[]; readonly kelurahan: string | null },
  { roles, kelurahan }: RoleWish,
): boolean {
  const kept = new Set<string>(roles)
  return before.roles.some((role) => !kept.has(role)) || before.kelurahan !== kelurahan
}

/** The roles as the trail tells them. */
export function detailsOf({ roles, kelurahan }: RoleWish): Record<string, string> {
  return { roles: roles.join(' '), ...(kelurahan === null ? {} : { kelurahan }) }
}
