import type { ComposeDigest } from '../broadcast/sending/compose-digest.ts'
import type { Job } from './queue.ts'

/** Makes the digests of the week, for an officer to look at. */
export function createComposeDigestsJob(deps: {
  readonly names: () => readonly string[]
  readonly compose: ComposeDigest
  readonly now: () => Date
}): Job {
  const { names, compose, now } = deps
  return {
    name: 'compose-digests',
    async run() {
      let made = 0
      for (const name of names()) if ((await compose(name, now())) !== undefined) made += 1
      return made
    },
  }
}
