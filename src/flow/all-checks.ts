import { duplicateOpensWith } from './checks/duplicate-opens-with.ts'
import { endlessLoop } from './checks/endless-loop.ts'
import { flowName } from './checks/flow-name.ts'
import { missingInput, unknownInput, wrongInput } from './checks/inputs.ts'
import { labelLikeCommand } from './checks/label-like-command.ts'
import { labelsTooClose } from './checks/labels-too-close.ts'
import { linesOfList, listNotSet } from './checks/list-use.ts'
import { misleadingStart } from './checks/misleading-start.ts'
import { noWayOut } from './checks/no-way-out.ts'
import { unknownOutcome, unmappedOutcome } from './checks/outcomes.ts'
import { problemText } from './checks/problem-text.ts'
import { secretInText } from './checks/secret-in-text.ts'
import { systemPlaceholder } from './checks/system-placeholder.ts'
import { systemTarget } from './checks/system-target.ts'
import { textTooLong } from './checks/text-too-long.ts'
import { unknownAction } from './checks/unknown-action.ts'
import { unknownTarget } from './checks/unknown-target.ts'
import { unreachableStep } from './checks/unreachable-step.ts'
import { unsetName } from './checks/unset-name.ts'
import type { Check } from './draft.ts'

/** Every rule of sound flows. The order is the order of the report. */
export const allChecks: readonly Check[] = [
  flowName,
  unknownTarget,
  misleadingStart,
  unreachableStep,
  unknownAction,
  unmappedOutcome,
  unknownOutcome,
  missingInput,
  unknownInput,
  wrongInput,
  unsetName,
  listNotSet,
  linesOfList,
  secretInText,
  endlessLoop,
  noWayOut,
  labelsTooClose,
  labelLikeCommand,
  textTooLong,
  duplicateOpensWith,
  systemTarget,
  problemText,
  systemPlaceholder,
]
