import type { Action } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { trainingContracts as contracts } from '../training-contracts.ts'
import { type AttendanceDeps, checkIn } from './check-in.ts'

/** What flows may do about being in class. */
export function createAttendanceActions(deps: AttendanceDeps): Record<'check_in', Action<Transaction>> {
  return {
    check_in: {
      contract: contracts.check_in,
      run: (input, context) => checkIn(deps, context, contracts.check_in.inputs.parse(input).code),
    },
  }
}
