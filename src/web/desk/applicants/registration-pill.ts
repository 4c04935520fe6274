import { html } from 'hono/html'
import type { RegistrationState } from '../../../training/registration.ts'
import type { Html } from '../../layout.ts'
import type { ApplicantTexts } from './applicant-texts.ts'

const kinds: Readonly<Partial<Record<RegistrationState, string>>> = {
  offered: 'late',
  reserve: 'late',
  accepted: 'good',
  attending: 'good',
  passed: 'good',
  certified: 'good',
  not_passed: 'alert',
  rejected: 'alert',
  absent: 'alert',
}

/** How a registration stands, as officers call it. */
export function registrationPill({ states }: Pick<ApplicantTexts, 'states'>, state: RegistrationState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${states[state]}</span>`
}
