import type { FlowSet } from '../flow/flow-set.ts'
import { secretAnswer } from '../flow/secret-answer.ts'
import { maskClaimCodes } from '../language/claim-code.ts'
import { maskDigits } from '../language/mask.ts'
import type { Heard } from './heard.ts'
import { transcriptIn } from './transcript.ts'
import { withoutSecret } from './without-secret.ts'

/**
 * What a person wrote while an officer answers, as the officer may read it: without long numbers and claim codes. Where the
 * bot's last question asked for a secret, or that of the form which was left, what answers it is hidden or its figures are
 * masked: the question and the officer may have crossed. `secret` says that it was hidden.
 */
export function readForOfficer(
  flows: FlowSet,
  { session, content, now }: Pick<Heard, 'session' | 'content' | 'now'>,
): { readonly message: string; readonly secret: boolean } {
  let secret = false
  const message = transcriptIn(content, (text) => {
    const answer = secretAnswer(flows, session, { text, now })
    if (answer === 'answer') secret = true
    return withoutSecret(maskDigits(maskClaimCodes(text)), answer)
  })
  return { message, secret }
}
