import { afterQuiet } from '../../language/quiet-hours.ts'
import type { Registration } from '../registration.ts'
import type { TrainingDeps } from '../training-deps.ts'
import type { LockedCourse } from './change-people.ts'

/** What was not told yet of how it stood before, and is not told any more. */
const moot = ['result', 'changed', 'reminder_3', 'reminder_1', 'reminder_0'] as const

/** Has a person told how it stands with them now, once nobody sleeps; `isSilent`: something else tells it. */
export async function tellResult(
  { notices, words }: Pick<TrainingDeps, 'notices' | 'words'>,
  { transaction, now }: Pick<LockedCourse, 'transaction' | 'now'>,
  { number, chatId }: Pick<Registration, 'number' | 'chatId'>,
  state: Registration['state'],
  isSilent = false,
): Promise<void> {
  for (const kind of moot) await notices.withdraw(transaction, [number], kind)
  if (isSilent || chatId === undefined) return
  const dueAt = afterQuiet(now, words().quiet_hours)
  await notices.put(transaction, [
    { registration: number, kind: 'result', key: `result:${state}:${now.getTime()}`, dueAt },
  ])
}
