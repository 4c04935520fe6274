import { type CheckDeps, createRunCheck } from './check.ts'
import type { Asker, CheckResult } from './check-answer.ts'
import type { StoredCode, Transaction } from './store.ts'

// Looked up in place of a code's household when there is no such code: the query takes the same time.
const nobody = new Uint8Array(32)

/** Makes the check by claim code, which answers for all of its household. `code` is 8 characters of the alphabet. */
export function createCheckByCode(deps: CheckDeps) {
  const run = createRunCheck(deps)
  const { store, secrets } = deps
  return (transaction: Transaction, asker: Asker, code: string): Promise<CheckResult> => {
    let known: StoredCode | undefined
    return run(transaction, asker, {
      way: 'code',
      // Whoever guesses at codes guesses at anybody: wrong ones count together.
      subject: 'any',
      alarmChats: 20,
      kind: 'household',
      async keys(_, lists) {
        const hashes = secrets.ids.map((id) => secrets.hash('code', code, id))
        known = await store.validCode(transaction, hashes, asker.now)
        const list = lists.find(({ kind }) => kind === known?.listKind) ?? lists[0]
        return (known?.householdHashes ?? [nobody]).map((hash) => ({ listId: list?.id ?? '', hash }))
      },
      choose: (persons) => persons,
      async found() {
        if (known !== undefined) await store.markUsed(transaction, known.id, asker.now)
      },
    })
  }
}
