import type { Language } from '../../language/language.ts'

/** What stands wrong in the form, by field. */
export interface FormProblems {
  readonly nik?: 'nik.empty' | 'nik.length' | 'nik.wrong'
  readonly birthDate?: 'birth_date.empty' | 'birth_date.wrong' | 'birth_date.future'
  /** How many digits the NIK had. */
  readonly digits?: number
}

export type FormReading =
  | { readonly type: 'read'; readonly nik: string; readonly birthDate: string }
  | { readonly type: 'problems'; readonly problems: FormProblems }

/** Reads what was typed. A value that the language would ask back is a problem here: a form has no second turn. */
export function readForm(
  language: Pick<Language, 'parse'>,
  form: { readonly nik: string; readonly birthDate: string },
  now: Date,
): FormReading {
  const nik = readNik(language, form.nik.slice(0, 100), now)
  const birth = readBirthDate(language, form.birthDate.slice(0, 100), now)
  if ('value' in nik && 'value' in birth) return { type: 'read', nik: nik.value, birthDate: birth.value }
  return {
    type: 'problems',
    problems: { ...('value' in nik ? {} : nik), ...('value' in birth ? {} : birth) },
  }
}

function readNik(language: Pick<Language, 'parse'>, typed: string, now: Date) {
  if (typed.trim() === '') return { nik: 'nik.empty' } as const
  const parsed = language.parse('nik', typed, { now })
  if (parsed.type === 'value' && parsed.confirm !== true) return { value: String(parsed.value) }
  if (parsed.type === 'problem' && parsed.problem === 'nik.length') {
    return { nik: 'nik.length', digits: Number(parsed.details.digits) } as const
  }
  return { nik: 'nik.wrong' } as const
}

function readBirthDate(language: Pick<Language, 'parse'>, typed: string, now: Date) {
  if (typed.trim() === '') return { birthDate: 'birth_date.empty' } as const
  const parsed = language.parse('birth_date', typed, { now })
  if (parsed.type === 'value' && parsed.confirm !== true) return { value: String(parsed.value) }
  const isFuture = parsed.type === 'problem' && parsed.problem === 'birth_date.future'
  return { birthDate: isFuture ? 'birth_date.future' : 'birth_date.wrong' } as const
}
