import { z } from 'zod'
import type { Action, ActionContract } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'
import type { SettingsStore } from './settings-store.ts'

const addresses = z.array(z.object({ address: z.string() }))

/** What flows may ask of this room. */
export const staffContracts = {
  /** How to tell the real bot: its addresses, and the word that staff gave out, where there is one. */
  tell_identity: {
    inputs: z.object({}),
    outcomes: {
      with_word: z.object({ addresses, code_word: z.string() }),
      without_word: z.object({ addresses }),
    },
  },
} as const satisfies Record<string, ActionContract>

/** The bot's own identity, as staff keep it. */
export function createStaffActions(deps: {
  settings: SettingsStore
  addresses: () => readonly string[]
}): Record<keyof typeof staffContracts, Action<Transaction>> {
  return {
    tell_identity: {
      contract: staffContracts.tell_identity,
      async run(_, { transaction }) {
        const rows = deps.addresses().map((address) => ({ address }))
        const word = await deps.settings.read(transaction, 'code_word')
        if (word === undefined) return { outcome: 'without_word', values: { addresses: rows } }
        return { outcome: 'with_word', values: { addresses: rows, code_word: word } }
      },
    },
  }
}
