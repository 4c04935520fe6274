import { fill } from '../../language/fill-text.ts'
import type { TrainingWords } from '../training-words.ts'
import type { Eligibility } from './eligibility.ts'

/** What wording a refusal needs. */
export interface RefusalDeps {
  readonly words: () => TrainingWords
  /** What a kelurahan or kecamatan is called, by its code. */
  readonly placeName: (code: string) => string
}

/** Which rule refuses, as the person reads it. */
export function refusalText(
  { words, placeName }: RefusalDeps,
  refusal: Extract<Eligibility, { readonly type: 'refused' }>,
): string {
  const { rules, educations } = words()
  switch (refusal.rule) {
    case 'min_age':
    case 'max_age':
      return fill(rules[refusal.rule], { limit: refusal.limit })
    case 'min_education':
      return fill(rules.min_education, { limit: educations[refusal.limit] })
    case 'domicile':
      return fill(rules.domicile, { limit: refusal.limit.map(placeName).join(', ') })
    case 'guardian':
      return rules.guardian
  }
}
