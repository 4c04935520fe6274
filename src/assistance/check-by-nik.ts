import { isoDate } from './answer.ts'
import { type CheckDeps, createRunCheck } from './check.ts'
import type { Asker, CheckResult } from './check-answer.ts'
import type { Transaction } from './store.ts'

/** What the private form asks for: 16 digits, and `yyyy-mm-dd`. */
export interface NikQuestion {
  readonly nik: string
  readonly birthDate: string
}

/**
 * Makes the check by NIK and birth date, for channels of the city's own. Where a list holds no birth date the NIK alone
 * decides.
 */
export function createCheckByNik(deps: CheckDeps) {
  const run = createRunCheck(deps)
  return (transaction: Transaction, asker: Asker, { nik, birthDate }: NikQuestion): Promise<CheckResult> =>
    run(transaction, asker, {
      way: 'form',
      subject: nik,
      kind: 'nik',
      keys: async (_, lists) =>
        lists.map(({ id, hashKeyId }) => ({ listId: id, hash: deps.secrets.hash('nik', nik, hashKeyId) })),
      choose: (persons) =>
        persons.filter((person) => person.birthDate === null || isoDate(person.birthDate) === birthDate),
    })
}
