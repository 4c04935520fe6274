import { html } from 'hono/html'
import type { Html } from '../layout.ts'
import { deskField } from './desk-field.ts'
import type { DeskTexts } from './desk-texts.ts'

/** Why a wish for a new password was not done. */
export type PasswordProblem = keyof DeskTexts['passwords']

/** What a form with the old password and a new one, written twice, sent. */
export interface PasswordWish {
  readonly oldPassword: string
  readonly newPassword: string
  /** The two new ones are the same. */
  readonly agrees: boolean
}

const longest = 256

/** Reads the fields that `newPasswordFields` shows. */
export function readPasswordWish(fields: Readonly<Record<string, string>>): PasswordWish {
  const { old_password: oldPassword = '', new_password: newPassword = '', repeat = '' } = fields
  return { oldPassword, newPassword, agrees: newPassword === repeat }
}

/** The fields of such a form; what was written is never sent back. */
export function newPasswordFields(
  texts: Pick<DeskTexts['account'], 'old_password' | 'new_password' | 'new_password_hint' | 'repeat'>,
  problems: DeskTexts['passwords'],
  problem: PasswordProblem | undefined,
): Html {
  const said = problem === undefined ? undefined : problems[problem]
  const about = (names: readonly PasswordProblem[]) =>
    problem !== undefined && names.includes(problem) ? said : undefined
  const password = { type: 'password', maxLength: longest } as const
  return html`${deskField({
    ...password,
    name: 'old_password',
    label: texts.old_password,
    error: about(['refused']),
    autocomplete: 'current-password',
  })}
${deskField({
  ...password,
  name: 'new_password',
  label: texts.new_password,
  hint: texts.new_password_hint,
  error: about(['too_short', 'same', 'common']),
  autocomplete: 'new-password',
})}
${deskField({ ...password, name: 'repeat', label: texts.repeat, error: about(['mismatch']), autocomplete: 'new-password' })}`
}
