import type { Officer } from '../../staff/officer.ts'
import type { TrainingDeps } from '../training-deps.ts'

/** What was looked at. */
interface Look {
  readonly action: string
  readonly subject: string
  readonly details?: Readonly<Record<string, string | number | boolean>>
}

/** Notes in the trail that an officer is shown something; before it is shown. */
export type NoteLook = (viewer: Officer, look: Look) => Promise<void>

/**
 * Makes the function. A page that renews itself is noted once a minute for each officer: the trail is to tell who read what, not
 * how often.
 */
export function createNoteLook({
  store,
  audit,
  now,
}: Pick<TrainingDeps, 'store' | 'audit' | 'now'>): NoteLook {
  let minute = 0
  const noted = new Set<string>()
  return async (viewer, { action, subject, details = {} }) => {
    const at = now()
    const thisMinute = Math.floor(at.getTime() / 60_000)
    if (thisMinute !== minute) noted.clear()
    minute = thisMinute
    const key = JSON.stringify([viewer.id, action, subject, details])
    if (noted.has(key)) return
    const actor = { type: 'staff', id: viewer.id } as const
    await store.transact((transaction) => audit.record(transaction, { at, actor, action, subject, details }))
    noted.add(key)
  }
}
