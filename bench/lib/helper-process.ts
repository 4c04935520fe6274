import { fork } from 'node:child_process'
import { z } from 'zod'

const request = z.object({ id: z.number(), what: z.string(), given: z.unknown().optional() })
const answer = z.object({ id: z.number(), result: z.unknown().optional(), error: z.string().optional() })

/** A process that does what it is asked, so that its work is not counted as ours. */
export interface HelperProcess {
  /** Rejects when the helper failed, or ended first. */
  ask<T>(what: string, shape: z.ZodType<T>, given?: unknown): Promise<T>
  end(): Promise<void>
}

/** What a helper can be asked, by name. */
export type Abilities = Readonly<Record<string, (given: unknown) => Promise<unknown>>>

/** Starts the program with the flags of this process; what it prints is dropped, but for its errors. */
export function startHelper(program: URL, argument: unknown = {}): HelperProcess {
  const child = fork(program, [JSON.stringify(argument)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  const gone = Promise.withResolvers<void>()
  let asks = 0
  child.on('message', (message) => {
    const { id, result, error } = answer.parse(message)
    if (error === undefined) asked.get(id)?.resolve(result)
    else asked.get(id)?.reject(new Error(error))
    asked.delete(id)
  })
  child.once('exit', (code) => {
    for (const { reject } of asked.values()) reject(new Error(`${program.pathname} ended with ${code}`))
    gone.resolve()
  })
  return {
    async ask(what, shape, given) {
      if (!child.connected) throw new Error(`${program.pathname} is gone`)
      asks += 1
      const mine = Promise.withResolvers<unknown>()
      asked.set(asks, mine)
      child.send({ id: asks, what, given })
      return shape.parse(await mine.promise)
    },
    async end() {
      child.kill()
      await gone.promise
    },
  }
}

/** In the helper: does what the parent asks, until the parent leaves. */
export function serveParent(abilities: Abilities): void {
  process.on('disconnect', () => process.exit())
  process.on('message', (message) => {
    const { id, what, given } = request.parse(message)
    const work = abilities[what]
    const done = work === undefined ? Promise.reject(new Error(`nobody can ${what}`)) : work(given)
    done.then(
      (result) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    )
  })
}
