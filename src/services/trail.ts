import type { App } from '../app.ts'
import { createSealTrail } from '../staff/trail/seal-trail.ts'
import { startTrailSealing } from '../staff/trail/trail-sealing.ts'
import type { Part } from './part.ts'

/** Seals the trail every few seconds. */
export function startSealing({ storage, now, log }: App): Part {
  const { pool } = storage.database
  const seal = createSealTrail({ pool, keyring: storage.keyring, now, log })
  return startTrailSealing({ seal, now, log })
}
