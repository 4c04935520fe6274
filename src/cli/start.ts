import { parseArgs } from 'node:util'
import { z } from 'zod'
import { roles, startServices } from '../services/start-services.ts'
import { type Command, UsageError } from './command.ts'
import { prepareDemo } from './prepare-demo.ts'

/** `lopo start`: runs the bot until it is told to stop. */
export const startCommand: Command = {
  summary: 'run the bot: web pages, channels and background work',
  usage: `start [--role ${roles.join('|')}]`,
  endsOnSignal: true,
  async run(args, context) {
    const { values } = parseArgs({ args: [...args], options: { role: { type: 'string', default: 'all' } } })
    const role = z.enum(roles).safeParse(values.role)
    if (!role.success) throw new UsageError(`--role is one of ${roles.join(', ')}`)
    const stopped = untilStopped()
    const app = await context.openApp()
    try {
      await prepareDemo(app, context)
      const services = await startServices(app, role.data)
      for (const line of services.greeting) context.err(`${line}\n`)
      await Promise.race([stopped, services.failed]).finally(services.stop)
    } finally {
      await app.close()
    }
    return 0
  },
}

/** Resolves at the first Ctrl-C, SIGTERM or SIGHUP. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
