import { type CheckDeps, createRunCheck } from './check.ts'
import type { Asker, CheckResult } from './check-answer.ts'
import { type Details, detailsText } from './person.ts'
import type { ListInForce, StoredPerson, Transaction } from './store.ts'

/**
 * Makes the check by birth date, kelurahan and the last four digits of the NIK, for any chat. Guesses of the four digits
 * count as checks of one person. Details that fit two persons find nobody.
 */
export function createCheckByDetails(deps: CheckDeps) {
  const run = createRunCheck(deps)
  return (transaction: Transaction, asker: Asker, details: Details): Promise<CheckResult> => {
    const text = detailsText(details)
    return run(transaction, asker, {
      way: 'chat',
      subject: `${details.birthDate}|${details.kelurahan}`,
      guessable: true,
      kind: 'details',
      keys: async (_, lists) =>
        lists.map(({ id, hashKeyId }) => ({
          listId: id,
          hash: deps.secrets.hash('details', text, hashKeyId),
        })),
      choose: onePersonEach,
    })
  }
}

function onePersonEach(
  persons: readonly StoredPerson[],
  lists: readonly ListInForce[],
): readonly StoredPerson[] {
  return lists.flatMap(({ id }) => {
    const own = persons.filter(({ listId }) => listId === id)
    return own.length === 1 ? own : []
  })
}
