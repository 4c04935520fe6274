import type { Check } from '../draft.ts'

/** A flow has the name of its file, so that no two flows share one. */
export const flowName: Check = ({ files }) =>
  files
    .filter(({ file, flow }) => !`/${file}`.endsWith(`/${flow}.yaml`))
    .map(({ file, flow }) => ({
      file,
      step: '',
      what: `holds the flow "${flow}", but is not named ${flow}.yaml`,
    }))
