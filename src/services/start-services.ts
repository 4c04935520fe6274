import type { App } from '../app.ts'
import type { Logger } from '../log.ts'
import { startDelivery } from './delivery.ts'
import { startJobs } from './jobs.ts'
import type { Part } from './part.ts'
import { startStaffGroup } from './staff-group/staff-group.ts'
import { createTelegram, startTelegram } from './telegram.ts'
import { startSealing } from './trail.ts'
import { startWeb } from './web.ts'
import { startWhatsApp } from './whatsapp.ts'

/** What a process does: everything, or one part of it beside others. */
export const roles = ['all', 'web', 'worker', 'channels'] as const
export type Role = (typeof roles)[number]

/** What a running process offers. */
export interface Services {
  /** Lines that tell a person where to go. */
  readonly greeting: readonly string[]
  /** Rejects when a part that the process lives for has failed for good. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** Starts the parts of the role. Throws when one cannot start; what had started is stopped again. */
export async function startServices(app: App, role: Role): Promise<Services> {
  const failure = Promise.withResolvers<never>()
  // A failure is waited for by whoever runs the services; until then it must not count as unhandled.
  failure.promise.catch(() => undefined)
  const has = (...names: Role[]) => role === 'all' || names.includes(role)
  const parts: Part[] = []
  try {
    parts.push(await startDelivery(app, failure.reject))
    const jobs = await startJobs(app, has('worker'))
    parts.push(jobs)
    const telegram = app.config.telegram === undefined ? undefined : createTelegram(app, failure.reject)
    if (has('web')) parts.push(await startWeb(app, telegram, jobs.queue))
    if (has('web', 'channels'))
      parts.push(await startStaffGroup(app, { telegram, desk: app.tickets, tells: has('channels') }))
    if (has('web', 'channels'))
      parts.push(
        await startTelegram(app, telegram, { receivesByWebhook: has('web'), sends: has('channels') }),
      )
    if (has('channels')) parts.push(await startWhatsApp(app))
    parts.push(startSealing(app))
  } catch (error) {
    await stopAll(parts, app.log)
    throw error
  }
  return {
    greeting: parts.flatMap((part) => part.greeting ?? []),
    failed: failure.promise,
    stop: () => stopAll(parts, app.log),
  }
}

/** Stops the parts, last first. A part that fails to stop does not keep the others from it. */
async function stopAll(parts: readonly Part[], log: Logger): Promise<void> {
  for (const part of parts.toReversed()) {
    await part.stop().catch((error) => log.error({ err: error }, 'a part did not stop in order'))
  }
}
