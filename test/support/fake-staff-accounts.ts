import type { StaffAccount, StaffAccounts } from '../../src/staff/staff-accounts.ts'

/** Staff accounts in memory. */
export interface FakeStaffAccounts extends StaffAccounts {
  readonly all: Map<string, StaffAccount>
}

/** Makes them. */
export function createFakeStaffAccounts(): FakeStaffAccounts {
  const all = new Map<string, StaffAccount>()
  const firstPassword = 'kopi-lontar-pasir-42'
  const change = (login: string, part: Partial<StaffAccount>): boolean => {
    const account = all.get(login)
    if (account !== undefined) all.set(login, { ...account, ...part })
    return account !== undefined
  }
  return {
    all,
    async add(wish) {
      if (!/^[a-z0-9.-]+$/.test(wish.login)) return { type: 'refused', why: 'login_malformed' }
      if (wish.name.trim() === '') return { type: 'refused', why: 'name_missing' }
      if (all.has(wish.login)) return { type: 'refused', why: 'login_taken' }
      if (wish.roles.length === 0) return { type: 'refused', why: 'no_role' }
      const createdAt = new Date('2026-03-05T00:00:00Z')
      const id = `u${all.size + 1}`
      const account: StaffAccount = { ...wish, id, state: 'invited', createdAt, lastSeenAt: undefined }
      all.set(wish.login, account)
      return { type: 'added', account, firstPassword }
    },
    async setRoles(login, roles, kelurahan) {
      if (roles.length === 0) return 'no_role'
      return change(login, { roles, kelurahan }) ? 'set' : 'unknown_account'
    },
    disable: async (login) => (change(login, { state: 'disabled' }) ? 'disabled' : 'unknown_account'),
    enable: async (login) => (change(login, { state: 'active' }) ? 'enabled' : 'unknown_account'),
    async reset(login) {
      if (!change(login, { state: 'invited' })) return { type: 'refused', why: 'unknown_account' }
      return { type: 'reset', firstPassword }
    },
    list: async () => [...all.values()],
    find: async (id) => [...all.values()].find((account) => account.id === id),
  }
}
