import { z } from 'zod'
import type { RunMarketImport } from '../marketplace/import/run-market-import.ts'
import type { Job } from './queue.ts'

/** The job's name in the queue. */
export const importUmkmJobName = 'import-umkm'

const dataShape = z.object({ id: z.uuid() })

/** The work on one list of UMKM from the desk, sent as `{ id }`. */
export function createImportUmkmJob(runImport: RunMarketImport): Job {
  return {
    name: importUmkmJobName,
    maxSeconds: 3_600,
    async run({ data, isLast }) {
      await runImport(dataShape.parse(data).id, { isLast })
      return 1
    },
  }
}
