import type { z } from 'zod'

/** An empty setting is one that is not there. */
export const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)

/** A line for each setting that is wrong. */
export function linesOf(error: z.ZodError | undefined): readonly string[] {
  return error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []
}
