import { z } from 'zod'
import type { TrainingSecrets } from './person.ts'
import type { RegistrationDetails } from './registration.ts'

const detailsShape = z.object({
  name: z.string(),
  birth: z.string(),
  reason: z.string(),
  phone: z
    .string()
    .optional()
    .transform((phone) => phone),
  answers: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() })),
})

/** What was sealed of a registration. */
export function openDetails(keyring: Pick<TrainingSecrets, 'open'>, sealed: Uint8Array): RegistrationDetails {
  const { phone, ...details } = detailsShape.parse(JSON.parse(keyring.open(sealed)))
  return { ...details, phone }
}

/** What was written of a registration, as it is kept. */
export function sealDetails(
  keyring: Pick<TrainingSecrets, 'seal'>,
  details: RegistrationDetails,
): Uint8Array<ArrayBuffer> {
  return keyring.seal(JSON.stringify(details))
}
