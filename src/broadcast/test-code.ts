import type { BroadcastDeps } from './broadcast-deps.ts'

/** How a code is kept by which an officer has a broadcast shown: whoever reads the database cannot write it. */
export function hashOfCode(secrets: BroadcastDeps['secrets'], code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(secrets.hash('broadcast_test', code))
}
