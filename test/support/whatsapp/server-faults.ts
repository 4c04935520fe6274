import type { SendTarget } from './faults.ts'
import { notifyClient } from './pairing.ts'
import { stanza } from './stanza.ts'
import type { World } from './world.ts'

/** What goes wrong for every client, on demand. Most answer how to lift it. */
export interface ServerFaults {
  /** Refuses messages: their ack carries the code. */
  refuseSends(code: number, target?: SendTarget): () => void
  /** Never acks messages, that arrive (by default) or are lost. */
  withholdAcks(target?: SendTarget & { readonly arrives?: boolean }): () => void
  /** Keeps messages and their acks back until the answered function is called. */
  holdAcks(target?: SendTarget): () => void
  /** Acks messages late. */
  delayAcks(milliseconds: number, target?: SendTarget): () => void
  /** Refuses every login with this reason. */
  failLogins(reason: number): () => void
  /** Neither reads nor answers, with every connection open. */
  silence(): () => void
  /** Refuses connections and cuts the open ones, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Tells clients that wait to be linked that their QR code must be made anew. */
  refreshRegistration(): void
}

/** Starts with nothing wrong; `pause` and `resume` are the listening server's. */
export function createServerFaults(
  world: World,
  { pause, resume }: Pick<ServerFaults, 'pause' | 'resume'>,
): ServerFaults {
  const { add } = world.sendFaults
  return {
    refuseSends: (code, target = {}) => add(target, { type: 'refuse', code }),
    withholdAcks: ({ arrives = true, ...target } = {}) => add(target, { type: 'no-ack', arrives }),
    holdAcks(target = {}) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const lift = add(target, { type: 'late-ack', until: () => promise })
      return () => {
        lift()
        resolve()
      }
    },
    delayAcks: (milliseconds, target = {}) =>
      add(target, {
        type: 'late-ack',
        until: () => new Promise((resolve) => world.later(milliseconds, resolve)),
      }),
    failLogins(reason) {
      world.loginFailure = reason
      return () => {
        world.loginFailure = undefined
      }
    },
    silence() {
      world.isSilent = true
      return () => {
        world.isSilent = false
      }
    },
    pause,
    resume,
    refreshRegistration() {
      for (const session of world.sessions)
        if (session.account === undefined && session.qrRefs.length > 0)
          notifyClient(world, session, 'companion_reg_refresh', stanza('companion_reg_refresh'))
    },
  }
}
