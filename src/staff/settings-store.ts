import type { Database, Transaction } from '../storage/database.ts'

/** Words that staff change while the bot runs. */
export type SettingName = 'code_word'

/** The settings in PostgreSQL. */
export interface SettingsStore {
  read(transaction: Transaction | Database, name: SettingName): Promise<string | undefined>
  write(transaction: Transaction, name: SettingName, value: string, by: string, now: Date): Promise<void>
}

/** Makes the store. */
export function createSettingsStore(): SettingsStore {
  return {
    async read(transaction, name) {
      return (await transaction.setting.findUnique({ where: { name } }))?.value
    },
    async write(transaction, name, value, by, now) {
      const data = { value, changedBy: by, changedAt: now }
      await transaction.setting.upsert({ where: { name }, create: { name, ...data }, update: data })
    },
  }
}
