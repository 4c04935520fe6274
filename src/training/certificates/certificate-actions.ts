import type { Action } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { trainingContracts as contracts } from '../training-contracts.ts'
import { type SendDeps, sendCertificate } from './send-certificate.ts'

/** What flows may do with certificates. */
export function createCertificateActions(deps: SendDeps): Record<'send_certificate', Action<Transaction>> {
  return {
    send_certificate: {
      contract: contracts.send_certificate,
      run: (input, context) =>
        sendCertificate(deps, context, contracts.send_certificate.inputs.parse(input).number),
    },
  }
}
