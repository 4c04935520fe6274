import { html } from 'hono/html'
import type { CourseState } from '../../../training/course.ts'
import type { Html } from '../../layout.ts'
import type { TrainingTexts } from './training-texts.ts'

const kinds: Readonly<Partial<Record<CourseState, string>>> = {
  announced: 'good',
  registration: 'good',
  selection: 'late',
  running: 'good',
  cancelled: 'alert',
}

/** Where a course stands, in a word; one that waits for officers catches the eye. */
export function coursePill({ states }: Pick<TrainingTexts, 'states'>, state: CourseState): Html {
  const kind = kinds[state]
  return html`<span class="pill${kind === undefined ? '' : ` ${kind}`}">${states[state]}</span>`
}
