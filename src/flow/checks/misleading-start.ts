import type { Check } from '../draft.ts'

/** "flow/start" means the first step, so a step called start must be it. */
export const misleadingStart: Check = ({ files }) =>
  files
    .filter(({ start, steps }) => start !== 'start' && steps.has('start'))
    .map(({ file, start }) => ({
      file,
      step: 'start',
      what: `a step called "start" must be where the flow starts, but it starts at "${start}"`,
    }))
