import { z } from 'zod'
import type { RunImport } from '../assistance/run-import.ts'
import type { Job } from './queue.ts'

/** The job's name in the queue. */
export const importListJobName = 'import-list'

const dataShape = z.object({ id: z.uuid() })

/** The work on one import from the desk, sent as `{ id }`. */
export function createImportListJob(runImport: RunImport): Job {
  return {
    name: importListJobName,
    maxSeconds: 3_600,
    async run({ data, isLast }) {
      await runImport(dataShape.parse(data).id, { isLast })
      return 1
    },
  }
}
